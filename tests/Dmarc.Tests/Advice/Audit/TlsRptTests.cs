using Dmarc.Advice.Audit;
using Dmarc.Dns;

namespace Dmarc.Tests.Advice.Audit;

public class TlsRptTests
{
    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", PartStatus.Found, 1, null)]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt , mailto:a@example.com;", PartStatus.Found, 2, null)]
    [InlineData("v=TLSRPTv1; rua=tls@example.com", PartStatus.Invalid, 0, "TlsRptDestinationInvalid")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,http://b.example", PartStatus.Found, 1, "TlsRptDestinationInvalid")]
    [InlineData("v=TLSRPTv1; rua=", PartStatus.Invalid, 0, "TlsRptDestinationMissing")]
    [InlineData("v=TLSRPTv1", PartStatus.Invalid, 0, "TlsRptDestinationMissing")]
    [InlineData("v=TLSRPTV1; rua=mailto:a@example.com", PartStatus.Invalid, 0, "TlsRptVersionWrong")]
    [InlineData("v=spf1 -all", PartStatus.NotFound, 0, "TlsRptMissing")]
    public async Task A_record_is_read(string record, PartStatus status, int destinations, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("tlsrpt").Txt("_smtp._tls.contoso.com", record));

        Assert.Equal((status, destinations), (result.TlsRptStatus, result.TlsRpt!.ReportUri.Count));
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.TlsRpt));
    }

    [Fact]
    public async Task Of_two_records_none_counts()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:b@example.com"));

        Assert.Equal(PartStatus.Multiple, result.TlsRptStatus);
        Assert.Equal(["TlsRptMultiple"], PostureBed.Codes(result, MailDomainPart.TlsRpt));
    }
}
