using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Whether strangers can use Direct Send, which is anonymous SMTP to the Microsoft 365 endpoint of a tenant, to pose as people
/// of a domain: what DNS shows and, where they were given, what the settings of the tenant, traffic and a probe show.
/// </summary>
public sealed record DirectSendResult
{
    /// <summary>The domain; the input as given where it is no domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>Whether it could be judged.</summary>
    public required DirectSendStatus Status { get; init; }

    /// <summary>How the first look-up failed that did; null if all were answered.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The judgement.</summary>
    public DirectSendVerdict Verdict { get; init; }

    /// <summary>What the verdict rests on, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What would settle what is still open, a sentence each; empty if nothing is.</summary>
    public PrintableList<string> OpenQuestions { get; init; } = PrintableList<string>.Empty;

    /// <summary>The road that mail to the domain takes.</summary>
    public MailRoute MailRoute { get; init; }

    /// <summary>The first endpoint that has an address; empty if there is none; null if that is not known.</summary>
    public string? Endpoint { get; init; } = "";

    /// <summary>All names that were looked at as endpoints.</summary>
    public PrintableList<DirectSendEndpoint> Endpoints { get; init; } = PrintableList<DirectSendEndpoint>.Empty;

    /// <summary>The mail exchanges, the most preferred first; a dot for the null MX.</summary>
    public PrintableList<string> MailExchanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>What in DNS says that the domain has to do with Microsoft 365.</summary>
    public PrintableList<TenantSign> Signs { get; init; } = PrintableList<TenantSign>.Empty;

    /// <summary>What the search for the DMARC record ended with; null if it was not made.</summary>
    public DmarcRecordStatus? DmarcStatus { get; init; }

    /// <summary>How that search failed; null if it did not.</summary>
    public DnsFailure? DmarcDnsFailure { get; init; }

    /// <summary>The DMARC policy that receivers apply to the domain; null if none does, or it is not known (see <see cref="DmarcStatus"/>).</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>How the SPF record ends, such as <c>-all</c>; empty if it has no <c>all</c> or there is no record; null if that is not known.</summary>
    public string? SpfAll { get; init; } = "";

    /// <summary>What a message that poses as the domain would meet at the endpoint, in a sentence; empty if there is no endpoint; null if that is not known.</summary>
    public string? SpoofOutcome { get; init; } = "";

    /// <summary>The setting <c>RejectDirectSend</c> of the tenant; null if it is not known, or the tenant that it is known of is not the domain's.</summary>
    public bool? RejectDirectSend { get; init; }

    /// <summary>True if the domain is one of the tenant's accepted domains, or below one that includes its subdomains; null where these are not known.</summary>
    public bool? IsAcceptedDomain { get; init; }

    /// <summary>The inbound connectors that refuse senders whom they do not know, for the domain or for all; empty if there are none, or they are not known.</summary>
    public PrintableList<string> LockingConnectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The mail flow rules that refuse senders whom they do not know, for the domain or for all; empty if there are none, or they are not known.</summary>
    public PrintableList<string> LockingRules { get; init; } = PrintableList<string>.Empty;

    /// <summary>True where Microsoft 365 signs mail of the domain with DKIM, by its settings; null where these are not known.</summary>
    public bool? DkimSigning { get; init; }

    /// <summary>True if the tenant lets nobody send from the domain (<c>SendingFromDomainDisabled</c>); null if that is not known.</summary>
    public bool? SendingDisabled { get; init; }

    /// <summary>What the probe came to; null if none was made.</summary>
    public DirectSendProbeResult? Probe { get; init; }

    /// <summary>Who was seen to send that way, the most messages first.</summary>
    public PrintableList<DirectSendEvidence> Evidence { get; init; } = PrintableList<DirectSendEvidence>.Empty;

    /// <summary>What to do, in the order in which it is safe.</summary>
    public PrintableList<DirectSendStep> NextSteps { get; init; } = PrintableList<DirectSendStep>.Empty;

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The name whose look-up failed and decides, with its type; empty if none did.</summary>
    internal string FailedQuery { get; init; } = "";

    /// <summary>The result for an input that is no domain name, so that no row of a list is lost.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is not valid, in a sentence.</param>
    public static DirectSendResult ForInvalidDomainName(string? input, string error) => new()
    {
        Domain = input ?? "",
        Status = DirectSendStatus.InvalidDomainName,
        Reason = error,
        Findings = [DirectSendFindings.InvalidDomainName.Create(error) with { Domain = input ?? "" }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
    public static DirectSendResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Status = DirectSendStatus.UnexpectedError,
        Reason = error,
        Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }],
    };

    /// <summary>The domain and the verdict.</summary>
    public override string ToString() => Domain + ": " + Verdict;
}
