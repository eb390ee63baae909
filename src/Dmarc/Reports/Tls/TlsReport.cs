using Dmarc.Text;

namespace Dmarc.Reports.Tls;

/// <summary>What a TLS report says once for all its policies (RFC 8460 §4.4): who sent it, and for when.</summary>
public sealed class TlsReport
{
    internal TlsReport(string path) => Path = path;

    /// <summary>The reporting organisation.</summary>
    public string OrganizationName { get; internal set; } = "";

    /// <summary>How to reach the reporting organisation; empty if the report does not say.</summary>
    public string ContactInfo { get; internal set; } = "";

    /// <summary>The report's identifier, unique at its organisation.</summary>
    public string ReportId { get; internal set; } = "";

    /// <summary>The start of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? Begin => WrittenBegin.Value;

    /// <summary>The start of the time covered as the report writes it if that is no readable time; else empty.</summary>
    public string BeginText => WrittenBegin.OtherText;

    /// <summary>The end of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? End => WrittenEnd.Value;

    /// <summary>The end of the time covered as the report writes it if that is no readable time; else empty.</summary>
    public string EndText => WrittenEnd.OtherText;

    /// <summary>How many policies the report has.</summary>
    public int Policies { get; internal set; }

    /// <summary>What is wrong with the report apart from its policies.</summary>
    public PrintableList<Finding> Findings { get; internal set; } = [];

    /// <summary>The file that the report was read from; the names of containers and entries in it follow, joined by <c>!</c>.</summary>
    public string Path { get; }

    /// <summary>The policy domains of all policies, in order.</summary>
    internal SortedSet<string> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>Which report of which document this is.</summary>
    internal ReportPlace? Place { get; init; }

    /// <summary>True if the report was damaged, and may have lost policies.</summary>
    internal bool IsDamaged { get; set; }

    /// <summary>What the report is, so that a copy is known again.</summary>
    internal ReportKey Key => new(
        OrganizationName.ToUpperInvariant(),
        ReportId,
        string.Join(" ", Domains),
        Begin?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? WrittenBegin.Text,
        End?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? WrittenEnd.Text);

    internal WrittenValue<DateTime?> WrittenBegin { get; set; }

    internal WrittenValue<DateTime?> WrittenEnd { get; set; }

    /// <summary>The organisation and the identifier.</summary>
    public override string ToString() => OrganizationName + " " + ReportId;
}
