using Dmarc.Advice.Audit.Tls;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns.Https;

namespace Dmarc.Advice.Audit;

/// <summary>Options of an audit.</summary>
internal sealed record MailDomainOptions
{
    /// <summary>The parts to inspect; by default all.</summary>
    public MailDomainPart Parts { get; init; } = MailDomainPart.All;

    /// <summary>The DKIM selectors to query; empty for well-known ones.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = [];

    /// <summary>The use of the domains; null to infer it for each.</summary>
    public SendingProfile? Profile { get; init; }

    /// <summary>The mailbox providers whose bulk sender rules are checked; by default none.</summary>
    public IReadOnlyList<MailboxProvider> BulkSenderProviders { get; init; } = [];

    /// <summary>
    /// For a domain without a DMARC record, also look for one at wrong names: a few more look-ups for such domains.
    /// Turn it off for very many domains.
    /// </summary>
    public bool ProbeWrongNames { get; init; } = true;

    /// <summary>
    /// Query the root's SOA record once, to distinguish a resolver that does not validate from an unsigned domain. No
    /// effect if the answer has AD anyway; turn it off if answers come from zone files.
    /// </summary>
    public bool ProbeValidation { get; init; } = true;

    /// <summary>Fetches files over HTTPS; null for one with the same resolver and public addresses only.</summary>
    public IHttpsFetcher? Fetcher { get; init; }

    /// <summary>The maximum time to fetch one file; by default ten seconds.</summary>
    public TimeSpan HttpsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The maximum total time for the connection to one mail exchange; by default ten seconds.</summary>
    public TimeSpan TlsTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The endpoints of connections to mail exchanges.</summary>
    internal TlsSeam TlsSeam { get; init; } = new();

    /// <summary>
    /// Also connect to private, loopback and link-local addresses. Off by default, because untrusted DNS records
    /// determine the addresses.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The clock for the validity of certificates.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    internal bool Has(MailDomainPart part) => (Parts & part) != 0;
}
