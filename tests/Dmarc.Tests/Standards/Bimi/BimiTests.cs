using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Domains;
using Dmarc.Standards.Bimi;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Bimi;

public class BimiTests
{
    private const string LogoUri = "https://brand.contoso.com/logo.svg";
    private const string MarkUri = "https://brand.contoso.com/mark.pem";
    private const string Record = "v=BIMI1; l=" + LogoUri + "; a=" + MarkUri;
    private const string Logo =
        """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>Contoso</title><circle cx="32" cy="32" r="30" fill="url(#g)"/></svg>""";

    private static FakeResolver Zone(string record = Record, string without = "") => PostureBed.Sound(without).Txt("default._bimi.contoso.com", record);

    private static FakeFetcher Web(string logo = Logo, byte[]? mark = null) =>
        PostureBed.SoundWeb.File(LogoUri, logo, "image/svg+xml").File(MarkUri, mark ?? Mark(), "application/x-pem-file");

    private static byte[] Mark(
        string name = "contoso.com", int fromDays = -10, int toDays = 300, bool logotype = true, string usage = "1.3.6.1.5.5.7.3.31", int rsaBits = 0)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using RSA? rsa = rsaBits > 0 ? RSA.Create(rsaBits) : null;
        CertificateRequest request = rsa is null
            ? new("CN=Contoso", key, HashAlgorithmName.SHA256)
            : new("CN=Contoso", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddEmailAddress("x@contoso.com");
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (logotype)
        {
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.12", [0x30, 0x00], false));
        }

        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
        return Encoding.ASCII.GetBytes("Some words before\n" + certificate.ExportCertificatePem());
    }

