using System.Net;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Tests.Standards.AuthenticationResults;

public class ReceivedSpfTests
{
    [Theory]
    [InlineData(
        "RFC 7208 9.1, first example",
        "pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from=\"myname@example.com\"; helo=foo.example.com;",
        AuthenticationResult.Pass, "192.0.2.1", "myname@example.com", "foo.example.com", "example.com")]
    [InlineData(
        "RFC 7208 9.1, second example",
        "fail (mybox.example.org: domain of myname@example.com does not designate 192.0.2.1 as permitted sender) identity=mailfrom; client-ip=192.0.2.1; envelope-from=\"myname@example.com\";",
        AuthenticationResult.Fail, "192.0.2.1", "myname@example.com", null, "example.com")]
    [InlineData(
        "HELO identity",
        "pass (x) identity=helo; helo=mail.example.net; client-ip=192.0.2.1; envelope-from=<>",
        AuthenticationResult.Pass, "192.0.2.1", "", "mail.example.net", "mail.example.net")]
    [InlineData(
        "Google",
        "pass (google.com: domain of bounce@em.example.com designates 2001:db8::1 as permitted sender) client-ip=2001:db8::1;",
        AuthenticationResult.Pass, "2001:db8::1", "bounce@em.example.com", null, "em.example.com")]
    [InlineData(
        "Google, soft fail",
        "softfail (google.com: domain of transitioning a@example.com does not designate 192.0.2.9 as permitted sender) client-ip=192.0.2.9;",
        AuthenticationResult.SoftFail, "192.0.2.9", "a@example.com", null, "example.com")]
    [InlineData(
        "Google, neutral",
        "neutral (google.com: 192.0.2.9 is neither permitted nor denied by best guess record for domain of a@example.com) client-ip=192.0.2.9;",
        AuthenticationResult.Neutral, "192.0.2.9", "a@example.com", null, "example.com")]
    [InlineData(
        "Microsoft",
        "Pass (protection.outlook.com: domain of contoso.com designates 192.0.2.3 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.3; helo=mail.contoso.com; pr=C",
        AuthenticationResult.Pass, "192.0.2.3", "contoso.com", "mail.contoso.com", "contoso.com")]
    [InlineData(
        "Microsoft, none",
        "None (protection.outlook.com: printer.contoso.com does not designate permitted sender hosts)",
        AuthenticationResult.None, null, "printer.contoso.com", null, "printer.contoso.com")]
    [InlineData(
        "Microsoft, temporary error",
        "TempError (protection.outlook.com: error in processing during lookup of contoso.com: DNS Timeout)",
        AuthenticationResult.TempError, null, "contoso.com", null, "contoso.com")]
    [InlineData(
        "Microsoft, soft fail",
        "SoftFail (protection.outlook.com: domain of transitioning contoso.com discourages use of 192.0.2.4 as permitted sender)",
        AuthenticationResult.SoftFail, "192.0.2.4", "contoso.com", null, "contoso.com")]
    [InlineData("result alone", "none", AuthenticationResult.None, null, null, null, null)]
    public void Forms(string reason, string value, AuthenticationResult outcome, string? address, string? from, string? helo, string? domain)
    {
        ReceivedSpf received = ReceivedSpf.Parse(value);

        Assert.NotEmpty(reason);
        Assert.Equal(outcome, received.Outcome);
        Assert.Equal(address is null ? null : IPAddress.Parse(address), received.ClientAddress);
        Assert.Equal(from, received.EnvelopeFrom);
        Assert.Equal(helo, received.Helo);
        Assert.Equal(domain, received.Domain);
    }

    [Fact]
    public void Pairs_behind_a_quoted_semicolon_are_read()
    {
        ReceivedSpf received = ReceivedSpf.Parse(
            "permerror identity=mailfrom; problem=\"two records; at example.com\"; mechanism=include:a.example; x-other=1; receiver=mx.example");

        Assert.Equal(SpfIdentity.MailFrom, received.Identity);
        Assert.Equal("mx.example", received.Receiver);
    }

    [Fact]
    public void A_value_of_several_words_without_quotes()
    {
        ReceivedSpf received = ReceivedSpf.Parse("pass client-ip=192.0.2.1; receiver=spfmilter 0.97 http://www.example.com/ with libspf; helo=a.example");

        Assert.Equal("spfmilter 0.97 http://www.example.com/ with libspf", received.Receiver);
        Assert.Equal("a.example", received.Helo);
    }

    [Theory]
    [InlineData("", AuthenticationResult.Unknown, false)]
    [InlineData("perhaps client-ip=192.0.2.1", AuthenticationResult.Unknown, true)]
    [InlineData("pass client-ip", AuthenticationResult.Pass, false)]
    public void Of_a_damaged_field_the_rest_is_read(string value, AuthenticationResult outcome, bool hasAddress)
    {
        ReceivedSpf received = ReceivedSpf.Parse(value);

        Assert.Equal((outcome, hasAddress), (received.Outcome, received.ClientAddress is not null));
    }
}
