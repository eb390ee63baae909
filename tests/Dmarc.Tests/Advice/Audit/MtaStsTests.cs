using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Standards.MtaSts;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

public class MtaStsTests
{
    [Theory]
    [InlineData("RFC 8461 §3.2 as in its example", "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800", MtaStsMode.Enforce, 604800L, 3)]
    [InlineData("CRLF, spaces and an unknown key", "version:STSv1\r\n mode : testing \r\nx: y\r\nmx:\tmail.example.com.\r\nmax_age: 31557600\r\n", MtaStsMode.Testing, 31557600L, 1)]
    [InlineData("§8.3 none needs no mx", "version: STSv1\nmode: none\nmax_age: 86400\n", MtaStsMode.None, 86400L, 0)]
    [InlineData("of a key that comes twice the first counts", "version: STSv1\nmode: testing\nmode: enforce\nmx: a.example\nmax_age: 90000\nmax_age: 1\n", MtaStsMode.Testing, 90000L, 1)]
    public void A_policy_is_read(string what, string text, MtaStsMode mode, long maxAge, int patterns)
    {
        MtaStsPolicy policy = MtaStsPolicy.Parse(text);

        Assert.True(policy.IsUsable, what);
        Assert.Equal((mode, maxAge, patterns), (policy.Mode, policy.MaxAge, policy.MxPatterns.Count));
        Assert.DoesNotContain(policy.Findings, finding => finding.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 604800", 1)]
    [InlineData("version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 604800", 1)]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 604800", 1)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example", 1)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 31557601", 1)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1", 1)]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 12345678901", 1)]
    [InlineData("<html>mode: enforce</html>", 4)]
    public void A_policy_that_senders_do_not_use_says_what_is_missing(string text, int missing)
    {
        MtaStsPolicy policy = MtaStsPolicy.Parse(text);

        Assert.False(policy.IsUsable);
        Assert.Equal(missing, policy.Findings.Count(finding => finding.Code == MtaStsFindings.PolicyInvalid.Code));
    }

    [Fact]
    public void A_byte_order_mark_before_the_first_line_is_told() => Assert.Equal(
        ["MtaStsPolicyByteOrderMark", "MtaStsPolicyInvalid"],
        MtaStsPolicy.Parse("\uFEFFversion: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800").Findings.Select(finding => finding.Code));

    [Theory]
    [InlineData("*.*.example.com")]
    [InlineData("mail.*.com")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("b\u00FCcher.example")]
    [InlineData("192.0.2.1")]
    public void A_pattern_that_matches_no_host_is_found(string pattern) => Assert.Contains(
        MtaStsPolicy.Parse("version: STSv1\nmode: enforce\nmax_age: 604800\nmx: " + pattern).Findings,
        finding => finding.Code == MtaStsFindings.PatternInvalid.Code);

    [Theory]
    [InlineData("mail.example.com", "mail.example.com", true)]
    [InlineData("mail.example.com", "MAIL.example.com.", true)]
    [InlineData("*.example.com", "mail.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.mail.example.com", false)]
    [InlineData("*.example.com", "mail.example.org", false)]
    [InlineData("example.com", "mail.example.com", false)]
    public void Hosts_match_as_RFC_8461_4_1_says(string pattern, string host, bool matches) => Assert.Equal(matches, MtaStsPolicy.Matches(pattern, host));

    [Theory]
    [InlineData("v=STSv1; id=20160831085700Z;", PartStatus.Found, null)]
    [InlineData("v=STSv1;id=1; x-y=z", PartStatus.Found, null)]
    [InlineData("v=STSv1; id=", PartStatus.Invalid, "MtaStsIdInvalid")]
    [InlineData("v=STSv1", PartStatus.Invalid, "MtaStsIdInvalid")]
    [InlineData("v=STSv1; id=with-hyphen", PartStatus.Invalid, "MtaStsIdInvalid")]
    [InlineData("v=STSv1; id=123456789012345678901234567890123", PartStatus.Invalid, "MtaStsIdInvalid")]
    [InlineData("v=stsv1; id=1", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData(" v=STSv1; id=1", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData("v=STSv11; id=1", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData("\uFEFFv=STSv1; id=1", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData("TXT v=STSv1; id=1", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData("(v=STSv1; id=1)", PartStatus.Invalid, "MtaStsVersionWrong")]
    [InlineData("other", PartStatus.NotFound, "MtaStsMissing")]
    public async Task A_record_is_read(string record, PartStatus status, string? code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("mta-sts").Txt("_mta-sts.contoso.com", record));

        Assert.Equal(status, result.MtaStsStatus);
        Assert.Equal(code is null ? [] : [code], PostureBed.Codes(result, MailDomainPart.MtaSts));
    }

    [Fact]
    public async Task Of_two_records_none_counts_and_nothing_is_fetched()
    {
        FakeFetcher web = PostureBed.SoundWeb;
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Txt("_mta-sts.contoso.com", "v=STSv1; id=2"), web);

        Assert.Equal(PartStatus.Multiple, result.MtaStsStatus);
        Assert.Empty(web.Fetched);
    }

    [Fact]
    public async Task A_sound_policy_has_no_findings()
    {
        FakeFetcher web = PostureBed.SoundWeb;
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), web);

        Assert.Equal((PartStatus.Found, MtaStsMode.Enforce), (result.MtaStsStatus, result.MtaStsMode));
        Assert.Empty(PostureBed.Codes(result, MailDomainPart.MtaSts));
        Assert.Equal(PostureBed.PolicyUri, Assert.Single(web.Fetched));
    }

    [Theory]
    [InlineData("version: STSv1\nmode: testing\nmx: mail.contoso.com\nmax_age: 604800", "text/plain", "MtaStsTesting")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 604800", "text/plain", "MtaStsModeNone")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mail.contoso.com\nmax_age: 3600", "text/plain", "MtaStsMaxAgeShort")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mail.contoso.com\nmax_age: 604800", "text/html", "MtaStsMediaType")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mail.contoso.com\nmx: old.contoso.com\nmax_age: 604800", "text/plain", "MtaStsPatternUnused")]
    [InlineData("version: STSv1\nmode: enforce\nmx: *.contoso.com\nmx: other.example\nmax_age: 604800", "text/plain", "MtaStsPatternUnused")]
    public async Task What_a_policy_says_is_told(string policy, string mediaType, string code)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), new FakeFetcher().File(PostureBed.PolicyUri, policy, mediaType));

        Assert.Equal([code], PostureBed.Codes(result, MailDomainPart.MtaSts));
    }

    [Fact]
    public async Task A_host_that_the_policy_does_not_allow_is_named()
    {
        FakeFetcher web = new FakeFetcher().File(PostureBed.PolicyUri, "version: STSv1\nmode: enforce\nmx: *.contoso.com\nmax_age: 604800");
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Mx("contoso.com", "mx.backup.example").Address("mx.backup.example", "203.0.113.9"), web);

        Assert.Equal(["mx.backup.example"], result.MtaSts!.UnmatchedHosts);
        Assert.Equal(["MtaStsHostNotAllowed"], PostureBed.Codes(result, MailDomainPart.MtaSts));
    }

    [Theory]
    [InlineData(HttpsStatus.CertificateInvalid)]
    [InlineData(HttpsStatus.HttpError)]
    [InlineData(HttpsStatus.Timeout)]
    [InlineData(HttpsStatus.AddressRefused)]
    public async Task A_policy_that_cannot_be_fetched_is_unreachable(HttpsStatus status)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), new FakeFetcher().Fails(PostureBed.PolicyUri, status));

        Assert.Equal((PartStatus.Unreachable, status), (result.MtaStsStatus, result.MtaSts!.PolicyStatus));
        Assert.Equal(["MtaStsPolicyUnreachable"], PostureBed.Codes(result, MailDomainPart.MtaSts));
        Assert.Equal(MailDomainStatus.Complete, result.Status);
    }

    [Fact]
    public async Task Without_its_part_the_policy_is_not_fetched()
    {
        FakeFetcher web = PostureBed.SoundWeb;
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), web, options => options with { Parts = MailDomainPart.All & ~MailDomainPart.Https });

        Assert.Equal((PartStatus.Found, (MtaStsMode?)null), (result.MtaStsStatus, result.MtaStsMode));
        Assert.Empty(web.Fetched);
    }

    [Fact]
    public async Task A_failed_look_up_is_not_an_absent_record()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("mta-sts").Fails("_mta-sts.contoso.com", DnsStatus.ServFail));

        Assert.Equal((PartStatus.DnsFailure, DnsFailure.ServerFailure), (result.MtaStsStatus, result.MtaSts!.DnsFailure));
        Assert.Equal([MailDomainPart.MtaSts], result.FailedParts);
    }
}
