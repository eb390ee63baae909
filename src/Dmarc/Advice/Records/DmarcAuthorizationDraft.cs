namespace Dmarc.Advice.Records;

/// <summary>A record that a destination of reports must publish to agree to take them (RFC 9990 §4).</summary>
/// <param name="Destination">The domain of the destination.</param>
/// <param name="Name">The whole name of the record, such as <c>contoso.com._report._dmarc.reports.example</c>.</param>
/// <param name="Value">The text of the record.</param>
/// <param name="ZoneLine">The record as a line of a zone file.</param>
public sealed record DmarcAuthorizationDraft(string Destination, string Name, string Value, string ZoneLine)
{
    /// <summary>The line for a zone file.</summary>
    public override string ToString() => ZoneLine;
}
