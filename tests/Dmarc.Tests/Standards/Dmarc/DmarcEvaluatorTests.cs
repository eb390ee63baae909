using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Dmarc;

public class DmarcEvaluatorTests
{
    private static AuthenticatedIdentifier Passed(string domain) => new(DomainName.Parse(domain), AuthenticationResult.Pass);

    [Theory]
    [InlineData("§4.4 same domain", "example.com", "v=DMARC1; p=reject", IdentifierAlignmentCause.SameDomain)]
    [InlineData("§4.4 relaxed", "mail.example.com", "v=DMARC1; p=reject", IdentifierAlignmentCause.SameOrganizationalDomain)]
    [InlineData("§4.4 strict", "mail.example.com", "v=DMARC1; p=reject; adkim=s", IdentifierAlignmentCause.StrictMode)]
    [InlineData("§4.4 strict, same domain", "example.com", "v=DMARC1; p=reject; adkim=s", IdentifierAlignmentCause.SameDomain)]
    [InlineData("§4.4 another organisation", "example.net", "v=DMARC1; p=reject", IdentifierAlignmentCause.OtherOrganizationalDomain)]
    [InlineData("§4.4 another organisation in the same top level", "example.org.com", "v=DMARC1; p=reject", IdentifierAlignmentCause.OtherOrganizationalDomain)]
    [InlineData("§4.10.1 no record", "example.com", "hello", IdentifierAlignmentCause.NoRecord)]
    public async Task Says_why_an_identifier_is_aligned_or_not(string section, string domain, string record, object expectedValue)
    {
        IdentifierAlignmentCause expected = (IdentifierAlignmentCause)expectedValue;
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", record);
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(DomainName.Parse("example.com"), [], [Passed(domain)]);

        Assert.NotEmpty(section);
        IdentifierAlignment alignment = Assert.Single(evaluation.Dkim);
        Assert.Equal(expected, alignment.Cause);
        Assert.Equal(expected <= IdentifierAlignmentCause.SameOrganizationalDomain, alignment.Aligned);
        Assert.Contains(domain, alignment.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AuthenticationResult.None)]
    [InlineData(AuthenticationResult.Fail)]
    [InlineData(AuthenticationResult.SoftFail)]
    [InlineData(AuthenticationResult.Neutral)]
    [InlineData(AuthenticationResult.Policy)]
    [InlineData(AuthenticationResult.TempError)]
    [InlineData(AuthenticationResult.PermError)]
    public async Task Only_a_pass_counts(AuthenticationResult result)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject; t=y");
        DomainName domain = DomainName.Parse("example.com");
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(domain, [new(domain, result)], [new(domain, result)]);

        Assert.Equal(DmarcResult.Fail, evaluation.Result);
        Assert.Equal(DmarcPolicy.Reject, evaluation.Policy);
        Assert.Equal(DmarcPolicy.Quarantine, evaluation.Disposition);
        Assert.All(evaluation.Spf, alignment => Assert.Equal(IdentifierAlignmentCause.NotAuthenticated, alignment.Cause));
    }

    [Theory]
    [InlineData(DmarcLimits.IdentifierWalks, 0)]
    [InlineData(DmarcLimits.IdentifierWalks + 1, 1)]
    public async Task Domains_beyond_the_limit_are_counted_and_not_called_unaligned(int domains, int notExamined)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        AuthenticatedIdentifier[] dkim = [.. Enumerable.Range(0, domains).Select(number => Passed($"n{number}.com")), Passed("example.com"), Passed("n.org")];
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(DomainName.Parse("example.com"), [], dkim);

        Assert.Equal(notExamined, evaluation.NotExamined);
        Assert.Equal(notExamined, evaluation.Dkim.Count(alignment => alignment.Aligned is null));
        Assert.Equal(DmarcResult.Pass, evaluation.Result);
    }

    [Fact]
    public async Task Domains_of_the_authors_organisation_are_examined_before_others()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        AuthenticatedIdentifier[] dkim = [.. Enumerable.Range(0, 50).Select(number => Passed($"n{number}.com")), Passed("mail.example.com")];
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(DomainName.Parse("example.com"), [], dkim);

        Assert.Equal((DmarcResult.Pass, 31), (evaluation.Result, evaluation.NotExamined));
    }

    [Fact]
    public async Task A_pass_asks_for_nothing()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(DomainName.Parse("example.com"), [Passed("example.com")], []);

        Assert.Equal(DmarcPolicy.None, evaluation.Disposition);
        Assert.Equal(DmarcPolicy.Reject, evaluation.AppliedPolicy);
    }

    [Fact]
    public async Task A_failed_walk_of_an_identifier_is_not_a_fail_unless_another_decides()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject")
            .Fails("_dmarc.mail.example.com", DnsStatus.ServFail);
        DmarcEvaluator evaluator = new(resolver);
        DomainName author = DomainName.Parse("example.com");

        Assert.Equal(DmarcResult.TempError, (await evaluator.EvaluateAsync(author, [], [Passed("mail.example.com")])).Result);
        Assert.Equal(DmarcResult.Pass, (await evaluator.EvaluateAsync(author, [Passed("example.com")], [Passed("mail.example.com")])).Result);
    }

    [Fact]
    public async Task Identifiers_of_other_top_levels_are_not_asked_about()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        await new DmarcEvaluator(resolver).EvaluateAsync(
            DomainName.Parse("example.com"),
            [],
            [.. Enumerable.Range(0, 1000).Select(number => Passed("d" + number + ".example.net"))]);

        Assert.DoesNotContain(resolver.Queries, query => query.Name.Contains("example.net", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thousand_signatures_do_not_ask_without_end()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        await new DmarcEvaluator(resolver).EvaluateAsync(
            DomainName.Parse("example.com"),
            [],
            [.. Enumerable.Range(0, 1000).Select(number => Passed("d" + number + ".other.com"))]);

        Assert.InRange(resolver.Queries.Count, 1, 100);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", "mail.example.co.uk", DmarcResult.Pass)]
    [InlineData("v=DMARC1; p=reject; adkim=s", "mail.example.co.uk", DmarcResult.Fail)]
    [InlineData("v=DMARC1; p=reject", "other.co.uk", DmarcResult.Fail)]
    [InlineData("v=DMARC1; p=reject; psd=n", "mail.example.co.uk", DmarcResult.Pass)]
    [InlineData("v=spf1 -all", "example.co.uk", DmarcResult.None)]
    public void Evaluates_a_record_given_as_text_without_DNS(string record, string domain, DmarcResult expected)
    {
        DmarcEvaluation evaluation = new DmarcEvaluator(new FakeResolver())
            .EvaluateText(DomainName.Parse("example.co.uk"), record, [], [Passed(domain)]);

        Assert.Equal(expected, evaluation.Result);
    }

    /// <summary>Without the records above it, the public suffix list tells the organisation, unless the record says that it is at its top.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=reject", DmarcResult.Pass)]
    [InlineData("v=DMARC1; p=reject; psd=u", DmarcResult.Pass)]
    [InlineData("v=DMARC1; p=reject; psd=n", DmarcResult.Fail)]
    public void A_record_given_as_text_for_a_subdomain_belongs_to_its_organisation(string record, DmarcResult expected)
    {
        DmarcEvaluation evaluation = new DmarcEvaluator(new FakeResolver())
            .EvaluateText(DomainName.Parse("mail.example.co.uk"), record, [], [Passed("example.co.uk")]);

        Assert.Equal(expected, evaluation.Result);
    }
}
