using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The DNS facts about a name that has, or should have, an SPF record.</summary>
internal sealed class SpfDomainFacts(string domain)
{
    public string Domain { get; } = domain;

    /// <summary>The answer for TXT.</summary>
    public DnsResponse Response { get; set; } = new(domain, DnsRecordType.TXT, DnsStatus.Timeout);

    /// <summary>The texts of all SPF records.</summary>
    public PrintableList<string> Texts { get; set; } = PrintableList<string>.Empty;

    /// <summary>The record; null if there is not exactly one.</summary>
    public SpfRecord? Record { get; set; }

    /// <summary>The facts about each term of the record, in order.</summary>
    public PrintableList<SpfTermFacts> Terms { get; set; } = PrintableList<SpfTermFacts>.Empty;

    /// <summary>The query for the text of <c>exp</c>; null if there is none, or it depends on the message.</summary>
    public Task<DnsResponse>? ExplanationQuery { get; set; }

    /// <summary>The part of the analysis that is the same for all including domains; null if unknown.</summary>
    public SpfSharedRecord? Shared { get; set; }

    /// <summary>The passing addresses, once they are computed for all.</summary>
    public AddressSet? Passed { get; set; }

    /// <summary>The redirect that receivers follow after all mechanisms; null if there is none.</summary>
    public SpfTermFacts? Redirect =>
        Terms.FirstOrDefault(term => term.IsEffective && term.Term.Kind == SpfTermKind.Redirect);

    /// <summary>True if there is one record without a syntax error.</summary>
    public bool IsUsable => Record is { IsValid: true };
}

/// <summary>The DNS facts about one term.</summary>
internal sealed class SpfTermFacts(SpfTerm term, string owner, bool isEffective)
{
    public SpfTerm Term { get; } = term;

    /// <summary>The name whose record contains the term.</summary>
    public string Owner { get; } = owner;

    /// <summary>False after <c>all</c>, and for a <c>redirect</c> beside it.</summary>
    public bool IsEffective { get; } = isEffective;

    /// <summary>The target name; null if there is none, it depends on the message, or it is invalid.</summary>
    public string? Target { get; set; }

    /// <summary>True if the name depends on the address or the sender.</summary>
    public bool DependsOnMessage { get; set; }

    /// <summary>The answer for A (<c>a</c>, <c>exists</c>) or MX (<c>mx</c>); null if not queried.</summary>
    public DnsResponse? Response { get; set; }

    /// <summary>The answer for AAAA of an <c>a</c>.</summary>
    public DnsResponse? IPv6Response { get; set; }

    /// <summary>The mail exchanges of an <c>mx</c>, at most ten.</summary>
    public PrintableList<SpfHostFacts> Hosts { get; set; } = PrintableList<SpfHostFacts>.Empty;

    /// <summary>The target records of an <c>include</c> or <c>redirect</c>; null if not followed.</summary>
    public SpfDomainFacts? Child { get; set; }

    /// <summary>The matching addresses, once they are computed for all.</summary>
    public AddressSet? Matched { get; set; }

    /// <summary>True if the analysis had already exceeded its budget.</summary>
    public bool WasSkipped { get; set; }

    /// <summary>The first failed look-up of the term, with hosts of an <c>mx</c>; null if there is none.</summary>
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

    /// <summary>The facts of a record's terms before any query.</summary>
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

/// <summary>The DNS facts about one host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IPv4">The answer for A.</param>
/// <param name="IPv6">The answer for AAAA.</param>
/// <param name="TxtQuery">The query for TXT; null if not sent.</param>
internal sealed record SpfHostFacts(string Name, DnsResponse IPv4, DnsResponse IPv6, Task<DnsResponse>? TxtQuery = null)
{
    /// <summary>The answer for TXT; null if not queried or not available.</summary>
    public DnsResponse? Txt => TxtQuery is { Status: TaskStatus.RanToCompletion } query ? query.Result : null;

    /// <summary>True if both were answered and neither has an address.</summary>
    public bool HasNoAddress => IPv4.Status.IsVoid() && IPv6.Status.IsVoid();
}
