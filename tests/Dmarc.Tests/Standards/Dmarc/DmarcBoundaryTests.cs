using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Dmarc;

/// <summary>One case at each limit of DMARC and one beyond it, as a caller sees it.</summary>
public class DmarcBoundaryTests
{
    private const string Reject = "v=DMARC1; p=reject";

    /// <summary>RFC 9989 §4.10: a name of eight labels is walked label by label; one of nine jumps from the name to its last seven labels.</summary>
    [Theory]
    [InlineData("b.c.d.e.f.g.h.test", 8, "c.d.e.f.g.h.test", true)]
    [InlineData("a.b.c.d.e.f.g.h.test", 8, "b.c.d.e.f.g.h.test", false)]
    [InlineData("a.b.c.d.e.f.g.h.test", 8, "c.d.e.f.g.h.test", true)]
    [InlineData("z.a.b.c.d.e.f.g.h.test", 8, "c.d.e.f.g.h.test", true)]
    [InlineData("z.a.b.c.d.e.f.g.h.test", 8, "a.b.c.d.e.f.g.h.test", false)]
    public async Task The_walk_asks_eight_names(string domain, int queries, string record, bool found)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc." + record, Reject).Address(domain, "192.0.2.1");
        DmarcRecordResult result = await Look(resolver, domain);

