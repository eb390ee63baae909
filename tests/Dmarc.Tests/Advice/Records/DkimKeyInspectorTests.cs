using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Records;

public class DkimKeyInspectorTests
{
    private const string Ed = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private static readonly string Rsa2048 = TestSigner.Rsa().Record;
    private static readonly string Rsa1024 = TestSigner.Rsa(1024).Record;
    private static readonly string Rsa512 = TestSigner.Rsa(512).Record;

    public static TheoryData<string, string, DkimKeyStatus, string> Records() => new()
    {
        { "sound RSA", Rsa2048, DkimKeyStatus.Valid, "DkimKeySound" },
        { "sound Ed25519", Ed, DkimKeyStatus.Valid, "DkimKeySound" },
        { "weak", Rsa1024, DkimKeyStatus.Valid, "DkimKeyWeak" },
        { "RFC 8301 3.2: too short", Rsa512, DkimKeyStatus.Invalid, "DkimKeyTooShort" },
        { "testing", Ed + "; t=y", DkimKeyStatus.Valid, "DkimKeyTesting" },
        { "RFC 6376 3.6.1: revoked", "v=DKIM1; p=", DkimKeyStatus.Revoked, "DkimKeyRevoked" },
        { "no p", "v=DKIM1; k=rsa", DkimKeyStatus.Invalid, "DkimKeyMissing" },
        { "wrong version", Ed.Replace("DKIM1", "DKIM2", StringComparison.Ordinal), DkimKeyStatus.Invalid, "DkimKeyVersionWrong" },
        { "base64", "v=DKIM1; p=MIGf*A0G", DkimKeyStatus.Invalid, "DkimKeyBase64Damaged" },
        { "DER", "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ", DkimKeyStatus.Invalid, "DkimKeyNotRsa" },
        { "no key at all", "v=spf1 -all", DkimKeyStatus.Invalid, "DkimKeyVersionWrong DkimKeyMissing" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task What_a_record_says(string reason, string record, DkimKeyStatus status, string codes)
    {
        FakeResolver resolver = new FakeResolver().Txt("default._domainkey.example.com", record).Mx("example.com", "mx.example.com");

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.NotEmpty(reason);
        Assert.Equal("example.com", result.Domain);
        Assert.Equal("default", result.Selector);
        Assert.Equal("default._domainkey.example.com", result.Name);
        Assert.Equal(status, result.Status);
        Assert.Equal(record, result.Record);
        Assert.Equal(codes, Codes(result));
        Assert.Equal(status == DkimKeyStatus.Revoked, result.Revoked);
        Assert.Equal(reason == "testing", result.Testing);
    }

    [Fact]
    public async Task Type_and_size()
    {
        FakeResolver resolver = new FakeResolver().Txt("s1._domainkey.example.com", Rsa2048).Txt("s2._domainkey.example.com", Ed);

        PrintableList<DkimKeyResult> results = await Inspect(resolver);

        Assert.Equal([(DkimKeyType.Rsa, 2048), (DkimKeyType.Ed25519, 256)], results.Select(result => (result.KeyType!.Value, result.KeySize!.Value)));
    }

    [Fact]
    public async Task Selectors_of_the_services_that_mx_and_spf_name_are_tried_too()
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx01.ionos.com")
            .Txt("example.com", "v=spf1 include:_spf.zmail.example include:et._spf.pardot.com -all")
            .Txt("s1-ionos._domainkey.example.com", Rsa2048)
            .Txt("200608._domainkey.example.com", Rsa2048)
            .Txt("gm1._domainkey.example.com", Rsa2048);

        PrintableList<DkimKeyResult> results = await Inspect(resolver);

        Assert.Equal(["200608 Pardot", "s1-ionos IONOS"], results.Select(result => result.Selector + " " + result.Service).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(resolver.Queries, query => query.Name == "gm1._domainkey.example.com");
    }

    [Fact]
    public async Task Only_the_selectors_that_were_asked_for()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("default._domainkey.example.com", Rsa2048)
            .Txt("mine._domainkey.example.com", Rsa2048)
            .Mx("example.com", "mx.example.com");

        PrintableList<DkimKeyResult> results = await Inspect(resolver, "mine", "other._domainkey.example.com.", "MINE");

        Assert.Equal(["mine", "other"], results.Select(result => result.Selector));
        Assert.Equal([DkimKeyStatus.Valid, DkimKeyStatus.NotFound], results.Select(result => result.Status));
        Assert.Equal("DkimSelectorNotFound", Codes(results[1]));
    }

    /// <summary>A server that denies the node above a key does not show that there is no other key (RFC 8020 §3).</summary>
    [Theory]
    [InlineData("mine", "mine")]
    [InlineData("other", "*")]
    public async Task What_was_looked_for_is_known_of_a_server_that_denies_the_node(string asked, string tried)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com")
            .Txt("mine._domainkey.example.com", Rsa2048)
            .Fails("_domainkey.example.com", DnsRecordType.TXT, DnsStatus.NxDomain);

        DkimKeySearch search = await new DkimKeyInspector(resolver).SearchAsync(DomainName.Parse("example.com"), [asked], true, default);

        Assert.Equal(tried, search.Tried.ToString());
    }

