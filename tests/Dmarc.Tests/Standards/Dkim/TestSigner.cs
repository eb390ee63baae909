using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>
/// Signs messages, in the plainest way: text, regular expressions and whole copies, so that it shares nothing with what it
/// tests.
/// </summary>
internal sealed class TestSigner
{
    private readonly RSA? _rsa;
    private readonly byte[]? _seed;

    private TestSigner(RSA? rsa, byte[]? seed, string record)
    {
        _rsa = rsa;
        _seed = seed;
        Record = record;
    }

    /// <summary>The key record to publish.</summary>
    public string Record { get; }

    /// <summary>The private key as other programs take it: PEM for RSA, the seed in base64 for Ed25519.</summary>
    public string PrivateKey => _rsa is null ? Convert.ToBase64String(_seed!) : _rsa.ExportRSAPrivateKeyPem();

    public string Domain { get; init; } = "example.com";

    public string Selector { get; init; } = "s1";

    public string Canonicalization { get; init; } = "relaxed/relaxed";

    public string[] Headers { get; init; } = ["From", "To", "Subject", "Date"];

    /// <summary>Further tags, such as <c>x=1;</c>.</summary>
    public string Extra { get; init; } = "";

    public int? Length { get; init; }

    public string FieldName { get; init; } = "DKIM-Signature";

    public string Version { get; init; } = "v=1; ";

    /// <summary>True to leave <c>c=</c> out, whatever form is used.</summary>
    public bool OmitsForm { get; init; }

    public string KeyName => Selector + "._domainkey." + Domain;

    private string Algorithm => _rsa is null ? "ed25519-sha256" : "rsa-sha256";

    public static TestSigner Rsa(int bits = 2048) => FromRsa(NewRsa(bits));

    /// <summary>A new key; Mono heeds the size only if the provider is named.</summary>
    public static RSA NewRsa(int bits) =>
#if NETFRAMEWORK
        new RSACryptoServiceProvider(bits);
#else
        RSA.Create(bits);
#endif

    public static TestSigner FromRsa(RSA rsa) =>
        new(rsa, null, "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));

    public static TestSigner Ed(byte fill = 7)
    {
        byte[] seed = [.. Enumerable.Repeat(fill, 32)];
        return new(null, seed, "v=DKIM1; k=ed25519; p=" + Convert.ToBase64String(PublicKey(seed)));
    }

    public TestSigner With(
        string? domain = null,
        string? selector = null,
        string? canonicalization = null,
        string[]? headers = null,
        string? extra = null,
        int? length = null,
        string? fieldName = null,
        string? version = null,
        bool? omitsForm = null) => new(_rsa, _seed, Record)
        {
            Domain = domain ?? Domain,
            Selector = selector ?? Selector,
            Canonicalization = canonicalization ?? Canonicalization,
            Headers = headers ?? Headers,
            Extra = extra ?? Extra,
            Length = length ?? Length,
            FieldName = fieldName ?? FieldName,
            Version = version ?? Version,
            OmitsForm = omitsForm ?? OmitsForm,
        };

    /// <summary>The message with a signature on top. Lines end in CRLF.</summary>
    public string Sign(string message)
    {
        string header = message[..(message.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)];
        string body = message[(header.Length + 2)..];
        string[] forms = Canonicalization.Split('/');
        byte[] bodyBytes = Bytes(Body(body, forms.Length == 2 ? forms[1] : "simple"));
        byte[] bodyHash = SHA256.HashData(Length is { } length ? bodyBytes[..length] : bodyBytes);
        string field = FieldName + ": " + Version + "a=" + Algorithm + (OmitsForm ? "" : "; c=" + Canonicalization) + "; d=" + Domain + "; s=" + Selector + ";\r\n\t"
            + (Length is { } l ? "l=" + l.ToString(CultureInfo.InvariantCulture) + "; " : "") + Extra
            + "h=" + string.Join(" : ", Headers) + ";\r\n\tbh=" + Convert.ToBase64String(bodyHash) + ";\r\n\tb=";
        List<string> fields = [.. FieldPattern.Matches(header).Select(match => match.Value)];
        StringBuilder signed = new();
        foreach (string name in Headers)
        {
            int index = fields.FindLastIndex(item => item.Split(':')[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                signed.Append(Header(fields[index], forms[0])).Append("\r\n");
                fields.RemoveAt(index);
            }
        }

        signed.Append(Header(field, forms[0]));
        string value = Convert.ToBase64String(Sign(SHA256.HashData(Bytes(signed.ToString()))));
        return field + string.Join("\r\n\t ", value.Chunk(70).Select(part => new string(part))) + "\r\n" + message;
    }

    /// <summary>
    /// The message with a further link of an ARC chain on top (RFC 8617 §5.1): results, message signature and seal of this instance. The
    /// seal covers the fields of all links that are given, the oldest first, and these.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="chain">The fields of the chain in the order in which seals cover them; those of this link are added.</param>
    /// <param name="validation">The <c>cv=</c> of the seal; null for none at the first and pass at others.</param>
    /// <param name="sealExtra">Further tags of the seal.</param>
    public string Seal(string message, int instance, List<string> chain, string? validation = null, string sealExtra = "")
    {
        string mark = "i=" + instance.ToString(CultureInfo.InvariantCulture) + "; ";
        string results = "ARC-Authentication-Results: " + mark + "mx" + instance.ToString(CultureInfo.InvariantCulture) + ".example; dmarc=pass header.from=example.com\r\n";
        string signed = With(fieldName: "ARC-Message-Signature", version: mark).Sign(message);
        string messageSignature = signed[..^message.Length];
        string seal = "ARC-Seal: " + mark + "a=" + Algorithm + "; cv=" + (validation ?? (instance == 1 ? "none" : "pass")) + "; d=" + Domain + "; s=" + Selector + ";\r\n\t" + sealExtra + "b=";
        chain.Add(results);
        chain.Add(messageSignature);
        string covered = string.Concat(chain.Select(field => Header(field, "relaxed") + "\r\n")) + Header(seal, "relaxed");
        seal += string.Join("\r\n\t ", Convert.ToBase64String(Sign(SHA256.HashData(Bytes(covered)))).Chunk(70).Select(part => new string(part))) + "\r\n";
        chain.Add(seal);
        return seal + messageSignature + results + message;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private byte[] Sign(byte[] hash)
    {
        if (_rsa is not null)
        {
            return _rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        byte[] signature = new byte[Curve.SignatureSize];
        Curve.Sign(_seed!, 0, hash, 0, hash.Length, signature, 0);
        return signature;
    }

    private static string Header(string field, string form)
    {
        string text = field.TrimEnd('\r', '\n');
        if (form == "simple")
        {
            return text;
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string value = text[(colon + 1)..].Replace("\r\n", "", StringComparison.Ordinal);
        return text[..colon].Trim().ToLowerInvariant() + ":" + WhiteSpace.Replace(value, " ").Trim(' ');
    }

    private static string Body(string body, string form)
    {
        if (form == "relaxed")
        {
            body = string.Join("\r\n", body.Split("\r\n").Select(line => WhiteSpace.Replace(line, " ").TrimEnd(' ')));
        }

        while (body.EndsWith("\r\n", StringComparison.Ordinal))
        {
            body = body[..^2];
        }

        return body.Length == 0 && form == "relaxed" ? "" : body + "\r\n";
    }

    private static byte[] PublicKey(byte[] seed)
    {
        byte[] key = new byte[Curve.PublicKeySize];
        Curve.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }

    private static readonly Regex FieldPattern = new("[^\r\n][^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*");

    private static readonly Regex WhiteSpace = new("[ \t]+");
}
