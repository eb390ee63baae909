namespace Dmarc.Advice.Records;

/// <summary>A record with which a report destination authorizes reports (RFC 9990 §4).</summary>
/// <param name="Destination">The domain of the destination.</param>
/// <param name="Name">The full record name, such as <c>contoso.com._report._dmarc.reports.example</c>.</param>
/// <param name="Value">The text of the record.</param>
/// <param name="ZoneLine">The record as a zone file line.</param>
public sealed record DmarcAuthorizationDraft(string Destination, string Name, string Value, string ZoneLine)
{
    /// <summary>The line for a zone file.</summary>
    public override string ToString() => ZoneLine;
}
