using System.Security.Cryptography;
using Dmarc.Text;

namespace Dmarc.Standards.Dkim;

/// <summary>The algorithm that a key is for.</summary>
public enum DkimKeyType
{
    /// <summary>One that no standard names.</summary>
    Unknown,

    /// <summary>RSA (RFC 6376 §3.3).</summary>
    Rsa,

    /// <summary>Ed25519 (RFC 8463).</summary>
    Ed25519,
}

/// <summary>A public key as it is published in DNS (RFC 6376 §3.6.1).</summary>
internal sealed class DkimKeyRecord
{
    /// <summary>The service type of keys for TLS reports (RFC 8460 §3).</summary>
    internal const string TlsReportService = "tlsrpt";

    private RsaVerifier? _rsaVerifier;

    internal DkimKeyRecord(string text) => Text = text;

    /// <summary>The record as it was published.</summary>
    public string Text { get; }

    /// <summary>True where signatures can be verified with it: a sound record with a key of a known type that is not revoked. Short keys are sound too: see <see cref="KeySize"/>.</summary>
    public bool IsUsable { get; internal init; }

    /// <summary>True if it is a key record that says that the key is revoked (an empty <c>p</c>).</summary>
    public bool IsRevoked { get; internal init; }

    /// <summary>The algorithm; RSA where none is named.</summary>
    public DkimKeyType KeyType => WrittenKeyType.Value;

    /// <summary>How many bits the key has: those of the modulus for RSA, 256 for Ed25519; 0 if there is no key.</summary>
    public int KeySize { get; internal init; }

    /// <summary>The hashes that the key allows; empty if it allows all.</summary>
    public PrintableList<string> HashAlgorithms { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>The services that the key is for; <c>*</c> where none is named.</summary>
    public PrintableList<string> ServiceTypes { get; internal init; } = ["*"];

    /// <summary>The flags of the <c>t</c> tag.</summary>
    public PrintableList<string> Flags { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>True if the domain is testing DKIM (<c>t=y</c>): its signatures are to be taken as none.</summary>
    public bool IsTesting => Flags.Contains("y");

    /// <summary>True if the identity of a signature must be in the signing domain itself and not below it (<c>t=s</c>).</summary>
    public bool RequiresExactIdentity => Flags.Contains("s");

    /// <summary>True if the key is for mail.</summary>
    public bool IsForMail => ServiceTypes.Contains("*") || ServiceTypes.Contains("email");

    /// <summary>True if the key is for mails that carry TLS reports (<c>s=tlsrpt</c>, RFC 8460 §3).</summary>
    public bool IsForTlsReports => ServiceTypes.Contains("*") || ServiceTypes.Contains(TlsReportService);

    /// <summary>True if the key allows SHA-256.</summary>
    public bool AllowsSha256 => HashAlgorithms.Count == 0 || HashAlgorithms.Contains("sha256");

    /// <summary>The note for people; empty if there is none.</summary>
    public string Notes { get; internal init; } = "";

    /// <summary>The bytes of the <c>p</c> tag; empty if there are none.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; internal init; }

    /// <summary>What is to be said about the record.</summary>
    public PrintableList<Finding> Findings { get; internal init; } = PrintableList<Finding>.Empty;

    internal WrittenValue<DkimKeyType> WrittenKeyType { get; init; } = new(DkimKeyType.Rsa, "rsa", saysAll: true);

    /// <summary>The key itself, for RSA.</summary>
    internal RSAParameters? Rsa { get; init; }

    /// <summary>What verifies with the key, for RSA.</summary>
    internal RsaVerifier RsaVerifier => _rsaVerifier ??= new RsaVerifier(Rsa ?? default);

    /// <summary>Reads a record. Nothing is refused: what is wrong is in <see cref="Findings"/>, and the record then not usable.</summary>
    /// <param name="text">The text of the TXT record, its strings joined.</param>
    public static DkimKeyRecord Parse(string? text) => DkimKeyRecordParser.Parse(text ?? "");

    /// <summary>The record.</summary>
    public override string ToString() => Text;
}
