using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Text;

namespace Dmarc.Standards.Dkim;

/// <summary>The algorithm of a signature.</summary>
internal enum DkimAlgorithm
{
    /// <summary>One that no standard names.</summary>
    Unknown,

    /// <summary>RSA with SHA-1, which must not be used any more (RFC 8301 §3.1).</summary>
    RsaSha1,

    /// <summary>RSA with SHA-256.</summary>
    RsaSha256,

    /// <summary>Ed25519 over a SHA-256 hash (RFC 8463).</summary>
    Ed25519Sha256,
}

/// <summary>Which changes on the way a signature tolerates (RFC 6376 §3.4).</summary>
internal enum DkimCanonicalization
{
    /// <summary>None.</summary>
    Simple,

    /// <summary>White space that was folded, added or taken away, and the case of field names.</summary>
    Relaxed,
}

/// <summary>A signature as a message carries it (RFC 6376 §3.5), read and not yet verified.</summary>
internal sealed class DkimSignature
{
    internal DkimSignature(MailHeader header, TagList tags)
    {
        Header = header;
        Tags = tags;
    }

    /// <summary>The field that carries it.</summary>
    public MailHeader Header { get; }

    /// <summary>The signing domain (<c>d=</c>) in its A-label form; as it is written where it is no domain name.</summary>
    public string Domain { get; internal init; } = "";

    /// <summary>The selector (<c>s=</c>).</summary>
    public string Selector { get; internal init; } = "";

    /// <summary>On whose behalf was signed (<c>i=</c>); the signing domain behind an at sign where none is named.</summary>
    public string Identity { get; internal init; } = "";

    /// <summary>The algorithm.</summary>
    public DkimAlgorithm Algorithm => WrittenAlgorithm.Value;

    /// <summary>How the header was brought into form.</summary>
    public DkimCanonicalization HeaderCanonicalization { get; internal init; }

    /// <summary>How the body was brought into form.</summary>
    public DkimCanonicalization BodyCanonicalization { get; internal init; }

    /// <summary>The names of the signed fields in the order of <c>h=</c>; a name stands as often as fields of it are signed.</summary>
    public PrintableList<string> SignedHeaders { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>How many bytes of the body are signed (<c>l=</c>); null if all are.</summary>
    public long? BodyLength { get; internal init; }

    /// <summary>When the signature expires (<c>x=</c>); null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>The hash of the body (<c>bh=</c>).</summary>
    public ReadOnlyMemory<byte> BodyHash { get; internal init; }

    /// <summary>The signature itself (<c>b=</c>).</summary>
    public ReadOnlyMemory<byte> Value { get; internal init; }

    /// <summary>The name at which the key is published.</summary>
    public string KeyName => Selector + "._domainkey." + Domain;

    /// <summary>True if the signature can be verified as far as it itself tells.</summary>
    public bool IsWellFormed => Problem is null;

    /// <summary>Why the signature cannot pass whatever the key is; null if it can.</summary>
    internal DkimFailure? Problem { get; init; }

    internal WrittenValue<DkimAlgorithm> WrittenAlgorithm { get; init; }

    /// <summary>The signing domain; null if it is none.</summary>
    internal DomainName? DomainName { get; init; }

    /// <summary>All tags.</summary>
    internal TagList Tags { get; }

    /// <summary>Reads the signature of a field. Nothing is refused: a broken one is not well-formed, and verifying it says why.</summary>
    /// <param name="header">A <c>DKIM-Signature</c> field.</param>
    public static DkimSignature Parse(MailHeader header) =>
        DkimSignatureParser.Parse(header ?? throw new ArgumentNullException(nameof(header)), DkimSignatureKind.Dkim);

    /// <summary>Domain and selector.</summary>
    public override string ToString() => Domain + " (" + Selector + ")";
}
