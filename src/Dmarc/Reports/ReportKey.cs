namespace Dmarc.Reports;

/// <summary>
/// The identity of a report: its identifier is unique among the reports of an organisation to one domain (RFC 9990
/// §3.1.1.3), but reporters reuse it for other days.
/// </summary>
/// <param name="Organization">The organisation, in upper case.</param>
/// <param name="ReportId">The identifier.</param>
/// <param name="Domain">The policy domain; for a TLS report, all of them.</param>
/// <param name="Begin">The start of the period.</param>
/// <param name="End">The end of the period.</param>
internal readonly record struct ReportKey(string Organization, string ReportId, string Domain, string Begin, string End)
{
    /// <summary>A time of the period; as written if it is not readable.</summary>
    public static string Time(WrittenValue<DateTime?> time) =>
        time.Value?.Ticks.ToString(CultureInfo.InvariantCulture) ?? time.Text;
}

/// <summary>The place of a report: its document and its number there.</summary>
/// <param name="Document">The identity of the document; the same object for every pass over it.</param>
/// <param name="Number">The number of the report in the document.</param>
internal sealed record ReportPlace(object Document, int Number);
