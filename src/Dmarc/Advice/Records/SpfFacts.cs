using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What DNS says of one name that holds, or should hold, an SPF record.</summary>
internal sealed class SpfDomainFacts(string domain)
{
    public string Domain { get; } = domain;

    /// <summary>The answer for TXT.</summary>
    public DnsResponse Response { get; set; } = new(domain, DnsRecordType.TXT, DnsStatus.Timeout);

    /// <summary>The texts of all SPF records there.</summary>
    public PrintableList<string> Texts { get; set; } = PrintableList<string>.Empty;

    /// <summary>The record; null if there is not exactly one.</summary>
    public SpfRecord? Record { get; set; }

    /// <summary>A fact for each term of the record, in order.</summary>
    public PrintableList<SpfTermFacts> Terms { get; set; } = PrintableList<SpfTermFacts>.Empty;

    /// <summary>The question for the words of <c>exp</c>; null if there is none, or its name depends on the message.</summary>
    public Task<DnsResponse>? ExplanationQuery { get; set; }

    /// <summary>What of the record and all below it is the same for everybody who includes it; null if that is not known.</summary>
    public SpfSharedRecord? Shared { get; set; }

    /// <summary>The addresses that pass, once they are settled for everybody.</summary>
    public AddressSet? Passed { get; set; }

    /// <summary>True if there is one record, and it has no syntax error.</summary>
    public bool IsUsable => Record is { IsValid: true };
}

/// <summary>What DNS says of one term.</summary>
internal sealed class SpfTermFacts(SpfTerm term, string owner, bool isEffective)
{
    public SpfTerm Term { get; } = term;

    /// <summary>The name whose record holds the term.</summary>
    public string Owner { get; } = owner;

    /// <summary>False for what stands after <c>all</c> and for a <c>redirect</c> beside it.</summary>
    public bool IsEffective { get; } = isEffective;

    /// <summary>The name that the term is about; null if it has none, where that depends on the message, or can be no name.</summary>
    public string? Target { get; set; }

    /// <summary>True if the name depends on the address or the sender.</summary>
    public bool DependsOnMessage { get; set; }

    /// <summary>The answer for A (<c>a</c>, <c>exists</c>) or MX (<c>mx</c>); null if nothing was asked.</summary>
    public DnsResponse? Response { get; set; }

    /// <summary>The answer for AAAA of an <c>a</c>.</summary>
    public DnsResponse? IPv6Response { get; set; }

    /// <summary>The mail exchanges of an <c>mx</c>, at most ten.</summary>
    public PrintableList<SpfHostFacts> Hosts { get; set; } = PrintableList<SpfHostFacts>.Empty;

    /// <summary>The records that an <c>include</c> or <c>redirect</c> leads to; null if it was not followed.</summary>
    public SpfDomainFacts? Child { get; set; }

    /// <summary>The addresses that match, once they are settled for everybody.</summary>
    public AddressSet? Matched { get; set; }

    /// <summary>True if the analysis had asked too much already.</summary>
    public bool WasSkipped { get; set; }

    /// <summary>The first look-up of the term that failed, those of the hosts of an <c>mx</c> included; null if all were answered.</summary>
    public DnsResponse? Failed
    {
        get
        {
            DnsResponse? failed = FailedOf(Child?.Response) ?? FailedOf(Response) ?? FailedOf(IPv6Response);
            foreach (SpfHostFacts host in Hosts.AsSpan())
            {
                failed ??= FailedOf(host.IPv4) ?? FailedOf(host.IPv6);
            }

            return failed;
        }
    }

    /// <summary>The facts of a record's terms, before anything is asked for.</summary>
    /// <param name="record">The record.</param>
    /// <param name="owner">The name that holds it.</param>
    public static List<SpfTermFacts> Of(SpfRecord record, string owner)
    {
        List<SpfTermFacts> terms = [];
        bool ended = false;
        foreach (SpfTerm term in record.Terms)
        {
            terms.Add(new SpfTermFacts(term, owner, term.Kind == SpfTermKind.Redirect ? record.All is null : !(term.IsMechanism && ended)));
            ended |= term.Kind == SpfTermKind.All;
        }

        return terms;
    }

    private static DnsResponse? FailedOf(DnsResponse? response) => response is null || response.Status.IsAnswer() ? null : response;
}

/// <summary>What DNS says of one host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IPv4">The answer for A.</param>
/// <param name="IPv6">The answer for AAAA.</param>
/// <param name="TxtQuery">The question for TXT; null if it was not asked.</param>
internal sealed record SpfHostFacts(string Name, DnsResponse IPv4, DnsResponse IPv6, Task<DnsResponse>? TxtQuery = null)
{
    /// <summary>The answer for TXT; null if it was not asked for, or is not there.</summary>
    public DnsResponse? Txt => TxtQuery is { Status: TaskStatus.RanToCompletion } query ? query.Result : null;

    /// <summary>True where both were answered and neither has an address.</summary>
    public bool HasNoAddress => IPv4.Status.IsVoid() && IPv6.Status.IsVoid();
}