    /// <summary>The rules for certificates of marks ask for RSA keys of at least 2048 bits.</summary>
    [Theory]
    [InlineData(1024, "its RSA key cannot be trusted, because it has 1024 bits, and 2048 are required")]
    [InlineData(2040, "its RSA key cannot be trusted, because it has 2040 bits, and 2048 are required")]
    [InlineData(2048, null)]
    public async Task A_short_key_of_a_certificate_is_a_finding(int bits, string? problem)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(mark: Mark(rsaBits: bits)));

        Assert.Equal(problem is null ? [] : ["BimiCertificateInvalid"], PostureBed.Codes(result, MailDomainPart.Bimi));
        Assert.True(problem is null || result.Findings.Any(finding => finding.Message.Contains(problem, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sound_record_is_ready()
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web());

        Assert.Equal((PartStatus.Found, true), (result.BimiStatus, result.Bimi!.IsReady));
        Assert.Equal((HttpsStatus.Ok, HttpsStatus.Ok), (result.Bimi.LogoStatus, result.Bimi.CertificateStatus));
        Assert.NotNull(result.Bimi.CertificateNotAfter);
        Assert.Empty(PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    [Theory]
    [InlineData("v=BIMI1; l=; a=;", PartStatus.Declined, null)]
    [InlineData("v=BIMI1", PartStatus.Invalid, "BimiLogoMissing")]
    [InlineData("v=bimi1; l=" + LogoUri, PartStatus.Invalid, "BimiVersionWrong")]
    [InlineData("v=BIMI1; l=http://brand.contoso.com/logo.svg; a=" + MarkUri, PartStatus.Invalid, "BimiUriInvalid")]
    [InlineData("v=BIMI1; a=" + MarkUri, PartStatus.Invalid, "BimiLogoMissing")]
    [InlineData("v=BIMI1; l=" + LogoUri, PartStatus.Found, "BimiCertificateMissing")]
    [InlineData("v=spf1 -all", PartStatus.NotFound, null)]
    public async Task A_record_is_read(string record, PartStatus status, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(record), Web());

        Assert.Equal(status, result.BimiStatus);
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    [Theory]
    [InlineData("l=https://brand.contoso.com/logo.svg", null)]
    [InlineData("l=https://brand.contoso.com/logo.SVG?v=2.png#x.png", null)]
    [InlineData("l=https://brand.contoso.com/logo.svgz", null)]
    [InlineData("l=https://brand.contoso.com/v1.2/logo", null)]
    [InlineData("l=https://brand.contoso.com/a,b.svg", null)]
    [InlineData("l=https://brand.contoso.com/go?to=https://brand.contoso.com/logo.svg", null)]
    [InlineData("l=https://brand.contoso.com/logo.png", "BimiLogoFormat")]
    [InlineData("l=https://brand.contoso.com/logo.JPEG", "BimiLogoFormat")]
    [InlineData("l=https://brand.contoso.com/logo.svg.webp?x=.svg", "BimiLogoFormat")]
    [InlineData("l=https://brand.contoso.com/logo.php", "BimiLogoSuffix")]
    [InlineData("l=https://brand.contoso.com/logo.svg,https://brand.contoso.com/other.svg", "BimiSeveralUris")]
    [InlineData("l=https://brand.contoso.com/logo.svg, https://brand.contoso.com/other.png", "BimiSeveralUris")]
    [InlineData("l=https://brand.contoso.com/logo.svg https://brand.contoso.com/other.svg", "BimiSeveralUris")]
    [InlineData("l=https://brand.contoso.com/logo one.svg", "BimiUriInvalid")]
    [InlineData("l=https://brand.contoso.com/logo.svg; a=https://a.example/1.pem,https://a.example/2.pem", "BimiSeveralUris")]
    [InlineData("l=https://brand.contoso.com/logo.svg; a=https://a.example/1.pem", null)]
    public async Task Each_tag_names_one_file_and_the_logo_is_SVG(string tags, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone("v=BIMI1; " + tags), Web());

        // What a reader would fetch is not there in most rows.
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.Bimi)
            .Where(found => found != "BimiCertificateMissing" && !found.EndsWith("Unreachable", StringComparison.Ordinal)));
        if (code is not (null or "BimiLogoSuffix"))
        {
            Assert.Equal((PartStatus.Invalid, false), (result.BimiStatus, result.Bimi!.IsReady));
            Assert.Equal(code == "BimiSeveralUris" && tags.Contains("a=", StringComparison.Ordinal), result.Bimi.LogoStatus is not null);
        }
    }

    [Theory]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@contoso.com", "p=none")]
    [InlineData("v=DMARC1; p=reject; sp=none; rua=mailto:a@contoso.com", "sp=none")]
    [InlineData("v=DMARC1; p=quarantine; pct=50; rua=mailto:a@contoso.com", "pct=50")]
    [InlineData("v=DMARC1; p=quarantine; t=y; rua=mailto:a@contoso.com", "t=y")]
    [InlineData("v=spf1 -all", "no record applies")]
    public async Task A_policy_that_is_too_weak_keeps_the_logo_back(string record, string reason)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(Record, "dmarc").Txt("_dmarc.contoso.com", record), Web());

        Assert.False(result.Bimi!.IsReady);
        Assert.Contains(result.Bimi.Findings, finding => finding.Code == "BimiPolicyTooWeak" && finding.Message.Contains(reason, StringComparison.Ordinal));
    }

    /// <summary>The draft wants both enforced: the domain of the From header and its Organizational Domain.</summary>
    [Fact]
    public async Task A_weak_policy_of_the_organisation_keeps_the_logo_of_a_subdomain_back()
    {
        FakeResolver zone = Zone(Record, "dmarc")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=none; rua=mailto:a@contoso.com")
            .Txt("_dmarc.news.contoso.com", "v=DMARC1; p=reject; rua=mailto:a@contoso.com")
            .Mx("news.contoso.com", "mail.contoso.com");
        MailDomainInspector inspector = new(zone, new MailDomainOptions { Fetcher = Web() });
        MailDomainResult result = await inspector.InspectAsync(DomainName.Parse("news.contoso.com"));

        Assert.False(result.Bimi!.IsReady);
        Assert.Contains(result.Bimi.Findings, finding => finding.Code == "BimiPolicyTooWeak" && finding.Message.Contains("p=none at contoso.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subdomain_has_the_record_of_its_organisation()
    {
        MailDomainInspector inspector = new(Zone().Mx("news.contoso.com", "mail.contoso.com"), new MailDomainOptions { Fetcher = Web() });
        MailDomainResult result = await inspector.InspectAsync(DomainName.Parse("news.contoso.com"));

        Assert.Equal(("contoso.com", PartStatus.Found), (result.Bimi!.RecordDomain, result.BimiStatus));
    }

    [Theory]
    [InlineData("not xml", "<svg", "XML")]
    [InlineData("a document type", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>", "XML")]
    [InlineData("no svg", "<html><title>x</title></html>", "svg")]
    [InlineData("another profile", """<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 1 1"><title>x</title></svg>""", "tiny-ps")]
    [InlineData("not square", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 32"><title>x</title></svg>""", "viewBox")]
    [InlineData("no title", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"/>""", "title")]
    [InlineData("an offset", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" x="1" viewBox="0 0 64 64"><title>x</title></svg>""", "x or y")]
    [InlineData("a script", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title><script>1</script></svg>""", "script")]
    [InlineData("a handler", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64" onload="x()"><title>x</title></svg>""", "onload")]
    [InlineData("a reference", """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title><use xlink:href="https://x.example/#a"/></svg>""", "href")]
    [InlineData("a second reference in a value", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title><rect style="fill:url(#a);mask:url( 'https://x.example/a')"/></svg>""", "style")]
    [InlineData("a style sheet of another file", """<?xml-stylesheet href="https://x.example/a.css"?><svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title></svg>""", "xml-stylesheet")]
    [InlineData("a reference without an end", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title><rect fill="url("/></svg>""", "fill")]
    [InlineData("a reference in a value", """<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 64 64"><title>x</title><rect fill="url(https://x.example/a)"/></svg>""", "fill")]
    public void A_logo_of_another_form_is_refused(string what, string logo, string word) => Assert.True(
        BimiLogo.Check(Encoding.UTF8.GetBytes(logo)).Any(problem => problem.Contains(word, StringComparison.Ordinal)),
        what + ": " + string.Join("; ", BimiLogo.Check(Encoding.UTF8.GetBytes(logo))));

    [Fact]
    public void A_compressed_logo_is_read_as_the_logo_in_it()
    {
        Assert.Empty(BimiLogo.Check(BimiLogo.Unpack(Compress(Encoding.UTF8.GetBytes(Logo)))));
        Assert.NotEmpty(BimiLogo.Check(BimiLogo.Unpack(Compress("<html/>"u8.ToArray()))));
        Assert.Equal([Strings.Bimi_Compressed], BimiLogo.Check(BimiLogo.Unpack([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 0xFF, 0xFF])));
    }

    [Fact]
    public void A_logo_is_unpacked_up_to_a_megabyte()
    {
        Assert.Equal(BimiLimits.UnpackedLength, BimiLogo.Unpack(Compress(new byte[BimiLimits.UnpackedLength]))?.Length);
        Assert.Null(BimiLogo.Unpack(Compress(new byte[BimiLimits.UnpackedLength + 1])));
    }

    [Fact]
    public async Task A_compressed_logo_counts_as_large_by_what_is_in_it()
    {
        byte[] large = Encoding.UTF8.GetBytes(Logo.Replace("<title>", "<desc>" + new string('x', 40000) + "</desc><title>", StringComparison.Ordinal));
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(Logo).File(LogoUri, Compress(large), "image/svg+xml"));

        Assert.Equal(["BimiLogoLarge"], PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        return compressed.ToArray();
    }

    [Fact]
    public void Elements_without_an_end_are_not_followed() =>
        Assert.Contains(Strings.Bimi_TooDeep, BimiLogo.Check(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<g>", 5000)))));

    [Fact]
    public async Task A_large_logo_is_told()
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(Logo.Replace("<title>", "<desc>" + new string('x', 40000) + "</desc><title>", StringComparison.Ordinal)));

        Assert.Equal(["BimiLogoLarge"], PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    [Theory]
    [InlineData(HttpsStatus.HttpError)]
    [InlineData(HttpsStatus.CertificateInvalid)]
    public async Task Files_that_cannot_be_fetched_are_named(HttpsStatus status)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web().Fails(LogoUri, status).Fails(MarkUri, status));

        Assert.Equal((PartStatus.Unreachable, false), (result.BimiStatus, result.Bimi!.IsReady));
        Assert.Equal(["BimiLogoUnreachable", "BimiCertificateUnreachable"], PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    public static TheoryData<string, byte[], string?> Marks => new()
    {
        { "for the domain", Mark(), null },
        { "for the record's name", Mark("default._bimi.contoso.com"), null },
        { "for another domain", Mark("fabrikam.com"), "fabrikam.com" },
        { "run out", Mark(fromDays: -20, toDays: -1), "valid from" },
        { "not yet in force", Mark(fromDays: 1), "valid from" },
        { "without a logo", Mark(logotype: false), "logo" },
        { "for web servers", Mark(usage: "1.3.6.1.5.5.7.3.1"), "brand indicators" },
        { "no PEM", [0x30, 0x82, 1, 2], "PEM" },
        { "broken base64", Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nAAA*\n-----END CERTIFICATE-----"), "PEM" },
        { "nothing inside", Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE----------END CERTIFICATE-----"), "PEM" },
        { "no certificate", Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), "PEM" },
    };

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_certificate_is_checked_as_far_as_it_can_be(string what, byte[] mark, string? problem)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(mark: mark));

        string messages = string.Join("\n", result.Bimi!.Findings.Where(finding => finding.Code == "BimiCertificateInvalid").Select(finding => finding.Message));
        Assert.True(problem is null ? messages.Length == 0 : messages.Contains(problem, StringComparison.Ordinal), what + ": " + messages);
        Assert.Equal(problem is null, result.Bimi.IsReady);
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_told()
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(mark: Mark(toDays: 5)));

        Assert.Equal(["BimiCertificateEndsSoon"], PostureBed.Codes(result, MailDomainPart.Bimi));
        Assert.True(result.Bimi!.IsReady);
    }

    /// <summary>The markers of a certificate that share their dashes hold nothing between them.</summary>
    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE----------END CERTIFICATE-----")]
    [InlineData("-----END CERTIFICATE----------BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----")]
    [InlineData("")]
    public async Task A_file_without_a_certificate_is_a_finding(string mark)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(), Web(mark: Encoding.ASCII.GetBytes(mark)));

        Assert.Equal((MailDomainStatus.Complete, PartStatus.Invalid, false), (result.Status, result.BimiStatus, result.Bimi!.IsReady));
        Assert.Equal(["BimiCertificateInvalid"], PostureBed.Codes(result, MailDomainPart.Bimi));
    }

    /// <summary>Whatever of a certificate is changed or cut off: it is read or it is not, and nothing is thrown.</summary>
    [Fact]
    public void A_damaged_certificate_never_throws()
    {
        byte[] whole = Mark();
        Random random = new(17);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. whole.Take(random.Next(3) == 0 ? random.Next(whole.Length) : whole.Length)];
            for (int edit = random.Next(4); edit > 0 && damaged.Length > 0; edit--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            _ = BimiCertificate.Read(damaged).Check([DomainName.Parse("contoso.com")], DateTimeOffset.UtcNow).Count();
        }
    }

    /// <summary>A mark is certified for the organisation; its subdomains show it too.</summary>
    [Fact]
    public async Task The_certificate_of_the_organisation_is_good_for_a_record_at_a_subdomain()
    {
        FakeResolver resolver = PostureBed.Sound()
            .Mx("news.contoso.com", "mail.contoso.com")
            .Txt("news.contoso.com", "v=spf1 -all")
            .Txt("default._bimi.news.contoso.com", Record);
        MailDomainOptions options = new() { Fetcher = Web(), ProbeWrongNames = false };
        MailDomainResult result = await new MailDomainInspector(resolver, options).InspectAsync(DomainName.Parse("news.contoso.com"));
        MailDomainResult other = await new MailDomainInspector(resolver, options with { Fetcher = Web(mark: Mark("fabrikam.com")) })
            .InspectAsync(DomainName.Parse("news.contoso.com"));

        Assert.Equal((PartStatus.Found, true), (result.BimiStatus, result.Bimi!.IsReady));
        Assert.Contains(other.Findings, finding => finding.Code == "BimiCertificateInvalid");
    }
}
