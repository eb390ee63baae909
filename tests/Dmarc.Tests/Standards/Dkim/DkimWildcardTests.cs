using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Dkim;

/// <summary>RFC 6376 §3.6.1: what a wildcard that was made for something else answers at every selector is no key.</summary>
public class DkimWildcardTests
{
    private const string Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Theory]
    [InlineData("TXT of SPF", "*.wild.example", "v=spf1 -all")]
    [InlineData("TXT of DMARC", "*.wild.example", "v=DMARC1; p=none")]
    [InlineData("TXT of nobody", "*.wild.example", "hello")]
    [InlineData("TXT below _domainkey", "*._domainkey.wild.example", "v=spf1 -all")]
    [InlineData("a verification", "*.wild.example", "google-site-verification=abc")]
    public async Task A_wildcard_text_is_no_key(string what, string name, string text)
    {
        FakeResolver resolver = new FakeResolver().Txt(name, text).Mx("wild.example", "mx.wild.example").Txt("wild.example", "v=spf1 mx -all");
        DkimKeyResult result = Assert.Single(await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("wild.example")));

        Assert.NotEmpty(what);
        Assert.Equal((DkimKeyStatus.NotFound, ""), (result.Status, result.Selector));
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
        Assert.Contains(name + " ", Assert.Single(result.Findings, finding => finding.Code == "DkimWildcardOther").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("to a host", "www.wc.example", "DkimWildcardOther")]
    [InlineData("to the domain", "wc.example", "DkimWildcardOther")]
    [InlineData("to nothing", "gone.vendor.example", "DkimWildcardDangling")]
    public async Task A_wildcard_alias_is_no_key(string what, string target, string code)
    {
        FakeResolver resolver = new FakeResolver()
            .Alias("*.wc.example", target)
            .Alias("*._domainkey.wc.example", target)
            .Alias("_domainkey.wc.example", target)
            .Address("www.wc.example", "203.0.113.80")
            .Mx("wc.example", "mx.wc.example")
            .Address("mx.wc.example", "203.0.113.81")
            .Txt("wc.example", "v=spf1 mx -all", "v=DMARC1; p=none");
        MailDomainOptions options = new() { Fetcher = new FakeFetcher() };
        MailDomainResult result = await new MailDomainInspector(resolver, options).InspectAsync(DomainName.Parse("wc.example"));

        Assert.NotEmpty(what);
        Assert.Equal(PartStatus.NotFound, result.DkimStatus);
        MailDomainFinding[] told = [.. result.Findings.Where(finding => finding.Part == MailDomainPart.Dkim)];
        Assert.DoesNotContain(told, finding => finding.Severity == Severity.Error);
        Assert.StartsWith(
            "The wildcard *.wc.example ",
            Assert.Single(told, finding => finding.Code.StartsWith("DkimWildcard", StringComparison.Ordinal) && finding.Code == code).Message,
            StringComparison.Ordinal);
        DkimKeyResult asked = Assert.Single(await new DkimKeyInspector(resolver.Alias("s1._domainkey.wc.example", target))
            .InspectAsync(DomainName.Parse("wc.example"), ["s1"]));
        Assert.Equal(DkimKeyStatus.NotFound, asked.Status);
        Assert.Contains(asked.Findings, finding => finding.Code == code);
    }

    /// <summary>A key in two TXT records is half a key for receivers, which is what its owner has to know.</summary>
    [Theory]
    [InlineData("VDYxC1YJsXDM+1ao1ljO6Ua0a7mS6cnoF3AlmTAquAZDF72QQSTgHeOdvwD+1XsMDHxBi/LGSbEzU5Qomn==", true)]
    [InlineData("VDYxC1YJsXDM+1ao1ljO6Ua0a7mS6cno F3AlmTAquAZDF72QQSTgHeOdvwD+1XsM; t=s", true)]
    [InlineData("AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD", true)]
    [InlineData("AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDD", false)]
    [InlineData("v=spf1 -all", false)]
    [InlineData("google-site-verification=AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD", false)]
    [InlineData(Key, false)]
    public async Task Half_of_a_key_is_told(string other, bool expected)
    {
        const string Half = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAj4WETRWZBzLtFRxJCX8BMvZstFiHFqGNKKWcuvDESYx";
        FakeResolver resolver = new FakeResolver().Mx("wild.example", "mx.wild.example").Txt("s1._domainkey.wild.example", Half, other);
        DkimKeyResult result = Assert.Single(await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("wild.example"), ["s1"]));

        Assert.Equal(expected ? "DkimRecordSplit" : "DkimSeveralKeys", Assert.Single(
            result.Findings, finding => finding.Code is "DkimRecordSplit" or "DkimSeveralKeys").Code);
        Assert.True(!expected || result.Status == DkimKeyStatus.Invalid);
    }

    [Fact]
    public async Task Nothing_is_at_a_selector_that_only_the_wildcard_answers()
    {
        FakeResolver resolver = new FakeResolver().Txt("*.wild.example", "v=spf1 -all").Mx("wild.example", "mx.wild.example").Txt("s1._domainkey.wild.example", Key);
        PrintableList<DkimKeyResult> results = await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("wild.example"), ["s1", "s2"]);

        Assert.Equal([DkimKeyStatus.Valid, DkimKeyStatus.NotFound], results.Select(result => result.Status));
        Assert.Null(results[1].Record);
        Assert.Contains(results[1].Findings, finding => finding.Code == "DkimSelectorNotFound");
    }

    [Fact]
    public async Task A_key_beside_the_wildcard_is_found()
    {
        FakeResolver resolver = new FakeResolver().Txt("*.wild.example", "v=spf1 -all").Mx("wild.example", "mx.wild.example").Txt("selector1._domainkey.wild.example", Key);
        PrintableList<DkimKeyResult> results = await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("wild.example"));

        Assert.Equal(["selector1"], results.Select(result => result.Selector));
    }

    /// <summary>RFC 4592 §3.3.1: the wildcard of a domain above answers for one that does not exist.</summary>
    [Fact]
    public async Task The_wildcard_may_stand_above_the_domain()
    {
        FakeResolver resolver = new FakeResolver().Txt("*.wild.example", "v=spf1 -all");
        DkimKeyResult result = (await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("a.b.wild.example")))[0];

        Assert.Contains("*.wild.example ", Assert.Single(result.Findings, finding => finding.Code == "DkimWildcardOther").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DKIM1; p=", "*", "DkimWildcardRevoked")]
    [InlineData(Key, "*", "DkimWildcard")]
    [InlineData("p=", "*", "DkimWildcardRevoked")]
    public async Task A_wildcard_that_is_a_key_is_one(string text, string selector, string code)
    {
        FakeResolver resolver = new FakeResolver().Txt("*._domainkey.wild.example", text).Mx("wild.example", "mx.wild.example");
        DkimKeyResult result = (await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("wild.example")))[0];

        Assert.Equal((selector, "*._domainkey.wild.example"), (result.Selector, result.Name));
        Assert.Contains(result.Findings, finding => finding.Code == code);
    }
}
