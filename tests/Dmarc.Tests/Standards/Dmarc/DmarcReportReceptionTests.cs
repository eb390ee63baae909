using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dmarc;

/// <summary>Whether aggregate reports that a record asks for can arrive.</summary>
public class DmarcReportReceptionTests
{
    [Theory]
    [InlineData("none", "", "No aggregate reports are requested")]
    [InlineData("own domain with MX", "rua=mailto:d@shop.test", null)]
    [InlineData("own subdomain with MX", "rua=mailto:d@in.shop.test", null)]
    [InlineData("own subdomain with null MX", "rua=mailto:d@null.shop.test", "null MX")]
    [InlineData("own subdomain without MX", "rua=mailto:d@web.shop.test", null)]
    [InlineData("own subdomain with nothing", "rua=mailto:d@text.shop.test", "neither an MX record nor an address")]
    [InlineData("own subdomain that is not there", "rua=mailto:d@gone.shop.test", "does not exist")]
    [InlineData("own subdomain with an MX that is not there", "rua=mailto:d@lost.shop.test", "no mail exchange of lost.shop.test has an address")]
    [InlineData("own subdomain with an MX without address", "rua=mailto:d@bare.shop.test", "no mail exchange of bare.shop.test has an address")]
    [InlineData("own subdomain with MX of which none is there", "rua=mailto:d@both.shop.test", "no mail exchange of both.shop.test has an address")]
    [InlineData("own subdomain with an MX that is an address", "rua=mailto:d@literal.shop.test", "no mail exchange of literal.shop.test has an address")]
    [InlineData("own subdomain with MX of which the second is there", "rua=mailto:d@second.shop.test", null)]
    [InlineData("own subdomain with an MX of IPv6 alone", "rua=mailto:d@six.shop.test", null)]
    [InlineData("own subdomain with an MX that is an alias", "rua=mailto:d@alias.shop.test", null)]
    [InlineData("own subdomain with an MX of which nothing is known", "rua=mailto:d@unknown.shop.test", null)]
    [InlineData("own subdomain with an MX of which IPv6 is not known", "rua=mailto:d@half.shop.test", null)]
    [InlineData("own subdomain with MX of which one is not known", "rua=mailto:d@maybe.shop.test", null)]
    [InlineData("own subdomain with a null MX beside one that is not there", "rua=mailto:d@mixed.shop.test", "no mail exchange of mixed.shop.test has an address")]
    [InlineData("another organisation that agreed, with an MX that is not there", "rua=mailto:d@broken.example", "no mail exchange of broken.example has an address")]
    [InlineData("another organisation that agreed, with nothing", "rua=mailto:d@empty.example", "neither an MX record nor an address")]
    [InlineData("another organisation that agreed, without MX", "rua=mailto:d@web.example", null)]
    [InlineData("own subdomain of which nothing is known", "rua=mailto:d@slow.shop.test", null)]
    [InlineData("one of two, of the other of which nothing is known", "rua=mailto:d@lazy.shop.test,mailto:d@shop.test", null)]
    [InlineData("one of two", "rua=mailto:d@null.shop.test,mailto:d@shop.test", null)]
    [InlineData("none of two", "rua=mailto:d@null.shop.test,mailto:d@gone.shop.test", "null MX")]
    [InlineData("no valid address", "rua=nobody", "not a valid address")]
    [InlineData("no mail address", "rua=https://shop.test/r", "not a mail address")]
    [InlineData("another organisation that agreed", "rua=mailto:d@reports.example", null)]
    [InlineData("another organisation that sends them elsewhere", "rua=mailto:d@elsewhere.example", "redirects them to another host")]
    [InlineData("another organisation that did not", "rua=mailto:d@other.example", "has not agreed")]
    public async Task That_no_reports_come_is_told(string what, string tag, string? why)
    {
        DmarcRecordResult result = await new DmarcRecordInspector(Zone(tag)).InspectAsync(DomainName.Parse("shop.test"));
        Finding? finding = result.Findings.FirstOrDefault(finding => finding.Code == "DmarcAggregateReportsMissing");

        Assert.True(why is null == finding is null, what + ": " + finding?.Message);
        Assert.Equal(tag.Contains("slow", StringComparison.Ordinal) ? null : why is null, result.AggregateReportsCome);
        Assert.Equal(tag.Contains("slow", StringComparison.Ordinal) ? DnsFailure.Timeout : null, result.ReportFailure);
        if (why is not null)
        {
            Assert.Contains(why, finding!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("mailto:d@null.shop.test", "DmarcDestinationTakesNoMail")]
    [InlineData("mailto:d@text.shop.test", "DmarcDestinationTakesNoMail")]
    [InlineData("mailto:d@lost.shop.test", "DmarcDestinationTakesNoMail")]
    [InlineData("mailto:d@both.shop.test", "DmarcDestinationTakesNoMail")]
    [InlineData("mailto:d@gone.shop.test", "DmarcDestinationDomainMissing")]
    public async Task Each_address_that_cannot_receive_is_told(string uri, string code)
    {
        DmarcRecordResult result = await new DmarcRecordInspector(Zone("rua=mailto:d@shop.test," + uri)).InspectAsync(DomainName.Parse("shop.test"));

        Assert.Equal([code], result.Findings.Where(finding => finding.Code.StartsWith("DmarcDestination", StringComparison.Ordinal)).Select(finding => finding.Code));
        Assert.Empty(result.ReportAuthorization);
    }

    /// <summary>RFC 5321 §5.1: without MX records, a domain with an address is its own mail exchange.</summary>
    [Theory]
    [InlineData("rua=mailto:d@web.shop.test", 1)]
    [InlineData("rua=mailto:d@shop.test; ruf=mailto:d@web.shop.test", 1)]
    [InlineData("rua=mailto:d@web.example", 1)]
    [InlineData("rua=mailto:d@web.other.example", 0)]
    [InlineData("rua=mailto:d@shop.test,https://web.shop.test/r", 0)]
    public async Task An_address_at_a_domain_without_MX_may_receive(string tag, int told)
    {
        DmarcRecordResult result = await new DmarcRecordInspector(Zone(tag)).InspectAsync(DomainName.Parse("shop.test"));
        Finding[] findings = [.. result.Findings.Where(finding => finding.Code == "DmarcDestinationWithoutMx")];

        Assert.Equal(told, findings.Length);
        Assert.All(findings, finding => Assert.Equal(Severity.Information, finding.Severity));
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "DmarcDestinationTakesNoMail");
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; sp=none", false)]
    [InlineData("v=DMARC1; sp=none; p=reject", true)]
    [InlineData("v=DMARC1; rua=mailto:d@shop.test; p=reject", true)]
    public void A_policy_that_is_not_second_is_told(string record, bool told) => Assert.Equal(
        told,
        new DmarcRecordInspector(null).InspectText(record).Findings.Any(finding => finding.Code == "DmarcPolicyNotSecond"));

    /// <summary>RFC 9989 §4.10.1: one policy that is not valid makes all of them none, or the record ignored.</summary>
    [Theory]
    [InlineData("p=reject; sp=nones; rua=mailto:d@shop.test", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=reject; np=nones; rua=mailto:d@shop.test", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=rejct; sp=reject; rua=mailto:d@shop.test", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.None)]
    [InlineData("p=reject; sp=nones", null, null, null)]
    [InlineData("p=reject; p=none", null, null, null)]
    [InlineData("p=reject; sp=quarantine; rua=mailto:d@shop.test", DmarcPolicy.Reject, DmarcPolicy.Quarantine, DmarcPolicy.Quarantine)]
    [InlineData("p=none; np=reject; rua=mailto:d@shop.test", DmarcPolicy.None, DmarcPolicy.None, DmarcPolicy.Reject)]
    public async Task The_policies_are_those_that_receivers_apply(string tags, DmarcPolicy? own, DmarcPolicy? below, DmarcPolicy? nonexistent)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.shop.test", "v=DMARC1; " + tags).Mx("shop.test", "mx.shop.test");
        foreach (DmarcRecordResult result in new[]
        {
            await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse("shop.test")),
            new DmarcRecordInspector(null).InspectText("v=DMARC1; " + tags, DomainName.Parse("shop.test")),
        })
        {
            Assert.Equal((own, below, nonexistent), (result.EffectivePolicy, result.SubdomainPolicy, result.NonexistentSubdomainPolicy));
        }
    }