    [Fact]
    public async Task No_key_under_a_known_selector()
    {
        FakeResolver resolver = new FakeResolver().Mx("example.com", "mx.example.com").Txt("odd._domainkey.example.com", Rsa2048);

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.Equal(DkimKeyStatus.NotFound, result.Status);
        Assert.Equal("", result.Selector);
        Assert.Equal("DkimNoSelectorFound", Codes(result));
    }

    [Fact]
    public async Task Nothing_below_domainkey()
    {
        DkimKeyResult result = Assert.Single(await Inspect(new FakeResolver().Mx("example.com", "mx.example.com")));

        Assert.Equal(DkimKeyStatus.NotFound, result.Status);
        Assert.Equal("DkimNoKeys", Codes(result));
    }

    [Fact]
    public async Task A_domain_that_does_not_exist()
    {
        DkimKeyResult result = Assert.Single(await Inspect(new FakeResolver()));

        Assert.Equal(DkimKeyStatus.DomainNotFound, result.Status);
        Assert.Equal("DkimDomainNotFound", Codes(result));
    }

    [Theory]
    [InlineData(DnsStatus.Timeout, DnsFailure.Timeout)]
    [InlineData(DnsStatus.ServFail, DnsFailure.ServerFailure)]
    [InlineData(DnsStatus.Refused, DnsFailure.Refused)]
    [InlineData(DnsStatus.Malformed, DnsFailure.Malformed)]
    [InlineData(DnsStatus.NetworkError, DnsFailure.NetworkError)]
    public async Task A_failed_look_up_is_no_absent_key(DnsStatus failure, DnsFailure expected)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com")
            .Txt("s1._domainkey.example.com", Rsa2048)
            .Fails("google._domainkey.example.com", failure);

        PrintableList<DkimKeyResult> results = await Inspect(resolver);

        Assert.Equal(["s1", ""], results.Select(result => result.Selector));
        Assert.Equal((DkimKeyStatus.DnsFailure, expected), (results[1].Status, results[1].DnsFailure));
        Assert.Contains("google", Assert.Single(results[1].Findings).Message, StringComparison.Ordinal);

