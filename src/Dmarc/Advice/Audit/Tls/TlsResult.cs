using Dmarc.Dns;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>The encryption that the mail exchanges offer on port 25 (RFC 3207).</summary>
public sealed record TlsResult
{
    /// <summary>
    /// The status: <see cref="PartStatus.Found"/> if every answering host offers sound TLS,
    /// <see cref="PartStatus.Invalid"/> if there is a problem, <see cref="PartStatus.NotFound"/> if no host offers it,
    /// <see cref="PartStatus.Unreachable"/> if no host answers.
    /// </summary>
    public PartStatus Status { get; init; }

    /// <summary>The hosts, preferred ones first.</summary>
    public PrintableList<TlsHost> Hosts { get; init; } = PrintableList<TlsHost>.Empty;

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The hosts, or the status.</summary>
    public override string ToString() => Hosts.Count > 0 ? Hosts.ToString() : Status.ToString();
}

/// <summary>The encryption offered by one mail exchange. Unknown values are null.</summary>
public sealed record TlsHost
{
    /// <summary>The name of the host.</summary>
    public required string Name { get; init; }

    /// <summary>The address of the connection; empty if there was none.</summary>
    public string Address { get; init; } = "";

    /// <summary>The status of the connection.</summary>
    public required TlsHostStatus Status { get; init; }

    /// <summary>Whether the host offers STARTTLS.</summary>
    public bool? StartTls { get; init; }

    /// <summary>The version of TLS, such as <c>TLS 1.3</c>; empty if the connection is not encrypted.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Whether the certificate's chain leads to an issuer that this machine trusts.</summary>
    public bool? IsTrusted { get; init; }

    /// <summary>Whether the certificate is valid for the name of the host.</summary>
    public bool? IsNameValid { get; init; }

    /// <summary>Whether the certificate is valid today.</summary>
    public bool? IsTimeValid { get; init; }

    /// <summary>The number of whole days until the certificate expires; negative if it has expired.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>When the certificate expires, in UTC.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>The size of the certificate's RSA key in bits; null for another kind, or no certificate.</summary>
    public int? KeySize { get; init; }

    /// <summary>The subject of the certificate; empty if there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The issuer of the certificate; empty if there is none.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Whether a TLSA record matches the certificate; null if there is no usable record.</summary>
    public bool? MatchesDane { get; init; }

    /// <summary>Whether the host satisfies the MTA-STS policy; null without a policy in effect.</summary>
    public bool? MatchesMtaSts { get; init; }

    /// <summary>Why the certificate's RSA key is not sound; null if no problem is known.</summary>
    internal string? KeyProblem { get; init; }

    /// <summary>The error in words; empty if there is none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The host and the status of the connection.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}: {1}", Name, Protocol.Length > 0 ? Protocol : Status.ToString());
}
