using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>An RSA key that has the form of one but no strength verifies nothing, and its record says so.</summary>
public class RsaSoundnessTests
{
    private const string Message = "From: a@example.com\r\nTo: b@example.org\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 20:14:34 +0000\r\n\r\nHello\r\n";

    private static readonly RSAParameters Sound = Parameters();

    public static TheoryData<string, byte[], string> Unsound => new()
    {
        { "exponent 0", [], "exponent is 0" },
        { "exponent 0, one byte", [0], "exponent is 0" },
        { "exponent 1", [1], "exponent is 1" },
        { "exponent 1 with zeros before it", [0, 0, 1], "exponent is 1" },
        { "exponent 2", [2], "exponent is 2" },
        { "exponent 65536", [1, 0, 0], "exponent is 65536" },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task An_exponent_that_makes_no_key_is_refused(string what, byte[] exponent, string reason) =>
        await IsRefusedAsync(what, Sound.Modulus!, exponent, reason);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(43)]
    [InlineData(47)]
    [InlineData(83)]
    public async Task A_modulus_with_a_small_divisor_is_refused(int divisor)
    {
        byte[] damaged = [.. Sound.Modulus!];
        damaged[^2] = 0xFF;
        int rest = damaged.Aggregate(0, (number, next) => ((number * 256) + next) % divisor);
        int last = (damaged[^2] * 256) + damaged[^1] - rest;
        damaged[^2] = (byte)(last / 256);
        damaged[^1] = (byte)last;

        await IsRefusedAsync(divisor.ToString(System.Globalization.CultureInfo.InvariantCulture), damaged, Sound.Exponent!, "modulus is divisible by ");
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 17 })]
    [InlineData(new byte[] { 1, 0, 1 })]
    [InlineData(new byte[] { 1, 1 })]
    public void An_odd_exponent_above_one_is_sound(byte[] exponent)
    {
        DkimKeyRecord key = DkimKeyRecord.Parse(Record(Sound.Modulus!, exponent));

        Assert.True(key.IsUsable);
        Assert.Empty(key.Findings);
    }

    [Fact]
    public void Real_keys_are_sound()
    {
        for (int count = 0; count < 20; count++)
        {
            Assert.Null(RsaSoundness.Explain(Parameters(1024)));
        }
    }

    /// <summary>With exponent 1 the signature is the padded hash itself: everybody can write it.</summary>
    [Fact]
    public async Task A_signature_that_anybody_can_make_is_no_pass()
    {
        TestSigner signer = TestSigner.FromRsa(TestSigner.NewRsa(2048));
        string signed = signer.Sign(Message);
        int at = signed.IndexOf("b=", signed.IndexOf("bh=", StringComparison.Ordinal) + 3, StringComparison.Ordinal) + 2;
        int end = signed.IndexOf("\r\nFrom:", at, StringComparison.Ordinal);
        byte[] padded = [0, 1, .. Enumerable.Repeat((byte)0xFF, 256 - 3 - 51), 0, .. new byte[51]];
        string forged = signed[..at] + Convert.ToBase64String(padded) + signed[end..];

        DkimVerification verification = await VerifyAsync(forged, Record(Sound.Modulus!, [1]));

        Assert.Equal((AuthenticationResult.PermError, DkimCause.KeyInvalid), (verification.Result, verification.Cause));
        Assert.Contains("exponent is 1", verification.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void A_certificate_for_a_mark_with_such_a_key_is_told(byte exponent, bool told)
    {
        using RSA issuer = TestSigner.NewRsa(2048);
        PublicKey key = new(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(Pair(Sound.Modulus!, [exponent])));
        CertificateRequest request = new(new X500DistinguishedName("CN=x"), key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName("CN=y"),
            X509SignatureGenerator.CreateForRSA(issuer, RSASignaturePadding.Pkcs1),
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(90),
            [1]);
        string pem = "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(certificate.RawData) + "\n-----END CERTIFICATE-----\n";

        IEnumerable<string> problems = BimiCertificate.Read(Encoding.ASCII.GetBytes(pem)).Check([DomainName.Parse("contoso.com")], DateTimeOffset.UtcNow);

        Assert.Equal(told, problems.Any(problem => problem.Contains("exponent is 1", StringComparison.Ordinal)));
    }

    private static async Task IsRefusedAsync(string what, byte[] modulus, byte[] exponent, string reason)
    {
        string record = Record(modulus, exponent);
        DkimKeyRecord key = DkimKeyRecord.Parse(record);

        Assert.False(key.IsUsable, what);
        Assert.Equal(["DkimKeyRsaUnsafe"], key.Findings.Select(finding => finding.Code));
        Assert.Contains(reason, key.Findings[0].Message, StringComparison.Ordinal);

        DkimVerification verification = await VerifyAsync(TestSigner.FromRsa(TestSigner.NewRsa(2048)).Sign(Message), record);
        Assert.Equal((AuthenticationResult.PermError, DkimCause.KeyInvalid), (verification.Result, verification.Cause));
    }

    private static async Task<DkimVerification> VerifyAsync(string message, string record)
    {
        DkimVerifier verifier = new(new FakeResolver().Txt("s1._domainkey.example.com", record), SystemClock.Instance);
        return Assert.Single(await verifier.VerifyAsync(MailMessage.Parse(Encoding.ASCII.GetBytes(message))));
    }

    private static RSAParameters Parameters(int bits = 2048)
    {
        using RSA rsa = TestSigner.NewRsa(bits);
        return rsa.ExportParameters(false);
    }

    private static string Record(byte[] modulus, byte[] exponent) => "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(Pair(modulus, exponent));

    /// <summary>A bare RSAPublicKey (RFC 8017 A.1.1).</summary>
    private static byte[] Pair(byte[] modulus, byte[] exponent) => Tlv(0x30, [.. Tlv(0x02, [0, .. modulus]), .. Tlv(0x02, exponent)]);

    private static byte[] Tlv(byte tag, byte[] content) =>
        content.Length < 128 ? [tag, (byte)content.Length, .. content] : [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
