namespace Dmarc.Reports;

/// <summary>
/// What tells one report from all others: the identifier is unique among the reports of an organisation to the same domain
/// (RFC 9990 §3.1.1.3), and reporters use it again for other days.
/// </summary>
/// <param name="Organization">The organisation, in capital letters.</param>
/// <param name="ReportId">The identifier.</param>
/// <param name="Domain">The policy domain; of a TLS report, all of them.</param>
/// <param name="Begin">The start of the time covered.</param>
/// <param name="End">The end of the time covered.</param>
internal readonly record struct ReportKey(string Organization, string ReportId, string Domain, string Begin, string End);

/// <summary>A report by where it stands: which one of which document.</summary>
/// <param name="Document">Stands for the document; every pass over it has the same object.</param>
/// <param name="Number">The number of the report in the document.</param>
internal sealed record ReportPlace(object Document, int Number);
