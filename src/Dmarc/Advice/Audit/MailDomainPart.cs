using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Advice.Audit;

/// <summary>The parts of a domain's mail configuration that can be included or excluded.</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "A part of a domain's set-up.")]
public enum MailDomainPart
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The mail exchanges and their addresses (RFC 5321 §5, RFC 7505).</summary>
    Mx = 1,

    /// <summary>The SPF record with everything that it includes (RFC 7208).</summary>
    Spf = 2,

    /// <summary>The DMARC record that applies (RFC 9989).</summary>
    Dmarc = 4,

    /// <summary>DKIM keys at well-known or given selectors (RFC 6376).</summary>
    Dkim = 8,

    /// <summary>The MTA-STS record (RFC 8461 §3.1).</summary>
    MtaSts = 16,

    /// <summary>The MTA-STS policy, fetched over HTTPS (RFC 8461 §3.2).</summary>
    MtaStsPolicy = 32,

    /// <summary>The TLS reporting record (RFC 8460 §3).</summary>
    TlsRpt = 64,

    /// <summary>The BIMI record.</summary>
    Bimi = 128,

    /// <summary>The logo and the certificate in the BIMI record, fetched over HTTPS.</summary>
    BimiFiles = 256,

    /// <summary>The TLSA records of the mail exchanges (RFC 7672).</summary>
    Dane = 512,

    /// <summary>Whether DNSSEC protects the domain, according to the resolver.</summary>
    Dnssec = 1024,

    /// <summary>The PTR names of the mail exchanges' addresses, and whether they are forward-confirmed.</summary>
    ReverseDns = 2048,

    /// <summary>The encryption of the mail exchanges on port 25 (RFC 3207). On request: it connects to each.</summary>
    Tls = 4096,

    /// <summary>The parts fetched over HTTPS: <see cref="MtaStsPolicy"/> and <see cref="BimiFiles"/>.</summary>
    Https = MtaStsPolicy | BimiFiles,

    /// <summary>Everything except <see cref="Tls"/>.</summary>
    All = 4095,
}
