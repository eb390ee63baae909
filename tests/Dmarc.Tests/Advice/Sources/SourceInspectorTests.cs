using Dmarc.Advice.Sources;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Sources;

public class SourceInspectorTests
{
    [Fact]
    public async Task All_there_is_about_an_address_is_gathered()
    {
        SourceResult result = await InspectAsync(Internet(), "198.51.100.25", "contoso.example");

        Assert.Equal((SourceStatus.Resolved, "a25.smtp-out.amazonses.com", true), (result.Status, result.Names.ToString(), result.IsNameConfirmed));
        Assert.Equal(("198.51.100.0/24", 64497L, "CLOUD - Example Cloud, US", "US"), (result.Network, result.Asn, result.Owner, result.Country));
        Assert.Equal(("Amazon SES", ServiceSign.ReverseName, AuthenticationResult.Fail), (result.Service, result.ServiceSign, result.SpfCovers));
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task A_service_is_known_by_the_record_that_its_customers_include()
    {
        FakeResolver resolver = Internet()
            .Txt("sendgrid.net", "v=spf1 ip4:203.0.113.0/26 ~all")
            .Txt("mail.zendesk.com", "v=spf1 include:sendgrid.net ip4:203.0.113.64/26 ~all")
            .Txt("spf.mtasv.net", "v=spf1 include:own.mtasv.net ~all")
            .Txt("own.mtasv.net", "v=spf1 ip4:203.0.113.128/26 -ip4:203.0.113.192/26 ip4:0.0.0.0/1 ~all");
        SourceInspector inspector = new(resolver);

        Assert.Equal("SendGrid", (await inspector.InspectAsync("203.0.113.5")).Service);
        Assert.Equal("Zendesk", (await inspector.InspectAsync("203.0.113.70")).Service);
        SourceResult postmark = await inspector.InspectAsync("203.0.113.130");
        Assert.Equal(("Postmark", ServiceSign.SpfRecord), (postmark.Service, postmark.ServiceSign));
        Assert.Equal("", (await inspector.InspectAsync("203.0.113.200")).Service);
        Assert.Equal("", (await inspector.InspectAsync("9.9.9.9")).Service);
        Assert.Single(resolver.Queries, query => query == ("own.mtasv.net", DnsRecordType.TXT));
        Assert.DoesNotContain(resolver.Queries, query => query.Type == DnsRecordType.SPF);
        Assert.DoesNotContain(resolver.Queries, query => query.Name.Contains("._domainkey.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_of_services_are_left_alone_where_names_tell_the_service()
    {
        FakeResolver resolver = Internet();

        await InspectAsync(resolver, "198.51.100.25");

        Assert.DoesNotContain(resolver.Queries, query => query.Name == "_spf.google.com");
    }

    [Fact]
    public async Task A_name_that_is_not_confirmed_proves_nothing()
    {
        SourceResult result = await InspectAsync(Internet().Ptr("9.113.0.203.in-addr.arpa", "a25.smtp-out.amazonses.com"), "203.0.113.9");

        Assert.Equal((false, ""), (result.IsNameConfirmed, result.Service));
        Assert.Contains(result.Findings, finding => finding.Code == "SourceNameUnconfirmed");
    }

    [Fact]
    public async Task The_confirmed_name_comes_first_and_ten_are_enough()
    {
        FakeResolver resolver = Internet()
            .Ptr("9.113.0.203.in-addr.arpa", [.. Enumerable.Range(0, 30).Select(index => $"n{index}.test")])
            .Address("n7.test", "203.0.113.9");

        SourceResult result = await InspectAsync(resolver, "203.0.113.9");

        Assert.Equal((10, "n7.test", true), (result.Names.Count, result.Names[0], result.IsNameConfirmed));
    }

    [Theory]
    [InlineData("nonsense", SourceStatus.InvalidAddress)]
    [InlineData("", SourceStatus.InvalidAddress)]
    [InlineData("127.1", SourceStatus.InvalidAddress)]
    [InlineData("10.1.2.3", SourceStatus.NotPublic)]
    [InlineData("192.168.0.1", SourceStatus.NotPublic)]
    [InlineData("100.64.0.1", SourceStatus.NotPublic)]
    [InlineData("255.255.255.255", SourceStatus.NotPublic)]
    [InlineData("::1", SourceStatus.NotPublic)]
    [InlineData("fd00::1", SourceStatus.NotPublic)]
    [InlineData("fe80::1", SourceStatus.NotPublic)]
    [InlineData("ff02::1", SourceStatus.NotPublic)]
    public async Task Nothing_is_asked_about_what_is_no_public_address(string address, SourceStatus status)
    {
        FakeResolver resolver = Internet();

        SourceResult result = await InspectAsync(resolver, address, "contoso.example");

        Assert.Equal((address, status), (result.SourceIP, result.Status));
        Assert.Single(result.Findings);
        Assert.Empty(resolver.Queries);
    }

    [Theory]
    [InlineData(DnsStatus.Timeout, DnsFailure.Timeout)]
    [InlineData(DnsStatus.ServFail, DnsFailure.ServerFailure)]
    [InlineData(DnsStatus.Refused, DnsFailure.Refused)]
    [InlineData(DnsStatus.Malformed, DnsFailure.Malformed)]
    [InlineData(DnsStatus.NetworkError, DnsFailure.NetworkError)]
    public async Task A_failed_look_up_is_not_an_absent_name(DnsStatus failure, DnsFailure expected)
    {
        foreach (string name in new[] { "9.113.0.203.in-addr.arpa", "0.113.0.203.origin.asn.cymru.com" })
        {
            SourceResult result = await InspectAsync(Internet().Fails(name, failure), "203.0.113.9");

            Assert.Equal((SourceStatus.DnsFailure, expected), (result.Status, result.DnsFailure));
            Assert.Contains(name, result.FailedQuery, StringComparison.Ordinal);
            Assert.Equal(name.Contains("arpa", StringComparison.Ordinal) ? 0 : 1, result.Findings.Count(finding => finding.Code == "SourceDocumentation"));
        }
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("198.51.100.200", true)]
    [InlineData("203.0.113.200", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("3fff::1", true)]
    [InlineData("3fff:1000::1", false)]
    [InlineData("2001:db9::1", false)]
    [InlineData("192.0.3.1", false)]
    [InlineData("203.0.112.1", false)]
    public async Task That_an_address_for_examples_has_no_name_needs_no_warning(string address, bool isExample)
    {
        SourceResult result = await InspectAsync(new FakeResolver(), address);

        Assert.Equal(isExample, result.Findings.Any(finding => finding.Code == "SourceDocumentation"));
        Assert.Equal(!isExample, result.Findings.Any(finding => finding.Code == "SourceNameMissing"));
    }

    [Fact]
    public async Task What_else_fails_is_said()
    {
        FakeResolver resolver = Internet()
            .Fails("AS64497.asn.cymru.com", DnsStatus.Timeout)
            .Fails("contoso.example", DnsStatus.ServFail)
            .Fails("_spf.google.com", DnsStatus.ServFail);

        SourceResult result = await InspectAsync(resolver, "198.51.100.9", "contoso.example");

        Assert.Equal((SourceStatus.DnsFailure, DnsFailure.Timeout, "198.51.100.0/24", 64497L, AuthenticationResult.TempError), (result.Status, result.DnsFailure, result.Network, result.Asn, result.SpfCovers));
        Assert.Equal(
            ["SourceDocumentation", "SourceLookupFailed", "SourceSpfFailed", "SourceServicesIncomplete"],
            result.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("64496 | 203.0.113.0/24 | US | arin | 2009-07-01", "203.0.113.0/24", 64496L, "US")]
    [InlineData("64496 64499 | 203.0.113.0/24 | US", "203.0.113.0/24", 64496L, "US")]
    [InlineData("NA | 203.0.112.0/20", "203.0.112.0/20", null, "")]
    [InlineData("64496 | 192.0.2.0/24 | US", "", null, "")]
    [InlineData("64496", "", null, "")]
    [InlineData("", "", null, "")]
    [InlineData("a | b | c | d | e", "", null, "")]
    [InlineData("99999999999 | 203.0.113.0/24 | US", "203.0.113.0/24", null, "US")]
    public async Task Answers_about_networks_are_read_with_care(string text, string network, long? asn, string country)
    {
        FakeResolver resolver = new FakeResolver().Txt("0.113.0.203.origin.asn.cymru.com", text);

        SourceResult result = await InspectAsync(resolver, "203.0.113.9");

        Assert.Equal((network, asn, country), (result.Network, result.Asn, result.Country));
    }

    [Fact]
    public async Task The_most_specific_network_counts()
    {
        FakeResolver resolver = new FakeResolver().Txt(
            "0.113.0.203.origin.asn.cymru.com", "1 | 203.0.0.0/16 | JP", "2 | 203.0.113.0/24 | US", "3 | 203.0.112.0/23 | DE");

        Assert.Equal(2L, (await InspectAsync(resolver, "203.0.113.9")).Asn);
    }

    [Theory]
    [InlineData("203.0.113.9", "0.113.0.203.origin.owners.test")]
    [InlineData("2001:db8:5:6::25", "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.0.0.0.8.b.d.0.1.0.0.2.origin6.owners.test")]
    public async Task Neighbours_share_a_question_in_the_zone_that_is_given(string address, string question)
    {
        FakeResolver resolver = new();

        await new SourceInspector(resolver, new SourceInspectorOptions { NetworkOwnerZone = "owners.test" }).InspectAsync(address);

        Assert.Contains(resolver.Queries, query => query.Type == DnsRecordType.TXT && query.Name.Equals(question, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_owner_is_asked_for_where_none_is_wanted()
    {
        FakeResolver resolver = Internet();

        SourceResult result = await new SourceInspector(resolver, new SourceInspectorOptions { NetworkOwnerZone = null }).InspectAsync("198.51.100.25");

        Assert.Equal((SourceStatus.Resolved, "", null), (result.Status, result.Network, result.NetworkStatus));
        Assert.DoesNotContain(resolver.Queries, query => query.Name.Contains("cymru", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancellation_ends_it() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SourceInspector(new FakeResolver { Delay = TimeSpan.FromMinutes(1) })
            .InspectAsync("203.0.113.9", null, new CancellationTokenSource(50).Token));

    private static Task<SourceResult> InspectAsync(FakeResolver resolver, string address, string? from = null) =>
        new SourceInspector(resolver).InspectAsync(address, from);

    private static FakeResolver Internet() => new FakeResolver()
        .Ptr("25.100.51.198.in-addr.arpa", "a25.smtp-out.amazonses.com")
        .Address("a25.smtp-out.amazonses.com", "198.51.100.25")
        .Txt("0.100.51.198.origin.asn.cymru.com", "64497 | 198.51.100.0/24 | US | arin | 2009-07-01")
        .Txt("AS64497.asn.cymru.com", "64497 | US | arin | 2009-07-01 | CLOUD - Example Cloud, US")
        .Txt("contoso.example", "v=spf1 ip4:192.0.2.0/28 -all");
}
