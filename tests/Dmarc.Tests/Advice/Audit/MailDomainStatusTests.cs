using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>A failed look-up is never an absent record, whichever part it belongs to.</summary>
public class MailDomainStatusTests
{
    private static readonly DnsStatus[] Failures = [DnsStatus.Timeout, DnsStatus.ServFail, DnsStatus.Refused, DnsStatus.Malformed, DnsStatus.NetworkError];

    public static TheoryData<string, MailDomainPart, DnsStatus> Parts()
    {
        TheoryData<string, MailDomainPart, DnsStatus> rows = [];
        foreach (DnsStatus failure in Failures)
        {
            rows.Add("_dmarc.contoso.com", MailDomainPart.Dmarc, failure);
            rows.Add("_mta-sts.contoso.com", MailDomainPart.MtaSts, failure);
            rows.Add("_smtp._tls.contoso.com", MailDomainPart.TlsRpt, failure);
            rows.Add("default._bimi.contoso.com", MailDomainPart.Bimi, failure);
            rows.Add("s2._domainkey.contoso.com", MailDomainPart.Dkim, failure);
            rows.Add("_25._tcp.mail.contoso.com", MailDomainPart.Dane, failure);
            rows.Add("1.113.0.203.in-addr.arpa", MailDomainPart.ReverseDns, failure);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task A_part_that_failed_is_named_and_the_others_are_there(string name, MailDomainPart part, DnsStatus failure)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound().Fails(name, failure));

        Assert.Equal(MailDomainStatus.Incomplete, result.Status);
        Assert.Equal([part], result.FailedParts);
        Assert.Equal(failure.ToDnsFailure(), result.DnsFailure);
        Assert.Equal((PartStatus.Found, SpfRecordStatus.Found), (result.MxStatus, result.SpfStatus));
        Assert.Equal(part == MailDomainPart.Dmarc, result.Grade == MailDomainGrade.Unknown);
    }

    [Fact]
    public async Task An_include_that_failed_leaves_the_record_known_in_part()
    {
        FakeResolver zone = PostureBed.Sound("spf").Txt("contoso.com", "v=spf1 include:_spf.sender.example -all").Fails("_spf.sender.example", DnsStatus.ServFail);
        MailDomainResult result = await PostureBed.InspectAsync(zone);

        Assert.Equal((MailDomainStatus.Incomplete, SpfRecordStatus.Found, DnsFailure.ServerFailure), (result.Status, result.SpfStatus, result.DnsFailure));
        Assert.Equal([MailDomainPart.Spf], result.FailedParts);
        Assert.DoesNotContain(result.GradeReasons, reason => reason.Rule == "SpfBroken");
    }

    [Fact]
    public async Task A_failure_is_told_even_where_the_parts_that_were_asked_for_do_not_show_it()
    {
        MailDomainResult result = await PostureBed.InspectAsync(
            PostureBed.Sound().Fails("contoso.com", DnsRecordType.MX, DnsStatus.Refused), null, options => options with { Parts = MailDomainPart.TlsRpt });

        Assert.Equal((MailDomainStatus.DnsFailure, DnsFailure.Refused), (result.Status, result.DnsFailure));
    }

    [Theory]
    [InlineData(DnsStatus.Timeout, DnsFailure.Timeout)]
    [InlineData(DnsStatus.ServFail, DnsFailure.ServerFailure)]
    [InlineData(DnsStatus.Refused, DnsFailure.Refused)]
    [InlineData(DnsStatus.Malformed, DnsFailure.Malformed)]
    [InlineData(DnsStatus.NetworkError, DnsFailure.NetworkError)]
    public async Task Where_all_failed_nothing_is_said_of_the_domain(DnsStatus failure, DnsFailure expected)
    {
        MailDomainResult result = await PostureBed.InspectAsync(new FailingResolver(failure));

        Assert.Equal((MailDomainStatus.DnsFailure, MailDomainGrade.Unknown, SendingProfile.Unknown), (result.Status, result.Grade, result.Profile));
        Assert.Empty(result.GradeReasons);
        Assert.Empty(result.NextSteps);
        Assert.Equal(expected, result.DnsFailure);
    }

