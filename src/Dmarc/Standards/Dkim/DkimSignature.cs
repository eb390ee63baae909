using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>The algorithm of a signature.</summary>
internal enum DkimAlgorithm
{
    /// <summary>Not defined by a standard.</summary>
    Unknown,

    /// <summary>RSA with SHA-1, which must no longer be used (RFC 8301 §3.1).</summary>
    RsaSha1,

    /// <summary>RSA with SHA-256.</summary>
    RsaSha256,

    /// <summary>Ed25519 over a SHA-256 hash (RFC 8463).</summary>
    Ed25519Sha256,
}

/// <summary>The changes in transit that a signature tolerates (RFC 6376 §3.4).</summary>
internal enum DkimCanonicalization
{
    /// <summary>None.</summary>
    Simple,

    /// <summary>Changes of white space and folding, and of the letter case of field names.</summary>
    Relaxed,
}

/// <summary>A parsed but unverified signature of a message (RFC 6376 §3.5).</summary>
internal sealed class DkimSignature(MailHeader header, TagList tags)
{
    /// <summary>The field that contains it.</summary>
    public MailHeader Header => header;

    /// <summary>The signing domain (<c>d=</c>) in A-label form; as written if it is not a domain name.</summary>
    public string Domain { get; internal init; } = "";

    /// <summary>The selector (<c>s=</c>).</summary>
    public string Selector { get; internal init; } = "";

    /// <summary>The identity (<c>i=</c>); by default an at sign and the signing domain.</summary>
    public string Identity { get; internal init; } = "";

    /// <summary>The algorithm.</summary>
    public DkimAlgorithm Algorithm => WrittenAlgorithm.Value;

    /// <summary>The canonical form of the header.</summary>
    public DkimCanonicalization HeaderCanonicalization { get; internal init; }

    /// <summary>The canonical form of the body.</summary>
    public DkimCanonicalization BodyCanonicalization { get; internal init; }

    /// <summary>The names of <c>h=</c> in order; a name is repeated for each signed field with it.</summary>
    public PrintableList<string> SignedHeaders { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>The number of signed body bytes (<c>l=</c>); null if all are signed.</summary>
    public long? BodyLength { get; internal init; }

    /// <summary>When the signature expires (<c>x=</c>); null if never.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>The hash of the body (<c>bh=</c>).</summary>
    public ReadOnlyMemory<byte> BodyHash { get; internal init; }

    /// <summary>The signature itself (<c>b=</c>).</summary>
    public ReadOnlyMemory<byte> Value { get; internal init; }

    /// <summary>The name at which the key is published.</summary>
    public string KeyName => Selector + "._domainkey." + Domain;

    /// <summary>True if the signature can be verified, judging by its own content.</summary>
    public bool IsWellFormed => Problem is null;

    /// <summary>Why the signature cannot pass with any key; null if it can.</summary>
    internal DkimFailure? Problem { get; init; }

    internal WrittenValue<DkimAlgorithm> WrittenAlgorithm { get; init; }

    /// <summary>The signing domain; null if it is not a domain name.</summary>
    internal DomainName? DomainName { get; init; }

    /// <summary>All tags.</summary>
    internal TagList Tags => tags;

    /// <summary>Reads the signature in a field. It never fails: verifying a broken one explains why.</summary>
    public static DkimSignature Parse(MailHeader header) =>
        DkimSignatureParser.Parse(header, DkimSignatureKind.Dkim);

    /// <summary>Domain and selector.</summary>
    public override string ToString() => Domain + " (" + Selector + ")";
}