    private static FakeResolver Zone(string tag) => new FakeResolver()
        .Txt("_dmarc.shop.test", "v=DMARC1; p=reject; " + tag)
        .Mx("shop.test", "mx.shop.test")
        .Mx("in.shop.test", "mx.shop.test")
        .Mx("reports.example", "mx.reports.example")
        .Mx("other.example", "mx.other.example")
        .Address("web.other.example", "192.0.2.28")
        .Txt("shop.test._report._dmarc.reports.example", "v=DMARC1")
        .Add("null.shop.test", DnsRecordType.MX, new MxRecord("null.shop.test", 300, 0, ""))
        .Address("web.shop.test", "192.0.2.1")
        .Txt("text.shop.test", "hello")
        .Address("mx.shop.test", "192.0.2.25")
        .Address("mx.reports.example", "192.0.2.26")
        .Address("mx.other.example", "192.0.2.27")
        .Mx("lost.shop.test", "mx.gone.shop.test")
        .Mx("bare.shop.test", "text.shop.test")
        .Mx("both.shop.test", "mx.gone.shop.test", "text.shop.test")
        .Mx("literal.shop.test", "192.0.2.1")
        .Mx("second.shop.test", "mx.gone.shop.test", "mx.shop.test")
        .Mx("six.shop.test", "six-mx.shop.test").Address("six-mx.shop.test", "2001:db8::1")
        .Mx("alias.shop.test", "alias-mx.shop.test").Alias("alias-mx.shop.test", "mx.shop.test")
        .Mx("unknown.shop.test", "slow.shop.test")
        .Mx("half.shop.test", "half-mx.shop.test").Fails("half-mx.shop.test", DnsRecordType.AAAA, DnsStatus.ServFail)
        .Mx("maybe.shop.test", "mx.gone.shop.test", "slow.shop.test")
        .Mx("mixed.shop.test", "mx.gone.shop.test").Add("mixed.shop.test", DnsRecordType.MX, new MxRecord("mixed.shop.test", 300, 0, ""))
        .Mx("broken.example", "mx.broken.example").Txt("shop.test._report._dmarc.broken.example", "v=DMARC1")
        .Txt("empty.example", "hello").Txt("shop.test._report._dmarc.empty.example", "v=DMARC1")
        .Address("web.example", "192.0.2.2").Txt("shop.test._report._dmarc.web.example", "v=DMARC1")
        .Mx("elsewhere.example", "mx.other.example").Txt("shop.test._report._dmarc.elsewhere.example", "v=DMARC1; rua=mailto:d@other.example")
        .Fails("lazy.shop.test", DnsStatus.Timeout)
        .Fails("slow.shop.test", DnsStatus.Timeout);
}
