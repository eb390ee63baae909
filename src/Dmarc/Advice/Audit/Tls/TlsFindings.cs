using Dmarc.Text;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>The findings about the encryption that mail exchanges offer.</summary>
public static class TlsFindings
{
    /// <summary>Port 25 of no mail exchange answers: many networks close it for connections that go out.</summary>
    public static readonly FindingDescriptor PortClosed = new("TlsPortClosed", Severity.Information, "RFC 5321 §4.5.4.2");

    /// <summary>One of several mail exchanges does not answer.</summary>
    public static readonly FindingDescriptor HostUnreachable = new("TlsHostUnreachable", Severity.Warning, "RFC 5321 §5.1");

    /// <summary>A mail exchange has no address of the Internet, so that nothing was connected to.</summary>
    public static readonly FindingDescriptor AddressRefused = new("TlsAddressRefused", Severity.Information, "RFC 6890");

    /// <summary>What answers does not speak SMTP, or does not let this machine speak.</summary>
    public static readonly FindingDescriptor NotSmtp = new("TlsNotSmtp", Severity.Warning, "RFC 5321 §4.2");

    /// <summary>A mail exchange does not offer STARTTLS.</summary>
    public static readonly FindingDescriptor NoStartTls = new("TlsNoStartTls", Severity.Error, "RFC 3207 §4");

    /// <summary>A mail exchange offers STARTTLS, and the handshake fails.</summary>
    public static readonly FindingDescriptor HandshakeFailed = new("TlsHandshakeFailed", Severity.Error, "RFC 3207 §4");

    /// <summary>The best that both sides know is an obsolete version of TLS.</summary>
    public static readonly FindingDescriptor OldProtocol = new("TlsOldProtocol", Severity.Warning, "RFC 8996");

    /// <summary>The certificate is expired, or not valid yet.</summary>
    public static readonly FindingDescriptor CertificateExpired = new("TlsCertificateExpired", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>The certificate expires soon.</summary>
    public static readonly FindingDescriptor CertificateExpiring = new("TlsCertificateExpiring", Severity.Warning, "RFC 5280 §4.1.2.5");

    /// <summary>The certificate is not for the name of the mail exchange.</summary>
    public static readonly FindingDescriptor CertificateName = new("TlsCertificateName", Severity.Warning, "RFC 8461 §4.2");

    /// <summary>The certificate does not lead to an issuer that this machine trusts.</summary>
    public static readonly FindingDescriptor CertificateUntrusted = new("TlsCertificateUntrusted", Severity.Warning, "RFC 8461 §4.2");

    /// <summary>No TLSA record matches the certificate: senders that use DANE do not deliver.</summary>
    public static readonly FindingDescriptor DaneMismatch = new("TlsDaneMismatch", Severity.Error, "RFC 7672 §2.2");

    /// <summary>The MTA-STS policy is enforced and the mail exchange does not fulfil it: senders that use MTA-STS do not deliver.</summary>
    public static readonly FindingDescriptor MtaStsMismatch = new("TlsMtaStsMismatch", Severity.Error, "RFC 8461 §5");

    /// <summary>The same while the policy is tested only.</summary>
    public static readonly FindingDescriptor MtaStsMismatchTesting = new("TlsMtaStsMismatchTesting", Severity.Warning, "RFC 8461 §5");
}
