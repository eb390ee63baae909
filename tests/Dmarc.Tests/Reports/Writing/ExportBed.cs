using Dmarc.Advice.Page;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Writing;
using Dmarc.Standards;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Writing;

/// <summary>A folder to export to, gone after the test.</summary>
internal sealed class ExportBed : IDisposable
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "dmarc-" + Guid.NewGuid().ToString("N"));

    public ExportBed() => Directory.CreateDirectory(Folder);

    /// <summary>Everything in the folder, with forward slashes.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Where(File.Exists).Select(file => file.Substring(Folder.Length + 1).Replace('\\', '/')).OrderBy(file => file, StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>Exports rows to a file.</summary>
    public IReadOnlyList<string> Export(string name, IEnumerable<object> rows, bool noClobber = false, params ExportPartition[] partitionBy)
    {
        using ReportExport export = PageExport.Create(new ReportExportOptions(PathOf(name)) { NoClobber = noClobber, PartitionBy = partitionBy });
        foreach (object row in rows)
        {
            export.Add(row);
        }

        return export.Complete();
    }

    /// <summary>What strangers write.</summary>
    public static IEnumerable<string> HostileValues { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style><script>alert(1)</script>",
        "&lt;script&gt;",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\u001B[2J\u001B]0;owned\u0007",
        "\u009B31m",
        "gro.elgoog\u202E",
        "\u2066hidden\u2069\u200Bspace",
        "a\0b",
        "line\r\nbreak, \"quoted\"",
        "\uD800half",
        new string('W', 10_000),
        "../../etc/passwd",
        "..\\..\\windows",
        "CON",
        ".",
    ];

    /// <summary>Rows whose every text is hostile.</summary>
    public static IEnumerable<AggregateReportRow> HostileRows() => HostileValues.Select((value, index) => MadeRows.Row(
        MadeRows.Report(domain: value, organization: value, id: value + index, path: value),
        ip: value,
        count: 3,
        from: value,
        envelopeFrom: value,
        signatures: [new ReportedDkim(value, value, WrittenValue.Word(AuthenticationResult.Fail, value), value)],
        checks: [new ReportedSpf(value, new(ReportedSpfScope.MailFrom, value, saysAll: true), WrittenValue.Word(AuthenticationResult.Fail, value), value)]));

    /// <summary>Rows of the sample reports.</summary>
    public static IReadOnlyList<AggregateReportRow> SampleRows() =>
        ReadResult.Of(Directory.GetFiles(TestFiles.Repository("docs", "samples", "reports"))
            .OrderBy(file => file, StringComparer.Ordinal)
            .SelectMany(file => new DmarcReportReader(TwoLabels.Instance).ReadFile(file))).Rows;

    public void Dispose() => Directory.Delete(Folder, true);
}
