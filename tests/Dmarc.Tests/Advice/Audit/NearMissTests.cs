using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>Texts that were meant as MTA-STS, TLS reporting and BIMI records: shown as they are, with what is wrong in them.</summary>
public class NearMissTests
{
    [Theory]
    [InlineData("no semicolon", "v=TLSRPTv1 rua=mailto:a@x.example", "v=STSv1 id=1", "v=BIMI1 l=https://x.example/a.svg", "semicolon")]
    [InlineData("capital v", "V=TLSRPTv1; rua=mailto:a@x.example", "V=STSv1; id=1", "V=BIMI1; l=https://x.example/a.svg", "lower case")]
    [InlineData("leading blank", " v=TLSRPTv1; rua=mailto:a@x.example", " v=STSv1; id=1", " v=BIMI1; l=https://x.example/a.svg", "space before")]
    [InlineData("misspelt", "v=TLSRPT1; rua=mailto:a@x.example", "v=STS1; id=1", "v=BIMI; l=https://x.example/a.svg", "begins with v=")]
    [InlineData("comma", "v=TLSRPTv1, rua=mailto:a@x.example", "v=STSv1, id=1", "v=BIMI1, l=https://x.example/a.svg", "semicolon")]
    [InlineData("lower case", "v=tlsrptv1; rua=mailto:a@x.example", "v=stsv1; id=1", "v=bimi1; l=https://x.example/a.svg", "lower case")]
    [InlineData("no version", "rua=mailto:a@x.example", "id=1", "l=https://x.example/a.svg", "does not begin")]
    [InlineData("version last", "rua=mailto:a@x.example; v=TLSRPTv1", "id=20250101; v=STSv1", "l=https://x.example/a.svg; v=BIMI1", "not its first")]
    [InlineData("quoted", "\"v=TLSRPTv1; rua=mailto:a@x.example\"", "\"v=STSv1; id=1\"", "\"v=BIMI1; l=https://x.example/a.svg\"", "quotation mark")]
    public async Task A_text_that_nearly_begins_as_a_record_is_shown(string what, string tls, string sts, string bimi, string why)
    {
        MailDomainResult result = await Look(tls, sts, bimi);

        Assert.NotEmpty(what);
        Assert.Equal((PartStatus.Invalid, PartStatus.Invalid, PartStatus.Invalid), (result.TlsRptStatus, result.MtaStsStatus, result.BimiStatus));
        Assert.Equal((tls, sts, bimi), (result.TlsRpt!.Record, result.MtaSts!.Record, result.Bimi!.Record));
        foreach ((string code, string text) in new[] { ("TlsRptVersionWrong", tls), ("MtaStsVersionWrong", sts), ("BimiVersionWrong", bimi) })
        {
            MailDomainFinding finding = Assert.Single(result.Findings, finding => finding.Code == code);
            Assert.Contains(text, finding.Message, StringComparison.Ordinal);
            Assert.Contains(why, finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("v=STSv1; id=1;", true)]
    [InlineData("v=STSv1;id=1 ;  ", true)]
    [InlineData("v=STSv1; id=20250101; ext-1.x_y=abc!~", true)]
    [InlineData("v=STSv1; e=1; id=1", true)]
    [InlineData("v=STSv1; id=", false)]
    [InlineData("v=STSv1; id = 1", false)]
    [InlineData("v=STSv1; ID=1", false)]
    [InlineData("v=STSv1; id=2025-01-01T00", false)]
    [InlineData("v=STSv1; id=12345678901234567890123456789012", true)]
    [InlineData("v=STSv1; id=123456789012345678901234567890123", false)]
    [InlineData("v=STSv1;; id=1", false)]
    [InlineData("v=STSv1; id=1; ext", false)]
    [InlineData("v=STSv1; id=1; ext=", false)]
    [InlineData("v=STSv1; id=1; e=a=b", false)]
    [InlineData("v=STSv1; id=1; e=a b", false)]
    [InlineData("v=STSv1; id=1; -e=a", false)]
    [InlineData("v=STSv1; id=1; a2345678901234567890123456789012=x", true)]
    [InlineData("v=STSv1; id=1; a23456789012345678901234567890123=x", false)]
    [InlineData("v = STSv1; id=1", false)]
    public async Task An_MTA_STS_record_fits_the_grammar_of_RFC_8461(string record, bool fits)
    {
        MailDomainResult result = await Look("v=TLSRPTv1; rua=mailto:a@x.example", record, "v=BIMI1; l=; a=");

        Assert.Equal(fits ? PartStatus.Found : PartStatus.Invalid, result.MtaStsStatus);
        Assert.Equal(!fits, result.MtaSts!.Findings.Any(finding => finding.Severity == Severity.Error));
    }

    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:a@x.example", true)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example , https://x.example/r ;", true)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example; ext=1", true)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example mailto:b@x.example", false)]
    [InlineData("v=TLSRPTv1; rua=a@x.example", false)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example!10m", false)]
    [InlineData("v=TLSRPTv1; RUA=mailto:a@x.example", false)]
    [InlineData("v=TLSRPTv1; rua = mailto:a@x.example", false)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example; ext", false)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@x.example; e=", false)]
    [InlineData("v=TLSRPTv1; rua=mailto:", false)]
    [InlineData("v=TLSRPTv1; rua=https:", false)]
    [InlineData("v=TLSRPTv1", false)]
    [InlineData("v = TLSRPTv1; rua=mailto:a@x.example", false)]
    public async Task A_TLS_reporting_record_fits_the_grammar_of_RFC_8460(string record, bool fits)
    {
        MailDomainResult result = await Look(record, "v=STSv1; id=1", "v=BIMI1; l=; a=");

        Assert.Equal(fits ? PartStatus.Found : PartStatus.Invalid, result.TlsRptStatus);
        Assert.Equal(!fits, result.TlsRpt!.Findings.Any(finding => finding.Severity == Severity.Error));
    }

    [Theory]
    [InlineData("v = BIMI1; l = ; a = ", PartStatus.Declined, null)]
    [InlineData("v=BIMI1;l=;a=", PartStatus.Declined, null)]
    [InlineData("v=BIMI1", PartStatus.Invalid, "BimiLogoMissing")]
    [InlineData("v=BIMI1; a=", PartStatus.Invalid, "BimiLogoMissing")]
    [InlineData("v=BIMI1; l=; a=; avp", PartStatus.Invalid, "BimiTagInvalid")]
    [InlineData("v=BIMI1; l=; l=; a=", PartStatus.Invalid, "BimiTagInvalid")]
    [InlineData("v=BIMI1; l=; a=; avp=logo", PartStatus.Declined, "BimiPreferenceUnknown")]
    [InlineData("v=BIMI1; l=; a=; avp=personal; lps=news", PartStatus.Declined, null)]
    public async Task A_BIMI_record_fits_the_grammar_of_the_draft(string record, PartStatus status, string? code)
    {
        MailDomainResult result = await Look("v=TLSRPTv1; rua=mailto:a@x.example", "v=STSv1; id=1", record);

        Assert.Equal(status, result.BimiStatus);
        Assert.Equal(code is not null, result.Bimi!.Findings.Any(finding => finding.Code == code));
    }

    /// <summary>What a wildcard or another protocol has at the name was not meant as a record.</summary>
    [Theory]
    [InlineData("v=spf1 include:hosts.x.example -all")]
    [InlineData("v=DMARC1; p=none; rua=mailto:d@x.example")]
    [InlineData("google-site-verification=abc")]
    [InlineData("")]
    public async Task Another_text_is_no_record(string text)
    {
        MailDomainResult result = await Look(text, text, text);

        Assert.Equal((PartStatus.NotFound, PartStatus.NotFound, PartStatus.NotFound), (result.TlsRptStatus, result.MtaStsStatus, result.BimiStatus));
    }

    private static Task<MailDomainResult> Look(string tls, string sts, string bimi) => PostureBed.InspectAsync(PostureBed.Sound("mta-sts", "tlsrpt")
        .Txt("_smtp._tls.contoso.com", tls)
        .Mx("x.example", "mail.contoso.com")
        .Txt("_mta-sts.contoso.com", sts)
        .Txt("default._bimi.contoso.com", bimi));
}
