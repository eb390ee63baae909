using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>TXT records that were meant as SPF records, where there is no other.</summary>
internal sealed class NearMissRule : ISpfRule
{
    private const int MaximumLength = 100;
    private const int Most = 5;

    public IEnumerable<Finding> Check(SpfAnalysis analysis) => analysis.Root.Texts.Count > 0
        ? []
        : analysis.Root.Response.Records.OfType<TxtRecord>()
            .Where(record => record.RecordType == DnsRecordType.TXT && IsNearMiss(record.Text))
            .Take(Most)
            .Select(record => SpfFindings.NearMiss.Create(analysis.Domain, Shorten(record.Text)));

    private static bool IsNearMiss(string text)
    {
        int start = 0;
        while (start < text.Length && !char.IsLetter(text[start]))
        {
            start++;
        }

        string word = new(text.Skip(start).Where(character => !char.IsWhiteSpace(character)).Take(6).ToArray());
        return word.StartsWith("v=spf", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("v:spf", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("spf1", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("spf=", StringComparison.OrdinalIgnoreCase);
    }

    private static string Shorten(string text)
    {
        char[] safe = [.. text.Take(MaximumLength).Select(character => char.IsControl(character) ? '?' : character)];
        return new string(safe) + (text.Length > MaximumLength ? "…" : "");
    }
}
