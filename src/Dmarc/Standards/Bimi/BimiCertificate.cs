using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Bimi;

/// <summary>
/// A mark certificate (VMC or CMC), as far as it can be checked without its roots: its validity period, its domains,
/// and that it contains a logo. Its issuer is not checked.
/// </summary>
internal sealed class BimiCertificate
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string ExtendedKeyUsage = "2.5.29.37";

    /// <summary>id-pe-logotype (RFC 3709).</summary>
    private const string Logotype = "1.3.6.1.5.5.7.1.12";

    /// <summary>id-kp-BrandIndicatorforMessageIdentification.</summary>
    private const string BimiUsage = "1.3.6.1.5.5.7.3.31";

    /// <summary>rsaEncryption.</summary>
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    private static readonly byte[] Begin = "-----BEGIN CERTIFICATE-----"u8.ToArray();
    private static readonly byte[] End = "-----END CERTIFICATE-----"u8.ToArray();

    private readonly string? _problem;
    private readonly DateTimeOffset _notBefore;
    private readonly IReadOnlyCollection<string> _names = [];
    private readonly bool _hasLogotype;
    private readonly bool _isForBimi;
    private readonly string? _keyProblem;

    private BimiCertificate(string problem) => _problem = problem;

    private BimiCertificate(X509Certificate2 certificate)
    {
        _notBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        _keyProblem = certificate.PublicKey.Oid.Value == RsaEncryption
            && RsaPublicKeyReader.Read(certificate.PublicKey.EncodedKeyValue.RawData) is { } key
            ? RsaSoundness.Explain(key) ?? ExplainSize(RsaPublicKeyReader.CountBits(key.Modulus!))
            : null;
        foreach (X509Extension extension in certificate.Extensions)
        {
            switch (extension.Oid?.Value)
            {
                case SubjectAlternativeName:
                    _names = ReadNames(extension.RawData);
                    break;
                case Logotype:
                    _hasLogotype = true;
                    break;
                case ExtendedKeyUsage when extension is X509EnhancedKeyUsageExtension usage:
                    _isForBimi = usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == BimiUsage);
                    break;
            }
        }
    }

    /// <summary>The end of validity; null if it could not be read.</summary>
    public DateTimeOffset? NotAfter { get; }

    /// <summary>Reads the first certificate of a PEM file.</summary>
    public static BimiCertificate Read(byte[] file)
    {
        int begin = file.AsSpan().IndexOf(Begin);
        int body = begin + Begin.Length;
        int length = begin < 0 ? -1 : file.AsSpan(body).IndexOf(End);
        if (length < 0)
        {
            return new BimiCertificate(Strings.Bimi_NotPem);
        }

        try
        {
            byte[] der = Convert.FromBase64String(Encoding.ASCII.GetString(file, body, length));

            // Parsing a key store instead of a certificate could take very long.
            if (der.Length == 0 || X509Certificate2.GetCertContentType(der) != X509ContentType.Cert)
            {
                return new BimiCertificate(Strings.Bimi_NotPem);
            }

            using X509Certificate2 certificate = new(der);
            return new BimiCertificate(certificate);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return new BimiCertificate(Strings.Bimi_NotPem);
        }
    }

    /// <summary>The reasons why the certificate cannot be used for a domain's mark.</summary>
    /// <param name="domains">The domain, the record's domain and the organisation: one must be in it.</param>
    /// <param name="now">The current time.</param>
    public IEnumerable<string> Check(IReadOnlyList<DomainName> domains, DateTimeOffset now)
    {
        if (_problem is not null)
        {
            yield return _problem;
            yield break;
        }

        if (now < _notBefore || now > NotAfter)
        {
            yield return Sentences.Insert(Strings.Bimi_NotInForce, _notBefore, NotAfter);
        }

        if (_keyProblem is not null)
        {
            yield return Sentences.Insert(Strings.Bimi_KeyUnsafe, _keyProblem);
        }

        if (!domains.Any(domain => _names.Contains(domain.ToString(), StringComparer.OrdinalIgnoreCase)
            || _names.Contains("default._bimi." + domain, StringComparer.OrdinalIgnoreCase)))
        {
            yield return Sentences.Fill(Strings.Bimi_OtherName, domains[0], string.Join(", ", _names.Take(5)));
        }

        if (!_hasLogotype)
        {
            yield return Strings.Bimi_NoLogotype;
        }

        if (!_isForBimi)
        {
            yield return Strings.Bimi_NotForBimi;
        }
    }

    private static string? ExplainSize(int bits) =>
        bits < BimiLimits.RsaKeyBits ? Sentences.Fill(Strings.Bimi_KeyShort, bits, BimiLimits.RsaKeyBits) : null;

    /// <summary>The dNSName entries of a SubjectAltName (RFC 5280 §4.2.1.6).</summary>
    private static List<string> ReadNames(ReadOnlySpan<byte> der)
    {
        const byte sequence = 0x30;
        const byte dnsName = 0x82;
        List<string> names = [];
        if (!DerReader.TryRead(ref der, sequence, out ReadOnlySpan<byte> entries))
        {
            return names;
        }

        while (!entries.IsEmpty)
        {
            byte kind = entries[0];
            if (!DerReader.TryRead(ref entries, kind, out ReadOnlySpan<byte> content))
            {
                break;
            }

            if (kind == dnsName)
            {
                names.Add(Encoding.ASCII.GetString(content.ToArray()));
            }
        }

        return names;
    }
}
