using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Dns.Zones;
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
            _ = new DmarcRecordInspector(null).InspectText(text, Contoso);
            return new DmarcRecordBuilder { Domain = Contoso, From = text }.Build();
        });

    [Theory]
    [InlineData("mx: *.a.example\n")]
    [InlineData("mx: *\n")]
    [InlineData("a: b\n")]
    [InlineData(":\n")]
    [InlineData("mode: enforce")]
    public void An_MTA_STS_policy(string line) => Growth.IsLinear(
        2_000 / line.Length, // The largest is half of what is fetched at all, and its copies stay in the cache of the processor.
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
    [InlineData("; x=1", true)]
    [InlineData(";", true)]
    [InlineData("; l=https://b.example/x.svg", true)]
    [InlineData("; x", false)]
    [InlineData("=", false)]
    [InlineData(" ", false)]
    public void A_list_of_tags(string part, bool isFolded) => Growth.IsLinear(
        60_000 / part.Length,
        size => "v=BIMI1; l=https://a.example/x.svg" + string.Concat(Enumerable.Repeat(part, size)),
        text =>
        {
            TagReader tags = new(text, isFolded);
            int sum = 0;
            while (tags.Read())
            {
                int equals = tags.EqualsSign;
                sum += tags.NameEnd(equals) + (equals < 0 ? 0 : tags.ValueStart(equals));
            }

            return sum;
        });

    /// <summary>Whole inspections: what the reader of tags is used for.</summary>
    [Theory]
    [InlineData("_mta-sts", "v=STSv1; id=1", "; x=1")]
    [InlineData("_mta-sts", "v=STSv1; id=1", ";")]
    [InlineData("_mta-sts", "v=STSv1; id=1", "; id=2")]
    [InlineData("_smtp._tls", "v=TLSRPTv1; rua=mailto:a@b.example", "; x")]
    [InlineData("_smtp._tls", "v=TLSRPTv1; rua=mailto:a@b.example", ",mailto:a@b.example")]
    [InlineData("_smtp._tls", "v=TLSRPTv1; rua=mailto:a@b.example", "; rua=x")]
    [InlineData("default._bimi", "v=BIMI1; l=; a=", "; x=1")]
    [InlineData("default._bimi", "v=BIMI1; l=; a=", ";")]
    [InlineData("default._bimi", "v=BIMI1; l=; a=", "; l=http://a.example/x.svg")]
    public void A_published_record_of_tags(string name, string start, string part) => Growth.IsLinear(
        20_000 / part.Length,
        size => new FakeResolver().Txt(name + ".contoso.com", start + string.Concat(Enumerable.Repeat(part, size))),
        resolver => name switch
        {
            "_mta-sts" => new MtaStsInspector(resolver, null, SystemClock.Instance).InspectAsync(Contoso, Task.FromResult<IReadOnlyList<string>>([]), default).GetAwaiter().GetResult(),
            "_smtp._tls" => new TlsRptInspector(resolver).InspectAsync(Contoso, default).GetAwaiter().GetResult(),
            _ => (object)new BimiInspector(resolver, null, SystemClock.Instance).InspectAsync(Contoso, Task.FromResult<DmarcRecordResult?>(null), default).GetAwaiter().GetResult(),
        });

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
