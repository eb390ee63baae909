using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>One name queried for a record.</summary>
public sealed record DmarcWalkStep
{
    /// <summary>The queried name, with <c>_dmarc.</c> before it.</summary>
    public required string QueryName { get; init; }

    /// <summary>The status of the query.</summary>
    public required DnsStatus Status { get; init; }

    /// <summary>The number of DMARC records; more than one counts as none (RFC 9989 §4.10). Null on failure.</summary>
    public int? RecordCount { get; init; }

    /// <summary>The text of the first DMARC record; null if there is none.</summary>
    public string? Record { get; init; }

    /// <summary>The time to live of the answer in seconds; null if the look-up failed.</summary>
    public uint? TimeToLive { get; init; }

    /// <summary>The CNAME target of the queried name; null if it is not an alias.</summary>
    public string? Target { get; init; }

    /// <summary>The domain that the record would belong to.</summary>
    internal DomainName Domain { get; init; } = null!;

    /// <summary>The parsed record; null unless there is exactly one.</summary>
    internal DmarcRecord? Parsed { get; init; }

    /// <summary>A text meant as a DMARC record but invalid, if there is no other; otherwise null.</summary>
    internal DmarcRecord? Mistaken { get; init; }

    /// <summary>The texts of TXT records that are not DMARC records.</summary>
    internal PrintableList<string> OtherTexts { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if the name is an alias without a DMARC record, or an attempt at one, at its target.</summary>
    internal bool IsDangling => Target is not null && Status.IsAnswer() && RecordCount is 0 && Mistaken is null;

    /// <summary>The record if it can be used to find a domain: the only one, and not void.</summary>
    internal DmarcRecord? ValidRecord => Parsed is { Validity: DmarcRecordValidity.Valid } ? Parsed : null;

    /// <summary>The name and the record or status.</summary>
    public override string ToString() => QueryName + ": " + (RecordCount == 1 ? Record : Status.ToString());

    /// <summary>Reads an answer.</summary>
    internal static DmarcWalkStep Read(DomainName domain, DnsResponse response)
    {
        string? first = null;
        int count = 0;
        List<string>? others = null;
        foreach (DnsRecord record in response.Records.AsSpan())
        {
            if (record is not TxtRecord txt)
            {
                continue;
            }

            if (DmarcRecordParser.IsDmarcRecord(txt.Text))
            {
                first ??= txt.Text;
                count++;
            }
            else
            {
                (others ??= []).Add(txt.Text);
            }
        }

        return new DmarcWalkStep
        {
            Domain = domain,
            QueryName = response.Name,
            Status = response.Status,
            RecordCount = response.Status.IsAnswer() ? count : null,
            Record = first,
            Target = response.CnamePath.Count == 0 ? null : response.CnamePath[0].TrimEnd('.'),
            Parsed = count == 1 ? DmarcRecordParser.Parse(first!) : null,
            Mistaken = count == 0 && others is not null ? FindMistaken(others) : null,
            OtherTexts = others is null ? PrintableList<string>.Empty : others.ToPrintableList(),
            TimeToLive = response.Status.IsAnswer() ? response.TimeToLive : null,
        };
    }

    private static DmarcRecord? FindMistaken(List<string> texts)
    {
        string? text = texts.Find(each => each.IndexOf("dmarc", StringComparison.OrdinalIgnoreCase) >= 0
            || each.StartsWith("p=", StringComparison.OrdinalIgnoreCase));
        return text is null ? null : DmarcRecordParser.Parse(text);
    }
}
