namespace Dmarc.Reports.Tls;

/// <summary>The data of a TLS report common to all its policies (RFC 8460 §4.4): its sender and period.</summary>
public sealed class TlsReport
{
    internal TlsReport(string path) => Path = path;

    /// <summary>The reporting organisation.</summary>
    public string OrganizationName { get; internal set; } = "";

    /// <summary>The contact of the reporting organisation; empty if missing.</summary>
    public string ContactInfo { get; internal set; } = "";

    /// <summary>The identifier of the report, unique at its organisation.</summary>
    public string ReportId { get; internal set; } = "";

    /// <summary>The start of the period, in UTC; null if not readable.</summary>
    public DateTime? Begin => WrittenBegin.Value;

    /// <summary>The written start of the period if it is not readable; otherwise empty.</summary>
    public string BeginText => WrittenBegin.OtherText;

    /// <summary>The end of the period, in UTC; null if not readable.</summary>
    public DateTime? End => WrittenEnd.Value;

    /// <summary>The written end of the period if it is not readable; otherwise empty.</summary>
    public string EndText => WrittenEnd.OtherText;

    /// <summary>The number of policies in the report.</summary>
    public int Policies { get; internal set; }

    /// <summary>The findings about the report, apart from its policies.</summary>
    public PrintableList<Finding> Findings { get; internal set; } = [];

    /// <summary>The source file, followed by the names of containers and entries in it, joined by <c>!</c>.</summary>
    public string Path { get; }

    /// <summary>The policy domains of all policies, in order.</summary>
    internal SortedSet<string> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>The place of the report in its document.</summary>
    internal ReportPlace? Place { get; init; }

    /// <summary>True if the report was damaged, and may have lost policies.</summary>
    internal bool IsDamaged { get; set; }

    /// <summary>The identity of the report, by which copies are recognised.</summary>
    internal ReportKey Key => new(
        OrganizationName.ToUpperInvariant(),
        ReportId,
        string.Join(" ", Domains),
        ReportKey.Time(WrittenBegin),
        ReportKey.Time(WrittenEnd));

    internal WrittenValue<DateTime?> WrittenBegin { get; set; }

    internal WrittenValue<DateTime?> WrittenEnd { get; set; }

    /// <summary>The organisation and the identifier.</summary>
    public override string ToString() => OrganizationName + " " + ReportId;
}
