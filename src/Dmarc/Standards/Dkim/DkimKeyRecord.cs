using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>The algorithm of a key.</summary>
public enum DkimKeyType
{
    /// <summary>Not defined by a standard.</summary>
    Unknown,

    /// <summary>RSA (RFC 6376 §3.3).</summary>
    Rsa,

    /// <summary>Ed25519 (RFC 8463).</summary>
    Ed25519,
}

/// <summary>A public key as published in DNS (RFC 6376 §3.6.1).</summary>
internal sealed class DkimKeyRecord(string text)
{
    /// <summary>The service type of keys for TLS reports (RFC 8460 §3).</summary>
    internal const string TlsReportService = "tlsrpt";

    private RsaVerifier? _rsaVerifier;

    /// <summary>The published record.</summary>
    public string Text => text;

    /// <summary>True if signatures can be verified with it: a valid, known, unrevoked key of any size.</summary>
    public bool IsUsable { get; internal init; }

    /// <summary>True if the record revokes the key (an empty <c>p</c>).</summary>
    public bool IsRevoked { get; internal init; }

    /// <summary>The algorithm; RSA by default.</summary>
    public DkimKeyType KeyType => WrittenKeyType.Value;

    /// <summary>The size in bits: of the modulus for RSA, 256 for Ed25519; 0 if there is no key.</summary>
    public int KeySize { get; internal init; }

    /// <summary>The allowed hash algorithms; empty if all are allowed.</summary>
    public PrintableList<string> HashAlgorithms { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>The services that the key is for; <c>*</c> by default.</summary>
    public PrintableList<string> ServiceTypes { get; internal init; } = ["*"];

    /// <summary>The flags of the <c>t</c> tag.</summary>
    public PrintableList<string> Flags { get; internal init; } = PrintableList<string>.Empty;

    /// <summary>True if the domain is testing DKIM (<c>t=y</c>): its signatures count as missing.</summary>
    public bool IsTesting => Flags.Contains("y");

    /// <summary>True if a signature's identity must be in the signing domain, not below it (<c>t=s</c>).</summary>
    public bool RequiresExactIdentity => Flags.Contains("s");

    /// <summary>True if the key is for mail.</summary>
    public bool IsForMail => ServiceTypes.Contains("*") || ServiceTypes.Contains("email");

    /// <summary>True if the key is for messages with TLS reports (<c>s=tlsrpt</c>, RFC 8460 §3).</summary>
    public bool IsForTlsReports => ServiceTypes.Contains("*") || ServiceTypes.Contains(TlsReportService);

    /// <summary>True if the key allows SHA-256.</summary>
    public bool AllowsSha256 => HashAlgorithms.Count == 0 || HashAlgorithms.Contains("sha256");

    /// <summary>The note for people; empty if there is none.</summary>
    public string Notes { get; internal init; } = "";

    /// <summary>The bytes of the <c>p</c> tag; may be empty.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; internal init; }

    /// <summary>The findings about the record.</summary>
    public PrintableList<Finding> Findings { get; internal init; } = PrintableList<Finding>.Empty;

    internal WrittenValue<DkimKeyType> WrittenKeyType { get; init; } = new(DkimKeyType.Rsa, "rsa", saysAll: true);

    /// <summary>The key itself, for RSA.</summary>
    internal RSAParameters? Rsa { get; init; }

    /// <summary>The verifier for an RSA key.</summary>
    internal RsaVerifier RsaVerifier => _rsaVerifier ??= new RsaVerifier(Rsa ?? default);

    /// <summary>Reads a record. It never fails: <see cref="Findings"/> explains why a record is not usable.</summary>
    public static DkimKeyRecord Parse(string? text) => DkimKeyRecordParser.Parse(text ?? "");

    /// <summary>An empty cache of keys: few signers send most messages.</summary>
    public static ParseCache<DkimKeyRecord> NewCache() => new(Parse, 1000);

    /// <summary>The record.</summary>
    public override string ToString() => Text;
}
