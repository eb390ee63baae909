namespace Dmarc.Advice.Records;

/// <summary>
/// A DMARC record to publish; nothing has been published. The property names match the parameters of
/// <c>Add-DnsServerResourceRecord -Txt</c> (ZoneName, Name, DescriptiveText, TimeToLive) and of
/// <c>New-AzDnsRecordConfig</c> (Value).
/// </summary>
public sealed record DmarcRecordDraft
{
    /// <summary>The domain of the record.</summary>
    public required string Domain { get; init; }

    /// <summary>The name of the record relative to <see cref="ZoneName"/>, such as <c>_dmarc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The zone of the record.</summary>
    public required string ZoneName { get; init; }

    /// <summary>The full name of the record, such as <c>_dmarc.contoso.com</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>The type of the record: TXT.</summary>
    public string Type { get; init; } = "TXT";

    /// <summary>The text of the record in one piece.</summary>
    public required string Value { get; init; }

    /// <summary><see cref="Value"/> under the parameter name of the DNS server's cmdlets.</summary>
    public string DescriptiveText => Value;

    /// <summary>The time to live of the record.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The record as a zone file line, split into strings of at most 255 bytes (RFC 1035 §3.3.14).</summary>
    public required string ZoneLine { get; init; }

    /// <summary>The step of a staged rollout, if one was requested.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The records that destinations elsewhere must publish to receive the reports (RFC 9990 §4).</summary>
    public PrintableList<DmarcAuthorizationDraft> ReportAuthorization { get; init; } = PrintableList<DmarcAuthorizationDraft>.Empty;

    /// <summary>Problems of the record, changes to an old one, and remedies.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The line for a zone file.</summary>
    public override string ToString() => ZoneLine;
}
