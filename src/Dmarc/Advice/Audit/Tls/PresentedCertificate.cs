using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>The certificate of a server, with its chain.</summary>
internal sealed class PresentedCertificate
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte Version = 0xA0;

    /// <summary>Flags that do not concern the issuer, or were not requested.</summary>
    private const X509ChainStatusFlags Besides = X509ChainStatusFlags.NotTimeValid
        | X509ChainStatusFlags.RevocationStatusUnknown
        | X509ChainStatusFlags.OfflineRevocation;

    private readonly byte[][] _chain;

    private PresentedCertificate(X509Certificate2 certificate, byte[][] chain)
    {
        _chain = chain;
        Subject = certificate.Subject;
        Issuer = certificate.Issuer;
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        (KeySize, KeyProblem) = RsaSoundness.ReadInfo(PublicKeyOf(certificate.RawData));
    }

    public string Subject { get; }

    public string Issuer { get; }

    public DateTime NotBefore { get; }

    public DateTime NotAfter { get; }

    /// <summary>The size of its RSA key in bits; null for a key of another kind.</summary>
    public int? KeySize { get; }

    /// <summary>Why its RSA key is not sound, as part of a sentence; null if no problem is known.</summary>
    public string? KeyProblem { get; }

    /// <summary>True if its chain leads to a trusted issuer.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>True if it is valid for the name of the host.</summary>
    public bool IsNameValid { get; private set; }

    /// <summary>Reads a certificate from the handshake.</summary>
    public static PresentedCertificate Read(
        X509Certificate certificate, X509Chain? chain, SslPolicyErrors errors, Func<X509Certificate2, bool>? trusts)
    {
        using X509Certificate2 own = new(certificate);
        byte[][] issuers = chain is null
            ? []
            : [.. chain.ChainElements.Cast<X509ChainElement>().Select(element => element.Certificate.RawData)];
        return new PresentedCertificate(own, issuers.Length > 0 ? issuers : [own.RawData])
        {
            IsNameValid = (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) == 0,
            IsTrusted = trusts?.Invoke(own) == true
                || (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0
                || (chain is not null && Array.TrueForAll(chain.ChainStatus, status => (status.Status & ~Besides) == 0)),
        };
    }

    /// <summary>True if a usable TLSA record matches: usage 3 the certificate, 2 its chain (RFC 7672 §3.1).</summary>
    /// <param name="record">The record: usage, selector, matching type, and data in hexadecimal.</param>
    /// <param name="isTimeValid">True if the certificate is valid today.</param>
    /// <returns>Null for a record that mail senders ignore.</returns>
    public bool? Matches(string record, bool isTimeValid)
    {
        string[] fields = record.Split(' ');
        if (fields.Length != 4 || fields[0] is not ("2" or "3") || fields[1] is not ("0" or "1") || fields[2] is not ("0" or "1" or "2"))
        {
            return null;
        }

        return fields[0] == "3"
            ? IsOf(_chain[0], fields)
            : IsNameValid && isTimeValid && _chain.Any(certificate => IsOf(certificate, fields));
    }

    /// <summary>The SubjectPublicKeyInfo of a certificate (RFC 5280 §4.1); empty if it cannot be read.</summary>
    internal static byte[] PublicKeyOf(byte[] certificate)
    {
        ReadOnlySpan<byte> der = certificate;
        if (!DerReader.TryRead(ref der, Sequence, out ReadOnlySpan<byte> content)
            || !DerReader.TryRead(ref content, Sequence, out ReadOnlySpan<byte> signed))
        {
            return [];
        }

        _ = DerReader.TryRead(ref signed, Version, out _);
        if (!DerReader.TryRead(ref signed, Integer, out _)
            || !DerReader.TryRead(ref signed, Sequence, out _)
            || !DerReader.TryRead(ref signed, Sequence, out _)
            || !DerReader.TryRead(ref signed, Sequence, out _)
            || !DerReader.TryRead(ref signed, Sequence, out _))
        {
            return [];
        }

        ReadOnlySpan<byte> key = signed;
        return DerReader.TryRead(ref signed, Sequence, out _) ? key.Slice(0, key.Length - signed.Length).ToArray() : [];
    }

    private static bool IsOf(byte[] certificate, string[] fields)
    {
        byte[] selected = fields[1] == "0" ? certificate : PublicKeyOf(certificate);
        byte[] data = fields[2] switch
        {
            "0" => selected,
            "1" => Hash(SHA256.Create(), selected),
            _ => Hash(SHA512.Create(), selected),
        };
        return selected.Length > 0
            && string.Equals(
                BitConverter.ToString(data).Replace("-", ""), fields[3], StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] Hash(HashAlgorithm algorithm, byte[] data)
    {
        using (algorithm)
        {
            return algorithm.ComputeHash(data);
        }
    }
}
