using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

public class DaneTests
{
    private const string Name = "_25._tcp.mail.contoso.com";

    private static FakeResolver With(FakeResolver resolver, string name, byte usage, byte selector, byte matching, int length) =>
        resolver.Add(name, DnsRecordType.TLSA, new TlsaRecord(name, 300, usage, selector, matching, Enumerable.Repeat((byte)7, length).ToPrintableList()));

    [Theory]
    [InlineData(3, 1, 1, 32, PartStatus.Found, null)]
    [InlineData(2, 0, 2, 64, PartStatus.Found, null)]
    [InlineData(3, 0, 0, 500, PartStatus.Found, null)]
    [InlineData(1, 1, 1, 32, PartStatus.Invalid, "DaneUsageUnusable")]
    [InlineData(0, 1, 1, 32, PartStatus.Invalid, "DaneUsageUnusable")]
    [InlineData(4, 1, 1, 32, PartStatus.Invalid, "DaneRecordInvalid")]
    [InlineData(3, 2, 1, 32, PartStatus.Invalid, "DaneRecordInvalid")]
    [InlineData(3, 1, 3, 32, PartStatus.Invalid, "DaneRecordInvalid")]
    [InlineData(3, 1, 1, 31, PartStatus.Invalid, "DaneRecordInvalid")]
    [InlineData(3, 1, 2, 32, PartStatus.Invalid, "DaneRecordInvalid")]
    [InlineData(3, 1, 0, 0, PartStatus.Invalid, "DaneRecordInvalid")]
    public async Task A_record_is_checked(byte usage, byte selector, byte matching, int length, PartStatus status, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(
            new AuthenticatingResolver(With(PostureBed.Sound(), Name, usage, selector, matching, length), "contoso.com"));

        Assert.Equal(status, result.DaneStatus);
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.Dane));
    }

    [Fact]
    public async Task A_record_beside_one_that_can_be_used_does_no_harm()
    {
        FakeResolver resolver = With(With(PostureBed.Sound(), Name, 3, 1, 1, 32), Name, 1, 1, 1, 32);

        Assert.Equal(PartStatus.Found, (await PostureBed.InspectAsync(new AuthenticatingResolver(resolver, "contoso.com"))).DaneStatus);
    }

    [Fact]
    public async Task Without_the_word_of_the_resolver_records_have_no_meaning()
    {
        MailDomainResult result = await PostureBed.InspectAsync(With(PostureBed.Sound(), Name, 3, 1, 1, 32));

        Assert.Equal(PartStatus.Invalid, result.DaneStatus);
        Assert.Equal(["DaneNotValidated"], PostureBed.Codes(result, MailDomainPart.Dane));
    }

    [Fact]
    public async Task A_signed_host_of_an_unsigned_domain_is_not_protected()
    {
        FakeResolver resolver = With(PostureBed.Sound("contoso.com MX").Mx("contoso.com", "mx.signed.example").Address("mx.signed.example", "203.0.113.3"), "_25._tcp.mx.signed.example", 3, 1, 1, 32);
        MailDomainResult result = await PostureBed.InspectAsync(new AuthenticatingResolver(resolver, "signed.example"));

        Assert.Equal(PartStatus.Invalid, result.DaneStatus);
        Assert.Contains("contoso.com", Assert.Single(result.Dane!.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_records_beside_others_is_named()
    {
        FakeResolver resolver = With(PostureBed.Sound().Mx("contoso.com", "second.contoso.com").Address("second.contoso.com", "203.0.113.2"), Name, 3, 1, 1, 32);
        MailDomainResult result = await PostureBed.InspectAsync(new AuthenticatingResolver(resolver, "contoso.com"));

        Assert.Equal(PartStatus.Invalid, result.DaneStatus);
        Assert.Equal(["DaneHostWithout"], PostureBed.Codes(result, MailDomainPart.Dane));
    }

    [Fact]
    public async Task No_records_are_no_finding()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound());

        Assert.Equal(PartStatus.NotFound, result.DaneStatus);
        Assert.Empty(result.Dane!.Findings);
    }

    [Theory]
    [InlineData(true, true, DnssecState.Validated)]
    [InlineData(false, true, DnssecState.Unsigned)]
    [InlineData(false, false, DnssecState.Unknown)]
    public async Task The_word_of_the_resolver_is_told_as_such(bool domainSigned, bool rootSigned, DnssecState expected)
    {
        string[] signed = [.. new[] { domainSigned ? "contoso.com" : "", rootSigned ? "." : "" }.Where(name => name.Length > 0)];

        Assert.Equal(expected, (await PostureBed.InspectAsync(new AuthenticatingResolver(PostureBed.Sound(), signed))).Dnssec);
    }
}