        Assert.Equal(queries, result.Walk.Count);
        Assert.Equal(found ? DmarcRecordStatus.Inherited : DmarcRecordStatus.NotFound, result.Status);
        Assert.Equal(found ? record : null, result.RecordDomain);
    }

    /// <summary>A record of eight labels and more can be skipped from below; one of seven cannot.</summary>
    [Theory]
    [InlineData("b.c.d.e.f.g.test", false)]
    [InlineData("a.b.c.d.e.f.g.test", true)]
    public async Task A_record_that_longer_names_pass_over_is_told(string domain, bool told)
    {
        DmarcRecordResult result = await Look(new FakeResolver().Txt("_dmarc." + domain, Reject), domain);

        Assert.Equal(told, result.Findings.Any(finding => finding.Code == "DmarcLabelLimit"));
    }

    /// <summary>RFC 9989 §4.10 step 6 and §4.10.2: psd=y ends the walk below itself, and so does psd=n at itself.</summary>
    [Theory]
    [InlineData("y", "agency.gov.test", 3)]
    [InlineData("n", "gov.test", 3)]
    [InlineData("u", "test", 4)]
    public async Task A_mark_ends_the_walk(string mark, string organization, int queries)
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.gov.test", "v=DMARC1; p=none; psd=" + mark)
            .Txt("_dmarc.test", Reject)
            .Address("x.agency.gov.test", "192.0.2.1");
        DmarcRecordResult result = await Look(resolver, "x.agency.gov.test");

        Assert.Equal(queries, result.Walk.Count);
        Assert.Equal(organization, result.OrganizationalDomain);
    }

    /// <summary>A failure at a public suffix above a domain costs nothing; at the suffix itself, if that is the domain asked about, it decides.</summary>
    [Theory]
    [InlineData("example.co.uk", "_dmarc.co.uk", DmarcRecordStatus.Found)]
    [InlineData("example.co.uk", "_dmarc.uk", DmarcRecordStatus.Found)]
    [InlineData("co.uk", "_dmarc.co.uk", DmarcRecordStatus.DnsFailure)]
    [InlineData("uk", "_dmarc.uk", DmarcRecordStatus.DnsFailure)]
    [InlineData("example.co.uk", "_dmarc.example.co.uk", DmarcRecordStatus.DnsFailure)]
    [InlineData("www.example.co.uk", "_dmarc.co.uk", DmarcRecordStatus.Inherited)]
    [InlineData("www.example.co.uk", "_dmarc.example.co.uk", DmarcRecordStatus.DnsFailure)]
    public async Task A_failed_look_up_at_a_suffix(string domain, string failing, DmarcRecordStatus status)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.co.uk", Reject).Fails(failing, DnsStatus.ServFail);

        DmarcRecordResult result = await Look(resolver, domain);
        DnsFailure? failure = status == DmarcRecordStatus.DnsFailure ? DnsFailure.ServerFailure : null;
        Assert.Equal((status, failure), (result.Status, result.DnsFailure));
    }

    /// <summary>The failed look-up of the domain itself decides, though it is a suffix and a record stands above: its own record might be another.</summary>
    [Theory]
    [InlineData(false, DmarcRecordStatus.Inherited)]
    [InlineData(true, DmarcRecordStatus.DnsFailure)]
    public async Task A_failed_look_up_of_a_suffix_itself_is_not_made_up_for_by_a_record_above(bool fails, DmarcRecordStatus status)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.uk", Reject + "; psd=y").Address("co.uk", "192.0.2.1");
        resolver = fails ? resolver.Fails("_dmarc.co.uk", DnsStatus.ServFail) : resolver;

        Assert.Equal(status, (await Look(resolver, "co.uk")).Status);
    }

    /// <summary>What is known of the signer does not help where the organisation of the author is uncertain.</summary>
    [Theory]
    [InlineData(true, DmarcResult.TempError, null)]
    [InlineData(false, DmarcResult.Pass, true)]
    public async Task An_uncertain_organisation_of_the_author_is_a_temporary_error(bool fails, DmarcResult result, bool? aligned)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.a.b.shop.test", Reject).Txt("_dmarc.shop.test", Reject);
        resolver = fails ? resolver.Fails("_dmarc.b.shop.test", DnsStatus.ServFail) : resolver;

        Assert.Equal((result, aligned), await AlignAsync(resolver, "a.b.shop.test", "c.shop.test"));
    }

    /// <summary>
    /// The walk of a signer's domain, too, ends at psd=y, whatever failed above it; and a failure at a suffix costs nothing.
    /// </summary>
    [Theory]
    [InlineData("agency.gov.shop.test", "mail.agency.gov.shop.test", "_dmarc.shop.test")]
    [InlineData("shop.co.uk", "mail.shop.co.uk", "_dmarc.co.uk")]
    public async Task A_failure_that_cannot_matter_to_the_signer(string author, string signer, string failing)
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc." + author, Reject)
            .Txt("_dmarc.gov.shop.test", Reject + "; psd=y")
            .Fails(failing, DnsStatus.Timeout);

        Assert.Equal((DmarcResult.Pass, (bool?)true), await AlignAsync(resolver, author, signer));
    }

    /// <summary>RFC 9989 §5.3.6: whether two domains are of one organisation is not known if a look-up above the record failed.</summary>
    [Theory]
    [InlineData("b.shop.test", true, DmarcResult.TempError, null)]
    [InlineData("b.shop.test", false, DmarcResult.Pass, true)]
    [InlineData("a.shop.test", true, DmarcResult.Pass, true)]
    [InlineData("other.example", true, DmarcResult.Fail, false)]
    public async Task An_uncertain_organisation_is_a_temporary_error(string signer, bool fails, DmarcResult result, bool? aligned)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.a.shop.test", Reject).Txt("_dmarc.shop.test", Reject);
        resolver = fails ? resolver.Fails("_dmarc.shop.test", DnsStatus.Timeout) : resolver;

        Assert.Equal((result, aligned), await AlignAsync(resolver, "a.shop.test", signer));
    }

    [Theory]
    [InlineData(20, 20, false)]
    [InlineData(21, 20, true)]
    public async Task Twenty_destinations_are_checked(int named, int asked, bool told)
    {
        string uris = string.Join(",", Enumerable.Range(0, named).Select(index => "mailto:d@r" + index + ".example"));
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.shop.test", "v=DMARC1; p=reject; rua=" + uris);
        DmarcRecordResult result = await Look(resolver, "shop.test");

        Assert.Equal(asked, resolver.Queries.Count(query => query.Name.Contains("._report._dmarc.", StringComparison.Ordinal)));
        Assert.Equal(asked, result.ReportAuthorization.Count);
        Assert.Equal(told, result.Findings.Any(finding => finding.Code == "DmarcDestinationsNotChecked"));
    }

    private static async Task<(DmarcResult Result, bool? Aligned)> AlignAsync(FakeResolver resolver, string author, string signer)
    {
        DmarcEvaluation evaluation = await new DmarcEvaluator(resolver).EvaluateAsync(
            DomainName.Parse(author),
            [],
            [new AuthenticatedIdentifier(DomainName.Parse(signer), AuthenticationResult.Pass)]);
        return (evaluation.Result, evaluation.Dkim[0].Aligned);
    }

    private static Task<DmarcRecordResult> Look(FakeResolver resolver, string domain) =>
        new DmarcRecordInspector(resolver, new DmarcInspectionOptions { ProbeWrongNames = false }).InspectAsync(DomainName.Parse(domain));
}
