using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

public class MxTests
{
    private static FakeResolver Empty() => PostureBed.Sound("contoso.com MX", "mail", "ptr", "mta-sts");

    public static TheoryData<string, string, PartStatus, string[]> Cases => new()
    {
        { "RFC 7505 null MX", "null", PartStatus.Declined, [] },
        { "RFC 7505 §3 null MX beside another", "null+mail", PartStatus.Found, ["MxNullBesideOthers"] },
        { "RFC 5321 §5.1 no record but an address", "implicit", PartStatus.NotFound, ["MxImplicit"] },
        { "RFC 5321 §5.1 neither record nor address", "nothing", PartStatus.NotFound, ["MxMissing"] },
        { "a host that does not exist", "dangling", PartStatus.Invalid, ["MxHostMissing"] },
        { "a host without an address", "nodata", PartStatus.Invalid, ["MxHostWithoutAddress"] },
        { "RFC 2181 §10.3 an alias", "alias", PartStatus.Found, ["MxHostIsAlias"] },
        { "RFC 1035 §3.3.9 an address in place of a name", "address", PartStatus.Invalid, ["MxHostIsAddress"] },
        { "a private address", "private", PartStatus.Found, ["MxPrivateAddress"] },
        { "two services", "providers", PartStatus.Found, ["MxSeveralProviders"] },
        { "a service and a host of one's own", "mixed", PartStatus.Found, ["MxSeveralProviders"] },
        { "an address without a name", "noptr", PartStatus.Found, ["MxReverseNameMissing"] },
        { "a name that does not lead back", "badptr", PartStatus.Found, ["MxReverseNameUnconfirmed"] },
    };

    private static FakeResolver Zone(string kind) => kind switch
    {
        "null" => Empty().Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, "")),
        "null+mail" => Mail(Empty().Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, "")).Mx("contoso.com", "mail.contoso.com")),
        "implicit" => Empty().Address("contoso.com", "203.0.113.1").Ptr("1.113.0.203.in-addr.arpa", "contoso.com"),
        "nothing" => Empty(),
        "dangling" => Empty().Mx("contoso.com", "mail.gone.example"),
        "nodata" => Empty().Mx("contoso.com", "mail.contoso.com").Txt("mail.contoso.com", "here"),
        "alias" => Mail(Empty().Mx("contoso.com", "mx.contoso.com").Alias("mx.contoso.com", "mail.contoso.com")),
        "address" => Empty().Mx("contoso.com", "203.0.113.1"),
        "private" => Empty().Mx("contoso.com", "mail.contoso.com").Address("mail.contoso.com", "10.0.0.1"),
        "providers" => Provided(Empty().Mx("contoso.com", "contoso-com.mail.protection.outlook.com", "aspmx.l.google.com"), "contoso-com.mail.protection.outlook.com", "aspmx.l.google.com"),
        "mixed" => Provided(Mail(Empty().Mx("contoso.com", "mail.contoso.com", "aspmx.l.google.com")), "aspmx.l.google.com"),
        "noptr" => Empty().Mx("contoso.com", "mail.contoso.com").Address("mail.contoso.com", "203.0.113.1"),
        _ => Empty().Mx("contoso.com", "mail.contoso.com").Address("mail.contoso.com", "203.0.113.1")
            .Ptr("1.113.0.203.in-addr.arpa", "host.isp.example").Address("host.isp.example", "203.0.113.77"),
    };

    private static FakeResolver Mail(FakeResolver resolver) =>
        resolver.Address("mail.contoso.com", "203.0.113.1").Ptr("1.113.0.203.in-addr.arpa", "mail.contoso.com");

    private static FakeResolver Provided(FakeResolver resolver, params string[] hosts)
    {
        for (int index = 0; index < hosts.Length; index++)
        {
            resolver.Address(hosts[index], "198.51.100." + (index + 1)).Ptr(index + 1 + ".100.51.198.in-addr.arpa", hosts[index]);
        }

        return resolver;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Mail_exchanges_are_judged(string what, string kind, PartStatus status, string[] codes)
    {
        MailDomainResult result = await PostureBed.InspectAsync(Zone(kind));

        Assert.True(status == result.MxStatus, what + ": " + result.MxStatus);
        Assert.Equal(codes, PostureBed.Codes(result, MailDomainPart.Mx));
        Assert.Empty(result.FailedParts);
    }

    [Fact]
    public async Task Hosts_are_told_in_the_order_in_which_they_are_tried_and_named_by_their_service()
    {
        MailDomainResult result = await PostureBed.InspectAsync(Provided(
            Empty().Mx("contoso.com", "aspmx.l.google.com", "alt1.aspmx.l.google.com"), "alt1.aspmx.l.google.com", "aspmx.l.google.com"));

        Assert.Equal(["aspmx.l.google.com", "alt1.aspmx.l.google.com"], result.MxHost);
        Assert.Equal(["Google Workspace"], result.MxProvider);
        Assert.Equal(PartStatus.Found, result.ReverseDnsStatus);
        Assert.Empty(result.Mx!.Findings);
    }

    [Fact]
    public async Task No_more_than_twenty_hosts_are_looked_at()
    {
        string[] hosts = [.. Enumerable.Range(0, 25).Select(number => "mx" + number + ".contoso.com")];
        FakeResolver resolver = Empty().Mx("contoso.com", hosts);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.Equal(20, result.Mx!.Hosts.Count);
        Assert.Contains("MxTooManyHosts", PostureBed.Codes(result, MailDomainPart.Mx));
        Assert.Equal(20, resolver.Queries.Count(query => query.Type == DnsRecordType.TLSA));
    }

    [Fact]
    public async Task A_host_whose_look_up_failed_is_not_a_missing_one()
    {
        MailDomainResult result = await PostureBed.InspectAsync(Empty().Mx("contoso.com", "mail.contoso.com").Fails("mail.contoso.com", DnsStatus.Timeout));

        Assert.Equal((PartStatus.Found, PartStatus.DnsFailure, DnsFailure.Timeout), (result.MxStatus, result.Mx!.Hosts[0].Status, result.Mx.Hosts[0].DnsFailure));
        Assert.Equal([MailDomainPart.Mx], result.FailedParts);
        Assert.Equal(MailDomainStatus.Incomplete, result.Status);
        Assert.DoesNotContain(result.GradeReasons, reason => reason.Rule == "MxDangling");
    }
}
