using Dmarc.Advice.Audit.Tls;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns.Https;
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>How much is looked at, and how.</summary>
internal sealed record MailDomainOptions
{
    /// <summary>The parts to look at; all unless told otherwise.</summary>
    public MailDomainPart Parts { get; init; } = MailDomainPart.All;

    /// <summary>The DKIM selectors to look at; empty for well-known ones.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = [];

    /// <summary>What the domains are used for; null to infer it for each.</summary>
    public SendingProfile? Profile { get; init; }

    /// <summary>The mailbox providers whose rules for bulk senders are checked; none unless named.</summary>
    public IReadOnlyList<MailboxProvider> BulkSenderProviders { get; init; } = [];

    /// <summary>
    /// Also look, where a domain has no DMARC record, whether one stands at a wrong name: a few look-ups more for such domains.
    /// Turn it off for very many domains.
    /// </summary>
    public bool ProbeWrongNames { get; init; } = true;

    /// <summary>
    /// Ask for the root's SOA record once, to tell a resolver that does not validate from a domain that is not signed. Without effect
    /// where the answer says AD anyway; turn it off where answers come from zone files.
    /// </summary>
    public bool ProbeValidation { get; init; } = true;

    /// <summary>Fetches what stands on the web; null for a fetcher that asks the same resolver and refuses addresses that are not public.</summary>
    public IHttpsFetcher? Fetcher { get; init; }

    /// <summary>How long one file may take to be fetched; ten seconds unless told otherwise.</summary>
    public TimeSpan HttpsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the connection to one mail exchange may take, with everything; ten seconds unless told otherwise.</summary>
    public TimeSpan TlsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where connections to mail exchanges lead.</summary>
    internal TlsSeam TlsSeam { get; init; } = new();

    /// <summary>
    /// Also fetch from, and connect to, addresses that are private, of the machine itself or of the link. Off unless told otherwise: DNS records of strangers
    /// say where to go.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The clock by which certificates are valid or not.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    internal bool Has(MailDomainPart part) => (Parts & part) != 0;
}
