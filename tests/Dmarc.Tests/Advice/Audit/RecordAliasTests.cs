using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>Records at names that are aliases: who runs the target decides, and one that leads nowhere is an error of its own.</summary>
public class RecordAliasTests
{
    public static TheoryData<string, string, string, string> Names => new()
    {
        { "_mta-sts", "mta-sts", "v=STSv1; id=1", "MailDomain" },
        { "_smtp._tls", "tlsrpt", "v=TLSRPTv1; rua=mailto:tls@contoso.com", "MailDomain" },
        { "default._bimi", "", "v=BIMI1; l=; a=", "MailDomain" },
        { "_dmarc", "dmarc", "v=DMARC1; p=reject; rua=mailto:dmarc@contoso.com", "Dmarc" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_alias_is_told(string name, string without, string record, string prefix)
    {
        FakeResolver resolver = PostureBed.Sound(without).Alias(name + ".contoso.com", "contoso.hosted.vendor.example").Txt("contoso.hosted.vendor.example", record);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        MailDomainFinding finding = Assert.Single(result.Findings, finding => finding.Code == prefix + "RecordAlias");
        Assert.Equal(Severity.Information, finding.Severity);
        Assert.Contains("contoso.hosted.vendor.example", finding.Message, StringComparison.Ordinal);
        Assert.Contains(name + ".contoso.com", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, each => each.Code.EndsWith("AliasDangling", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_dangling_alias_is_an_error_whose_remedy_fits(string name, string without, string record, string prefix)
    {
        Assert.NotEmpty(record);
        FakeResolver resolver = PostureBed.Sound(without).Alias(name + ".contoso.com", "gone.vendor.example");
        MailDomainResult result = await PostureBed.InspectAsync(resolver, null, options => options with { ProbeWrongNames = true });

        MailDomainFinding finding = Assert.Single(result.Findings, finding => finding.Code == prefix + "AliasDangling");
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("Remove the CNAME at " + name + ".contoso.com", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, each => each.Code is "DmarcRecordMissing" or "MtaStsMissing" or "TlsRptMissing");
        if (prefix == "Dmarc")
        {
            Assert.Equal(DmarcRecordStatus.NotFound, result.DmarcStatus);
            Assert.Contains("Remove the CNAME", Assert.Single(result.NextSteps, step => step.Rule == "DmarcMissing").Remedy, StringComparison.Ordinal);
        }
    }

    /// <summary>What a wildcard answers for every name is no alias that somebody made for this one.</summary>
    [Theory]
    [InlineData("www.contoso.com")]
    [InlineData("contoso.azurewebsites.example")]
    public async Task A_wildcard_is_no_alias(string target)
    {
        FakeResolver resolver = PostureBed.Sound("mta-sts", "tlsrpt", "dkim").Alias("*.contoso.com", target).Address(target, "203.0.113.80");
        resolver = resolver.Alias("_mta-sts.contoso.com", target).Alias("_smtp._tls.contoso.com", target).Alias("default._bimi.contoso.com", target);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.DoesNotContain(result.Findings, finding => finding.Code.Contains("Alias", StringComparison.Ordinal));
        Assert.Equal((PartStatus.NotFound, PartStatus.NotFound, PartStatus.NotFound), (result.MtaStsStatus, result.TlsRptStatus, result.BimiStatus));
    }

    /// <summary>One that leads nowhere can be taken by others, who then publish what they like at each name.</summary>
    [Fact]
    public async Task A_wildcard_that_leads_nowhere_is_told()
    {
        FakeResolver resolver = PostureBed.Sound("mta-sts", "tlsrpt", "dkim");
        foreach (string name in "* _mta-sts _smtp._tls default._bimi no-such-name-7c1e".Split(' '))
        {
            resolver = resolver.Alias(name + ".contoso.com", "gone.vendor.example");
        }

        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.Equal(
            [MailDomainPart.MtaSts, MailDomainPart.TlsRpt, MailDomainPart.Bimi],
            result.Findings.Where(finding => finding.Code == "MailDomainWildcardDangling").Select(finding => finding.Part).OrderBy(part => part));
        Assert.Equal((PartStatus.NotFound, PartStatus.NotFound, PartStatus.NotFound), (result.MtaStsStatus, result.TlsRptStatus, result.BimiStatus));
    }

    /// <summary>Half of a record stands beside it: the record alone looks as if nothing had been written.</summary>
    [Theory]
    [InlineData("_mta-sts", "mta-sts", "v=STSv1;", "id=1", true)]
    [InlineData("_smtp._tls", "tlsrpt", "v=TLSRPTv1;", "rua=mailto:d@contoso.com", true)]
    [InlineData("_smtp._tls", "tlsrpt", "v=TLSRPTv1; rua=mailto:d@contoso.com", "; rua = mailto:d@contoso.com", true)]
    [InlineData("default._bimi", "", "v=BIMI1;", "l=https://contoso.com/a.svg", true)]
    [InlineData("default._bimi", "", "v=BIMI1; l=https://contoso.com/a.svg;", "a=https://contoso.com/a.pem", true)]
    [InlineData("_smtp._tls", "tlsrpt", "v=TLSRPTv1;", "mailto:d@contoso.com", false)]
    [InlineData("_mta-sts", "mta-sts", "v=STSv1; id=1", "identity=1", false)]
    [InlineData("_mta-sts", "mta-sts", "v=STSv1; id=1", "v=spf1 -all", false)]
    public async Task Half_of_a_record_is_told(string name, string without, string record, string other, bool expected)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(without).Txt(name + ".contoso.com", record, other));

        MailDomainFinding[] told = [.. result.Findings.Where(finding => finding.Code == "MailDomainRecordSplit")];
        Assert.Equal(expected ? 1 : 0, told.Length);
        Assert.All(told, finding => Assert.Contains(other, finding.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alias", "policy.vendor.example", true, "MtaStsHostAlias")]
    [InlineData("dangling", "gone.vendor.example", false, "MtaStsHostDangling")]
    public async Task The_host_of_the_policy_may_be_an_alias(string what, string target, bool exists, string code)
    {
        Assert.NotEmpty(what);
        FakeResolver resolver = PostureBed.Sound().Alias("mta-sts.contoso.com", target);
        resolver = exists ? resolver.Address(target, "203.0.113.80") : resolver;
        MailDomainResult result = await PostureBed.InspectAsync(resolver);
        MailDomainResult offline = await PostureBed.InspectAsync(resolver, null, options => options with { Parts = options.Parts & ~MailDomainPart.Https });

        foreach (MailDomainResult each in new[] { result, offline })
        {
            MailDomainFinding finding = Assert.Single(each.Findings, finding => finding.Code.StartsWith("MtaStsHost", StringComparison.Ordinal));
            Assert.Equal((code, exists ? Severity.Information : Severity.Error), (finding.Code, finding.Severity));
            Assert.Equal(exists ? PartStatus.Found : PartStatus.Unreachable, each.MtaStsStatus);
        }
    }

    /// <summary>An alias that is left over without a record can be taken all the same; one that leads somewhere says nothing.</summary>
    [Theory]
    [InlineData("203.0.113.80", false, false)]
    [InlineData(null, false, true)]
    [InlineData(null, true, false)]
    public async Task A_host_of_a_policy_that_is_gone_may_dangle(string? address, bool isWildcard, bool isTold)
    {
        FakeResolver resolver = PostureBed.Sound("mta-sts").Alias("mta-sts.contoso.com", "gone.vendor.example");
        resolver = isWildcard ? resolver.Alias("*.contoso.com", "gone.vendor.example").Alias("no-such-name-7c1e.contoso.com", "gone.vendor.example") : resolver;
        resolver = address is null ? resolver : resolver.Address("gone.vendor.example", address);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.Equal(PartStatus.NotFound, result.MtaStsStatus);
        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "MtaStsHostDangling"));
    }

    /// <summary>A question that only tells more holds nothing back.</summary>
    [Fact]
    public async Task A_host_of_a_policy_that_does_not_answer_costs_a_domain_without_a_record_nothing()
    {
        FakeResolver resolver = PostureBed.Sound("mta-sts").Fails("mta-sts.contoso.com", DnsStatus.Timeout);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.Equal((MailDomainStatus.Complete, PartStatus.NotFound), (result.Status, result.MtaStsStatus));
    }

    /// <summary>A look-up of the target that fails is a failure and no alias that leads nowhere.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_failure_behind_an_alias_is_a_failure(string name, string without, string record, string prefix)
    {
        Assert.NotEmpty(record + prefix);
        FakeResolver resolver = PostureBed.Sound(without).Alias(name + ".contoso.com", "slow.vendor.example").Fails("slow.vendor.example", DnsStatus.Timeout);
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.Equal(MailDomainStatus.Incomplete, result.Status);
        Assert.DoesNotContain(result.Findings, finding => finding.Code.EndsWith("AliasDangling", StringComparison.Ordinal));
    }
}
