using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Whether strangers can use Direct Send, anonymous SMTP to the Microsoft 365 endpoint of a tenant, to impersonate
/// users of a domain: according to DNS and, if given, tenant settings, observed mail and a probe.
/// </summary>
public sealed record DirectSendResult
{
    /// <summary>The domain; the input if it is not a domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>Whether the domain could be assessed.</summary>
    public required DirectSendStatus Status { get; init; }

    /// <summary>The first failure of a look-up; null if all were answered.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The judgement.</summary>
    public DirectSendVerdict Verdict { get; init; }

    /// <summary>The basis of the verdict, in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What would answer the open questions, one sentence each; empty if there are none.</summary>
    public PrintableList<string> OpenQuestions { get; init; } = PrintableList<string>.Empty;

    /// <summary>The route of mail to the domain.</summary>
    public MailRoute MailRoute { get; init; }

    /// <summary>The first endpoint with an address; empty if there is none; null if unknown.</summary>
    public string? Endpoint { get; init; } = "";

    /// <summary>All names examined as endpoints.</summary>
    public PrintableList<DirectSendEndpoint> Endpoints { get; init; } = PrintableList<DirectSendEndpoint>.Empty;

    /// <summary>The mail exchanges, most preferred first; a dot for the null MX.</summary>
    public PrintableList<string> MailExchanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>The signs of Microsoft 365 in DNS.</summary>
    public PrintableList<TenantSign> Signs { get; init; } = PrintableList<TenantSign>.Empty;

    /// <summary>The status of the search for the DMARC record; null if there was none.</summary>
    public DmarcRecordStatus? DmarcStatus { get; init; }

    /// <summary>The failure of that search; null if there was none.</summary>
    public DnsFailure? DmarcDnsFailure { get; init; }

    /// <summary>The DMARC policy that receivers apply; null if none or unknown (<see cref="DmarcStatus"/>).</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The end of the SPF record, such as <c>-all</c>; empty if it has none; null if unknown.</summary>
    public string? SpfAll { get; init; } = "";

    /// <summary>What a spoof would encounter at the endpoint, in a sentence, or empty; null if unknown.</summary>
    public string? SpoofOutcome { get; init; } = "";

    /// <summary>The tenant's <c>RejectDirectSend</c>; null if unknown, or not the domain's tenant.</summary>
    public bool? RejectDirectSend { get; init; }

    /// <summary>True if the tenant accepts the domain, directly or as a subdomain; null if unknown.</summary>
    public bool? IsAcceptedDomain { get; init; }

    /// <summary>The inbound connectors that refuse unknown senders, for the domain or for all; may be empty.</summary>
    public PrintableList<string> LockingConnectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>The mail flow rules that refuse unknown senders, for the domain or for all; may be empty.</summary>
    public PrintableList<string> LockingRules { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if Microsoft 365 signs the domain's mail with DKIM, by its settings; null if unknown.</summary>
    public bool? DkimSigning { get; init; }

    /// <summary>True if the tenant forbids sending (<c>SendingFromDomainDisabled</c>); null if unknown.</summary>
    public bool? SendingDisabled { get; init; }

    /// <summary>The result of the probe; null if none was made.</summary>
    public DirectSendProbeResult? Probe { get; init; }

    /// <summary>The observed senders, ordered by number of messages.</summary>
    public PrintableList<DirectSendEvidence> Evidence { get; init; } = PrintableList<DirectSendEvidence>.Empty;

    /// <summary>The steps in a safe order.</summary>
    public PrintableList<DirectSendStep> NextSteps { get; init; } = PrintableList<DirectSendStep>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The failed deciding look-up, with its type; empty if none failed.</summary>
    internal string FailedQuery { get; init; } = "";

    /// <summary>The result for an invalid domain name, so that no row of a list is lost.</summary>
    /// <param name="input">The input.</param>
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
    /// <param name="error">The error in a sentence.</param>
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
