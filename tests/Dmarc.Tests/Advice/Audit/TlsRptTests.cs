using Dmarc.Advice.Audit;
using Dmarc.Dns;

namespace Dmarc.Tests.Advice.Audit;

public class TlsRptTests
{
    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", PartStatus.Found, 1, null)]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt , mailto:a@example.com;", PartStatus.Found, 2, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,", PartStatus.Found, 1, "TlsRptDestinationEmpty")]
    [InlineData("v=TLSRPTv1; rua=,mailto:a@example.com", PartStatus.Found, 1, "TlsRptDestinationEmpty")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com, ,mailto:b@example.com", PartStatus.Found, 2, "TlsRptDestinationEmpty")]
    [InlineData("v=TLSRPTv1; rua=,", PartStatus.Invalid, 0, "TlsRptDestinationMissing")]
    [InlineData("v=TLSRPTv1; rua=tls@example.com", PartStatus.Invalid, 0, "TlsRptDestinationInvalid")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,http://b.example", PartStatus.Found, 1, "TlsRptDestinationInvalid")]
    [InlineData("v=TLSRPTv1; rua=", PartStatus.Invalid, 0, "TlsRptDestinationMissing")]
    [InlineData("v=TLSRPTv1", PartStatus.Invalid, 0, "TlsRptDestinationMissing")]
    [InlineData("v=TLSRPTV1; rua=mailto:a@example.com", PartStatus.Invalid, 0, "TlsRptVersionWrong")]
    [InlineData("v=spf1 -all", PartStatus.NotFound, 0, "TlsRptMissing")]
    public async Task A_record_is_read(string record, PartStatus status, int destinations, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("tlsrpt").Txt("_smtp._tls.contoso.com", record)
            .Mx("example.com", "mail.contoso.com"));

        Assert.Equal((status, destinations), (result.TlsRptStatus, result.TlsRpt!.ReportUri.Count));
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.TlsRpt));
    }

    [Theory]
    [InlineData("mailto:t@contoso.com", null)]
    [InlineData("https://null.contoso.com/r", null)]
    [InlineData("mailto:t@null.contoso.com", "null MX")]
    [InlineData("mailto:t@gone.contoso.com", "no such domain")]
    [InlineData("mailto:t@lost.contoso.com", "no mail exchange has an address")]
    [InlineData("mailto:t@text.contoso.com", "neither MX nor address")]
    [InlineData("mailto:t@slow.contoso.com", null)]
    public async Task A_destination_that_takes_no_mail_is_told(string uri, string? reason)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("tlsrpt")
            .Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=" + uri)
            .Add("null.contoso.com", DnsRecordType.MX, new MxRecord("null.contoso.com", 300, 0, ""))
            .Mx("lost.contoso.com", "gone.contoso.com")
            .Txt("text.contoso.com", "hello")
            .Fails("slow.contoso.com", DnsStatus.Timeout));

        Assert.Equal(PartStatus.Found, result.TlsRptStatus);
        Assert.Equal(reason is null ? [] : ["TlsRptDestinationTakesNoMail"], PostureBed.Codes(result, MailDomainPart.TlsRpt));
        Assert.True(reason is null || result.TlsRpt!.Findings[0].Message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_records_none_counts()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:b@example.com"));

        Assert.Equal(PartStatus.Multiple, result.TlsRptStatus);
        Assert.Equal(["TlsRptMultiple"], PostureBed.Codes(result, MailDomainPart.TlsRpt));
    }
}