        DkimKeyResult asked = Assert.Single(await Inspect(resolver, "google"));
        Assert.Equal((DkimKeyStatus.DnsFailure, expected), (asked.Status, asked.DnsFailure));
        Assert.Equal("DkimLookupFailed", Codes(asked));
    }

    [Fact]
    public async Task That_it_is_not_known_whether_there_is_a_wildcard_is_said()
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com")
            .Txt("s1._domainkey.example.com", Rsa2048)
            .Fails(DkimKeyInspector.WildcardProbe + "._domainkey.example.com", DnsStatus.Timeout);

        PrintableList<DkimKeyResult> results = await Inspect(resolver);

        Assert.Equal([(DkimKeyStatus.Valid, null), (DkimKeyStatus.DnsFailure, DnsFailure.Timeout)], results.Select(result => (result.Status, result.DnsFailure)));
        Assert.Contains("(*)", results[1].Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wildcard_is_one_result()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("*._domainkey.example.com", "v=DKIM1; p=junk")
            .Txt("s1._domainkey.example.com", Rsa2048)
            .Mx("example.com", "mx.example.com");

        PrintableList<DkimKeyResult> results = await Inspect(resolver);

        Assert.Equal(["*", "s1"], results.Select(result => result.Selector));
        Assert.Equal("*._domainkey.example.com", results[0].Name);
        Assert.Contains(results[0].Findings, finding => finding.Code == "DkimWildcard");
        Assert.Contains((await Inspect(resolver, "s9"))[0].Findings, finding => finding.Code == "DkimFromWildcard");
        Assert.DoesNotContain((await Inspect(resolver, "s1"))[0].Findings, finding => finding.Code == "DkimFromWildcard");
    }

    [Fact]
    public async Task A_wildcard_that_revokes_is_as_it_should_be()
    {
        FakeResolver resolver = new FakeResolver().Txt("*._domainkey.example.com", "v=DKIM1; p=").Mx("example.com", "mx.example.com");

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.Equal(DkimKeyStatus.Revoked, result.Status);
        Assert.Equal("DkimKeyRevoked DkimWildcardRevoked", Codes(result));
        Assert.Equal("DkimKeyRevoked DkimWildcardRevoked", Codes(Assert.Single(await Inspect(resolver, "s1"))));
    }

    [Fact]
    public async Task An_alias_that_leads_nowhere()
    {
        FakeResolver resolver = new FakeResolver().Alias("s1._domainkey.example.com", "s1.domainkey.u1.wl.sendgrid.net").Mx("example.com", "mx.example.com");

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.Equal(DkimKeyStatus.Dangling, result.Status);
        Assert.Equal("s1.domainkey.u1.wl.sendgrid.net", result.Target);
        Assert.Equal("SendGrid", result.Service);
        Assert.Equal("DkimTargetDangling", Codes(result));
        Assert.Null(result.KeyType);
    }

    [Theory]
    [InlineData("selector1-example-com._domainkey.contoso.onmicrosoft.com", true, "Microsoft 365", "DkimKeySound")]
    [InlineData("selector1-example-com._domainkey.contoso.n-v1.dkim.mail.microsoft", true, "Microsoft 365", "DkimKeySound")]
    [InlineData("selector1-example-com._domainkey.contoso.onmicrosoft.com", false, "Microsoft 365", "DkimMicrosoftDangling")]
    [InlineData("selector2-example-com._domainkey.contoso.onmicrosoft.com", true, "Microsoft 365", "DkimMicrosoftSelectorSwapped DkimKeySound")]
    [InlineData("selector1-example-org._domainkey.contoso.onmicrosoft.com", true, "Microsoft 365", "DkimMicrosoftOtherDomain DkimKeySound")]
    [InlineData("selector1.keys.example.net", true, null, "DkimMicrosoftElsewhere DkimKeySound")]
    public async Task Microsoft_selectors(string target, bool exists, string? service, string codes)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "example-com.mail.protection.outlook.com")
            .Alias("selector1._domainkey.example.com", target);
        if (exists)
        {
            resolver.Txt(target, Rsa2048);
        }

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.Equal(target, result.Target);
        Assert.Equal(service, result.Service);
        Assert.Equal(codes, Codes(result));
    }

    [Fact]
    public async Task The_same_target_is_no_mistake_where_microsoft_is_not_in_use()
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com")
            .Alias("selector1._domainkey.example.com", "selector1.keys.example.net")
            .Txt("selector1.keys.example.net", Rsa2048);

        Assert.Equal("DkimKeySound", Codes(Assert.Single(await Inspect(resolver))));
    }

    [Fact]
    public async Task Several_records_at_a_selector()
    {
        FakeResolver resolver = new FakeResolver().Txt("s1._domainkey.example.com", "v=DKIM1; p=", Rsa2048).Mx("example.com", "mx.example.com");

        DkimKeyResult result = Assert.Single(await Inspect(resolver));

        Assert.Equal(DkimKeyStatus.Valid, result.Status);
        Assert.Equal("DkimSeveralKeys DkimKeySound", Codes(result));
    }

    [Fact]
    public async Task A_selector_that_is_no_part_of_a_name_asks_nothing_wrong()
    {
        PrintableList<DkimKeyResult> results = await Inspect(new FakeResolver().Mx("example.com", "mx.example.com"), "", " ", "a..b");

        Assert.Equal("a..b", Assert.Single(results).Selector);
    }

    [Theory]
    [InlineData(Ed, DkimKeyStatus.Valid, 256)]
    [InlineData("v=DKIM1; p=", DkimKeyStatus.Revoked, null)]
    [InlineData("", DkimKeyStatus.Invalid, null)]
    public void A_record_given_as_text(string record, DkimKeyStatus status, int? size)
    {
        DkimKeyResult result = DkimKeyInspector.InspectText(record, DomainName.Parse("example.com"));

        Assert.Equal("example.com", result.Domain);
        Assert.Equal(status, result.Status);
        Assert.Equal(size, result.KeySize);
        Assert.Equal(record, result.Record);
    }

    [Fact]
    public void An_input_that_is_no_domain_name()
    {
        DkimKeyResult result = DkimKeyResult.ForInvalidDomainName("a b", "'a b' is not a domain name.");

        Assert.Equal(DkimKeyStatus.InvalidDomainName, result.Status);
        Assert.Equal("'a b' is not a domain name.", Assert.Single(result.Findings).Message);
    }

    private static async Task<PrintableList<DkimKeyResult>> Inspect(FakeResolver resolver, params string[] selectors) =>
        await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("example.com"), selectors);

    private static string Codes(DkimKeyResult result) => string.Join(' ', result.Findings.Select(finding => finding.Code));
}
