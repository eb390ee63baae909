using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.MtaSts;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>Records, policies, logos, certificates and zone files take time in proportion to their size.</summary>
[Collection(GrowthTestsAlone.Name)]
public class RecordGrowthTests
{
    private static readonly DomainName Contoso = DomainName.Parse("contoso.com");

    [Theory]
    [InlineData("x=1;")]
    [InlineData("p=reject;")]
    [InlineData(";")]
    [InlineData("rua=mailto:a@b.example,")]
    [InlineData("p=reject sp=none np=x ")]
    [InlineData("mailto:a@b.example;")]
    [InlineData("=")]
    public void A_DMARC_record(string part) => Growth.IsLinear(
        4000 / part.Length,
        size => "v=DMARC1; " + string.Concat(Enumerable.Repeat(part, size)),
        text =>
        {
            for (int round = 0; round < 20; round++)
            {
                _ = new DmarcRecordInspector(null).InspectText(text, Contoso);
                _ = new DmarcRecordBuilder { Domain = Contoso, From = text }.Build();
            }

            return null;
        });

    [Theory]
    [InlineData("mx: *.a.example\n")]
    [InlineData("mx: *\n")]
    [InlineData("a: b\n")]
    [InlineData(":\n")]
    [InlineData("mode: enforce")]
    public void An_MTA_STS_policy(string line) => Growth.IsLinear(
        60_000 / line.Length,
        size => "version: STSv1\nmode: enforce\nmax_age: 604800\nmx: mail.contoso.com\n" + string.Concat(Enumerable.Repeat(line, size)),
        text => MtaStsPolicy.Parse(text).Allows("mail.a.example"));

    [Theory]
    [InlineData("; x=1")]
    [InlineData(";")]
    [InlineData("; x")]
    [InlineData(",mailto:a@b.example")]
    public void A_record_of_fields(string part) => Growth.IsLinear(
        60_000 / part.Length,
        size => "v=TLSRPTv1; rua=mailto:a@b.example" + string.Concat(Enumerable.Repeat(part, size)),
        text => RecordFields.Parse(text, "rua")["nothing"]);

    [Theory]
    [InlineData("<g/>")]
    [InlineData("<g>")]
    [InlineData("<script/>")]
    [InlineData("<a b=\"url(x)\"/>")]
    [InlineData("&amp;")]
    public void A_BIMI_logo(string part) => Growth.IsLinear(
        40_000 / part.Length,
        size => Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\">" + string.Concat(Enumerable.Repeat(part, size)) + "</svg>"),
        logo => BimiLogo.Check(logo));

    [Fact]
    public void A_BIMI_logo_of_many_attributes() => Growth.IsLinear(
        2000,
        size => Encoding.UTF8.GetBytes("<svg " + string.Concat(Enumerable.Range(0, size).Select(index => "on" + index + "=\"\" ")) + "/>"),
        logo => BimiLogo.Check(logo));

    [Fact]
    public void A_certificate_of_many_names() => Growth.IsLinear(
        2000,
        size =>
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new("CN=Contoso", key, HashAlgorithmName.SHA256);
            SubjectAlternativeNameBuilder names = new();
            for (int index = 0; index < size; index++)
            {
                names.AddDnsName("n" + index + ".example");
            }

            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            return Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
        },
        file => BimiCertificate.Read(file).Check([Contoso], DateTimeOffset.UtcNow).Count());

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    [InlineData("-----END CERTIFICATE-----\n")]
    [InlineData("-")]
    public void A_file_of_markers(string marker) => Growth.IsLinear(
        400_000 / marker.Length,
        size => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(marker, size))),
        file => BimiCertificate.Read(file).Check([Contoso], DateTimeOffset.UtcNow).Count());

    [Theory]
    [InlineData("a TXT \"x\"\n")]
    [InlineData("a CNAME b\n")]
    [InlineData("a TXT (\n")]
    [InlineData("\"")]
    [InlineData("(")]
    [InlineData("a A x\n")]
    [InlineData("a UNKNOWN x\n")]
    [InlineData("$ORIGIN a\n")]
    [InlineData(" \n")]
    [InlineData("\\")]
    public void A_zone_file(string line) => Growth.IsLinear(
        40_000 / line.Length,
        size => "$ORIGIN contoso.com.\n" + string.Concat(Enumerable.Repeat(line, size)),
        text => ZoneFile.Parse(text, "x.zone"));

    [Fact]
    public void A_zone_file_of_many_names() => Growth.IsLinear(
        4000,
        size => "$ORIGIN contoso.com.\n" + string.Concat(Enumerable.Range(0, size).Select(index => "n" + index + " TXT \"x\"\n")),
        text => ZoneFile.Parse(text, "x.zone"));
}
