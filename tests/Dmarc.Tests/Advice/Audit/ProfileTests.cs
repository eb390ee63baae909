using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

public class ProfileTests
{
    [Theory]
    [InlineData("a key", "mail.contoso.com", "v=spf1 -all", true, SendingProfile.Sends)]
    [InlineData("SPF allows someone", "mail.contoso.com", "v=spf1 ip4:203.0.113.1 -all", false, SendingProfile.Sends)]
    [InlineData("SPF allows someone, no MX", null, "v=spf1 ip4:203.0.113.1 -all", false, SendingProfile.Sends)]
    [InlineData("SPF that hangs on the message", null, "v=spf1 exists:%{i}.contoso.com -all", false, SendingProfile.Sends)]
    [InlineData("SPF that hangs on reverse DNS", null, "v=spf1 ptr -all", false, SendingProfile.Sends)]
    [InlineData("SPF that cannot be read", "mail.contoso.com", "v=spf1 include:gone.example -all", false, SendingProfile.Sends)]
    [InlineData("nobody allowed, softly", "mail.contoso.com", "v=spf1 ~all", false, SendingProfile.ReceivesOnly)]
    [InlineData("null MX and nobody allowed, softly", "", "v=spf1 ~all", false, SendingProfile.Parked)]
    [InlineData("SPF without an end", "mail.contoso.com", "v=spf1", false, SendingProfile.Sends)]
    [InlineData("MX alone", "mail.contoso.com", null, false, SendingProfile.Sends)]
    [InlineData("MX and nobody allowed", "mail.contoso.com", "v=spf1 -all", false, SendingProfile.ReceivesOnly)]
    [InlineData("null MX and nobody allowed", "", "v=spf1 -all", false, SendingProfile.Parked)]
    [InlineData("null MX alone", "", null, false, SendingProfile.Parked)]
    [InlineData("null MX, but SPF allows someone", "", "v=spf1 ip4:203.0.113.1 -all", false, SendingProfile.Sends)]
    [InlineData("nobody allowed, no MX", null, "v=spf1 -all", false, SendingProfile.Parked)]
    [InlineData("nothing at all", null, null, false, SendingProfile.Parked)]
    public async Task What_a_domain_is_used_for_is_inferred(string what, string? exchange, string? spf, bool hasKey, SendingProfile profile)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(exchange, spf, hasKey));

        Assert.True(profile == result.Profile, what + ": " + result.Profile + " " + result.ProfileReason);
        Assert.NotEmpty(result.ProfileReason);
    }

    [Theory]
    [InlineData("v=spf1 -all", DnsRecordType.MX)]
    [InlineData(null, DnsRecordType.TXT)]
    public async Task What_is_not_known_is_not_inferred(string? spf, object failedValue)
    {
        DnsRecordType failed = (DnsRecordType)failedValue;
        FakeResolver zone = Zone("mail.contoso.com", spf, false).Fails("contoso.com", failed, DnsStatus.ServFail);

        Assert.Equal(SendingProfile.Unknown, (await PostureBed.InspectAsync(zone)).Profile);
    }

    /// <summary>A record that is broken whatever the failed look-up would say is meant to allow someone.</summary>
    [Theory]
    [InlineData("v=spf1 a:v1.contoso.com a:v2.contoso.com a:v3.contoso.com include:slow.example -all", SendingProfile.Sends)]
    [InlineData("v=spf1 a:v1.contoso.com a:v2.contoso.com include:slow.example -all", SendingProfile.Unknown)]
    public async Task A_broken_record_is_one_although_a_look_up_failed(string spf, SendingProfile profile)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone("mail.contoso.com", spf, false).Fails("slow.example", DnsStatus.ServFail));

        Assert.Equal(
            (profile, profile == SendingProfile.Sends ? Strings.Profile_SpfBroken : Strings.Profile_NotKnown),
            (result.Profile, result.ProfileReason));
    }

    [Fact]
    public async Task What_is_given_counts()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), null, options => options with { Profile = SendingProfile.Parked });

        Assert.Equal((SendingProfile.Parked, Strings.Profile_Given), (result.Profile, result.ProfileReason));
    }

    private static FakeResolver Zone(string? exchange, string? spf, bool hasKey)
    {
        FakeResolver zone = new FakeResolver().Address("www.contoso.com", "203.0.113.1").Address("mail.contoso.com", "203.0.113.1");
        if (exchange is not null)
        {
            zone.Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, exchange));
        }

        if (spf is not null)
        {
            zone.Txt("contoso.com", spf);
        }

        return hasKey ? zone.Txt("s1._domainkey.contoso.com", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=") : zone;
    }
}