    [Fact]
    public async Task A_domain_that_does_not_exist_has_a_row_without_a_grade()
    {
        MailDomainResult result = await PostureBed.InspectAsync(new FakeResolver());

        Assert.Equal((MailDomainStatus.DomainNotFound, MailDomainGrade.Unknown), (result.Status, result.Grade));
        Assert.Empty(result.FailedParts);
        Assert.Null(result.DnsFailure);
    }

    [Fact]
    public async Task Of_a_domain_that_does_not_exist_nothing_else_is_said()
    {
        MailDomainResult result = await PostureBed.InspectAsync(new FakeResolver().Fails("_smtp._tls.contoso.com", DnsStatus.ServFail));

        Assert.Equal((MailDomainStatus.DomainNotFound, MailDomainGrade.Unknown), (result.Status, result.Grade));
        Assert.Equal("MailDomainNotFound", Assert.Single(result.Findings).Code);
        Assert.Equal([MailDomainPart.TlsRpt], result.FailedParts);
    }

    [Fact]
    public void What_is_no_domain_name_has_a_row_too()
    {
        MailDomainResult result = MailDomainResult.ForInvalidDomainName("bad..name", "It is none.");

        Assert.Equal(("bad..name", MailDomainStatus.InvalidDomainName), (result.Domain, result.Status));
        Assert.Equal("It is none.", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public async Task Parts_that_are_left_out_are_not_asked_for()
    {
        FakeResolver resolver = PostureBed.Sound();
        MailDomainResult result = await PostureBed.InspectAsync(resolver, null, options => options with { Parts = MailDomainPart.Mx | MailDomainPart.Spf });

        Assert.Null(result.Dmarc);
        Assert.Equal((PartStatus.NotChecked, PartStatus.NotChecked, DnssecState.NotChecked), (result.MtaStsStatus, result.DkimStatus, result.Dnssec));
        Assert.Equal(MailDomainGrade.Unknown, result.Grade);
        Assert.DoesNotContain(resolver.Queries, query => query.Name.StartsWith('_'));
    }

    [Theory]
    [InlineData(false, MailDomainPart.All)]
    [InlineData(true, MailDomainPart.All & ~MailDomainPart.Https)]
    public void Zone_files_have_no_web_servers(bool hasZones, MailDomainPart expected)
    {
        Assert.Equal(expected, MailDomainParts.Select([], [], hasZones));
        Assert.Equal(MailDomainPart.MtaStsPolicy, MailDomainParts.Select([MailDomainPart.MtaStsPolicy], [], hasZones));
        Assert.Equal(expected & ~MailDomainPart.Dkim, MailDomainParts.Select([], [MailDomainPart.Dkim], hasZones));
    }

    [Theory]
    [InlineData(MailDomainPart.Mx, MailDomainPart.ReverseDns)]
    [InlineData(MailDomainPart.MtaSts, MailDomainPart.MtaStsPolicy)]
    [InlineData(MailDomainPart.Bimi, MailDomainPart.BimiFiles)]
    public async Task What_hangs_on_a_part_that_is_left_out_is_left_out_too(MailDomainPart part, MailDomainPart dependant)
    {
        MailDomainPart parts = MailDomainParts.Select([], [part], false);
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound(), null, options => options with { Parts = parts });

        Assert.Equal(MailDomainPart.All & ~part & ~dependant, parts);
        Assert.Equal(
            PartStatus.NotChecked,
            part switch { MailDomainPart.Mx => result.MxStatus, MailDomainPart.MtaSts => result.MtaStsStatus, _ => result.BimiStatus });
    }

    private sealed class FailingResolver(DnsStatus status) : IDnsResolver
    {
        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            new(new DnsResponse(name, type, status));
    }
}
