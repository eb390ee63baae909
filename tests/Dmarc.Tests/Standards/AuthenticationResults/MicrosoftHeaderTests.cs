using System.Net;
using System.Text;
using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Tests.Standards.AuthenticationResults;

public class MicrosoftHeaderTests
{
    [Fact]
    public void Forefront_report()
    {
        ForefrontAntispamReport report = ForefrontAntispamReport.Parse(
            "CIP:2001:db8::9;CTRY:DE;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:mail.example.com;PTR:InfoDomainNonexistent;CAT:SPOOF;SFS:(13230040)(376014);DIR:INB;");

        Assert.Equal(IPAddress.Parse("2001:db8::9"), report.ConnectingAddress);
        Assert.Equal("mail.example.com", report.Helo);
        Assert.Equal("InfoDomainNonexistent", report["ptr"]);
        Assert.Equal("5", report["SCL"]);
        Assert.Equal(ForefrontDirection.Inbound, report.Direction);
        Assert.Equal("SPOOF", report.Category);
        Assert.Equal("Spoofing.", report.CategoryDescription);
        Assert.Equal("Spam.", report.FilterVerdictDescription);
        Assert.Equal("", report["srv"]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(";;:;x", null)]
    [InlineData("SCL:x;CIP:300.1.1.1;DIR:UP;CAT:NEW", "x")]
    [InlineData("CIP:255.255.255.255;DIR:;SCL:1", "1")]
    [InlineData("scl : -1 ", "-1")]
    public void Forefront_report_damaged(string value, string? level)
    {
        ForefrontAntispamReport report = ForefrontAntispamReport.Parse(value);

        Assert.Equal(level, report["SCL"]);
        Assert.Null(report.ConnectingAddress);
        Assert.Equal(ForefrontDirection.Unknown, report.Direction);
        Assert.Null(report.CategoryDescription);
    }

    [Fact]
    public void Exchange_headers_of_direct_send()
    {
        ExchangeAuthentication? exchange = Read("""
            x-ms-exchange-organization-authas: Anonymous
            X-MS-Exchange-Organization-AuthSource:  DB5EUR02FT004.eop-EUR02.prod.protection.outlook.com
            X-MS-Exchange-Organization-MessageDirectionality: Incoming
            X-MS-Exchange-Organization-SCL: -1
            X-MS-Exchange-CrossTenant-AuthAs: Anonymous
            X-MS-Exchange-CrossTenant-FromEntityHeader: Internet
            X-MS-Exchange-CrossTenant-Id: 11111111-2222-3333-4444-555555555555
            X-MS-Exchange-Organization-AuthAs: Internal
            Subject: hello
            """);

        Assert.NotNull(exchange);
        Assert.Equal(ExchangeAuthAs.Anonymous, exchange.AuthAs);
        Assert.Equal("DB5EUR02FT004.eop-EUR02.prod.protection.outlook.com", exchange.AuthSource);
        Assert.Equal(ExchangeDirectionality.Incoming, exchange.Directionality);
        Assert.Equal(ExchangeAuthAs.Anonymous, exchange.CrossTenantAuthAs);
    }

    [Fact]
    public void Exchange_headers_that_are_not_there() => Assert.Null(Read("Subject: hello"));

    private static ExchangeAuthentication? Read(string header) =>
        ExchangeAuthentication.Read(MailMessage.Parse(Encoding.ASCII.GetBytes(header)).Headers);
}
