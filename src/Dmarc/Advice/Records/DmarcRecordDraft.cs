using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>
/// A DMARC record to be published; nothing has been published. The names of the properties are those of the parameters of
/// <c>Add-DnsServerResourceRecord -Txt</c> (ZoneName, Name, DescriptiveText, TimeToLive) and of <c>New-AzDnsRecordConfig</c>
/// (Value).
/// </summary>
public sealed record DmarcRecordDraft
{
    /// <summary>The domain that the record is for.</summary>
    public required string Domain { get; init; }

    /// <summary>The name of the record relative to <see cref="ZoneName"/>, such as <c>_dmarc</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The zone that the record goes into.</summary>
    public required string ZoneName { get; init; }

    /// <summary>The whole name of the record, such as <c>_dmarc.contoso.com</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>The type of the record: TXT.</summary>
    public string Type { get; init; } = "TXT";

    /// <summary>The text of the record, in one piece however long it is.</summary>
    public required string Value { get; init; }

    /// <summary>The same as <see cref="Value"/>, under the name that the DNS server's cmdlets bind.</summary>
    public string DescriptiveText => Value;

    /// <summary>For how long the record may be kept by resolvers.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The record as a line of a zone file, the text split into strings of at most 255 bytes (RFC 1035 §3.3.14).</summary>
    public required string ZoneLine { get; init; }

    /// <summary>The step of a staged roll-out that the record is, where one was asked for.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>The records that destinations of other organisations must publish before reports are sent to them (RFC 9990 §4).</summary>
    public PrintableList<DmarcAuthorizationDraft> ReportAuthorization { get; init; } = PrintableList<DmarcAuthorizationDraft>.Empty;

    /// <summary>What is wrong with the record, what was changed in an old one, and what to do.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The line for a zone file.</summary>
    public override string ToString() => ZoneLine;
}
