using System.Text.Json;
using Dmarc.Benchmarks.Advice.Audit;
using Dmarc.Benchmarks.Reports;
using Dmarc.Benchmarks.Standards.Dkim;
using Dmarc.Benchmarks.Standards.Spf;

namespace Dmarc.Benchmarks;

/// <summary>Whole-process runs over data on disk, for comparison with other programs.</summary>
internal static class Verbs
{
    private static readonly Dictionary<string, Func<string[], object>> All = new(StringComparer.Ordinal)
    {
        ["dns"] = DnsVerb.Run,
        ["records"] = RecordVerb.Run,
        ["dkim"] = DkimVerbs.Verify,
        ["import"] = ReportVerbs.Import,
        ["xml"] = ReportVerbs.BareXml,
        ["audit"] = AuditVerb.Run,
        ["spf"] = SpfVerbs.Check,
        ["spf-analyze"] = SpfVerbs.Analyze,
    };

    public static bool TryRun(string[] args, out int exitCode)
    {
        exitCode = 0;
        if (args.Length == 0 || !All.TryGetValue(args[0], out Func<string[], object>? verb))
        {
            return false;
        }

        Console.WriteLine(JsonSerializer.Serialize(verb(args[1..])));
        return true;
    }
}
