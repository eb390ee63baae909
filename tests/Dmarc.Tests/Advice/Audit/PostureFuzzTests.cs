using System.Text;
using Dmarc.Advice.Audit;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.MtaSts;
using Dmarc.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>Records, policies, logos and certificates are written by strangers: whatever they hold, there is a result.</summary>
public class PostureFuzzTests
{
    private static readonly string[] Pieces =
    [
        "v=STSv1", "v=TLSRPTv1", "v=BIMI1", ";", "=", " ", "id=1", "rua=", "mailto:", "a@b", ",", "l=", "a=", "https://", "x.example", "/%", "[", "version: STSv1\n", "mode: enforce\n",
        "max_age:", "99999999999\n", "mx: *.", "\r\n", ":", "<svg", " viewBox='0 0 1 1'", ">", "</svg>", "<!DOCTYPE", "&x;", "-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----",
        "\u0000", "\u00fc", "\\", "\"", "@", "#",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    [Fact]
    public void There_is_always_a_result() =>
        Prop.ForAll((from record in Texts from file in Texts select (record, file)).ToArbitrary(), input =>
        {
            FakeResolver zone = PostureBed.Sound("mta-sts", "tlsrpt")
                .Txt("_mta-sts.contoso.com", "v=STSv1;" + input.record)
                .Txt("_smtp._tls.contoso.com", "v=TLSRPTv1;" + input.record)
                .Txt("default._bimi.contoso.com", "v=BIMI1;" + input.record);
            MailDomainResult result = PostureBed.InspectAsync(zone, new FakeFetcher().File(PostureBed.PolicyUri, input.file)).GetAwaiter().GetResult();
            _ = BimiLogo.Check(Encoding.UTF8.GetBytes(input.file));
            _ = BimiCertificate.Read(Encoding.UTF8.GetBytes(input.file)).Check([], DateTimeOffset.UtcNow).Count();
            return result.Status == MailDomainStatus.Complete && MtaStsPolicy.Parse(input.file).IsUsable == (MtaStsPolicy.Parse(input.file).Findings.All(finding => finding.Code != "MtaStsPolicyInvalid"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
