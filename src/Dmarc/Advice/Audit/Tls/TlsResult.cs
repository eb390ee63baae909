using System.Globalization;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>The encryption that the mail exchanges offer on port 25 (RFC 3207).</summary>
public sealed record TlsResult
{
    /// <summary>
    /// What was found: <see cref="PartStatus.Found"/> if every host that answers offers TLS and nothing is wrong, <see cref="PartStatus.Invalid"/>
    /// if something is wrong, <see cref="PartStatus.NotFound"/> if no host offers it, <see cref="PartStatus.Unreachable"/> if no host answers.
    /// </summary>
    public PartStatus Status { get; init; }

    /// <summary>The hosts, the preferred ones first.</summary>
    public PrintableList<TlsHost> Hosts { get; init; } = PrintableList<TlsHost>.Empty;

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The hosts, or the status.</summary>
    public override string ToString() => Hosts.Count > 0 ? Hosts.ToString() : Status.ToString();
}

/// <summary>The encryption that one mail exchange offers. What is not known is null.</summary>
public sealed record TlsHost
{
    /// <summary>The name of the host.</summary>
    public required string Name { get; init; }

    /// <summary>The address that was connected to; empty if none was.</summary>
    public string Address { get; init; } = "";

    /// <summary>What came of the connection.</summary>
    public required TlsHostStatus Status { get; init; }

    /// <summary>Whether the host offers STARTTLS.</summary>
    public bool? StartTls { get; init; }

    /// <summary>The version of TLS, such as <c>TLS 1.3</c>; empty if the connection is not encrypted.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Whether the certificate leads to an issuer that this machine trusts.</summary>
    public bool? IsTrusted { get; init; }

    /// <summary>Whether the certificate is for the name of the host.</summary>
    public bool? IsNameValid { get; init; }

    /// <summary>Whether the certificate is valid today.</summary>
    public bool? IsTimeValid { get; init; }

    /// <summary>How many whole days the certificate is still valid; negative if it is expired.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>When the certificate expires, in UTC.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>How many bits the RSA key of the certificate has; null for a key of another kind, or without a certificate.</summary>
    public int? KeySize { get; init; }

    /// <summary>Whom the certificate is for; empty if there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Who issued the certificate; empty if there is none.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Whether a TLSA record matches the certificate; null if there is no record that can be used.</summary>
    public bool? MatchesDane { get; init; }

    /// <summary>Whether the host fulfils the MTA-STS policy; null if there is no policy that asks for anything.</summary>
    public bool? MatchesMtaSts { get; init; }

    /// <summary>Why the RSA key of the certificate is not sound; null if nothing speaks against it.</summary>
    internal string? KeyProblem { get; init; }

    /// <summary>What went wrong, in words; empty if nothing did.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The host and what came of the connection.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0}: {1}",
        Name,
        Protocol.Length > 0 ? Protocol : Status.ToString());
}
