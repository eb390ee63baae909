using System.Text.Json;
using System.Text.Json.Serialization;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit.Changes;

/// <summary>Each row is what changed in one zone, and the changes that come of it, as kind, part and severity.</summary>
public class MailDomainComparerTests
{
    private static readonly JsonSerializerOptions Numbers = new();
    private static readonly JsonSerializerOptions Names = new() { Converters = { new JsonStringEnumConverter() } };

    private const string Before = """
        a.test TXT v=spf1 mx include:_spf.one.test -all
        a.test MX mx1.a.test
        mx1.a.test A 11.0.0.1
        _spf.one.test TXT v=spf1 ip4:11.1.0.0/24 ~all
        _spf.two.test TXT v=spf1 ip4:11.2.0.0/24 ~all
        _dmarc.a.test TXT v=DMARC1; p=reject; rua=mailto:d@a.test
        s1._domainkey.a.test TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
        _smtp._tls.a.test TXT v=TLSRPTv1; rua=mailto:t@a.test
        """;

    [Theory]
    [InlineData("p=reject;", "p=quarantine;", "PolicyWeakened Dmarc Error")]
    [InlineData("p=reject; rua=mailto:d@a.test", "p=reject; t=y; rua=mailto:d@a.test", "PolicyWeakened Dmarc Error")]
    [InlineData("p=reject; rua=mailto:d@a.test", "p=reject; sp=none; rua=mailto:d@a.test", "PolicyWeakened Dmarc Error")]
    [InlineData("p=reject; rua=mailto:d@a.test", "p=reject; rua=mailto:d@a.test,mailto:e@a.test", "RecordChanged Dmarc Warning")]
    [InlineData("_dmarc.a.test TXT", "_other.a.test TXT", "RecordRemoved Dmarc Error")]
    [InlineData("a.test TXT v=spf1 mx", "a.test TXT other mx", "RecordRemoved Spf Error")]
    [InlineData("one.test -all", "one.test ~all", "PolicyWeakened Spf Information, RecordChanged Spf Information")]
    [InlineData("one.test -all", "one.test ?all", "PolicyWeakened Spf Error, RecordChanged Spf Information")]
    [InlineData("include:_spf.one.test", "include:_spf.one.test include:_spf.two.test", "RecordChanged Spf Information, IncludeGained Spf Warning, SenderAuthorized Spf Warning")]
    [InlineData("include:_spf.one.test", "", "RecordChanged Spf Information, IncludeLost Spf Warning, SenderRemoved Spf Warning")]
    [InlineData("v=spf1 ip4:11.1.0.0/24 ~all", "v=spf1 ip4:11.1.0.0/23 ~all", "SenderAuthorized Spf Warning")]
    [InlineData("v=spf1 ip4:11.1.0.0/24 ~all", "v=spf1 ip4:11.1.0.0/25 ip4:11.1.0.128/25 ~all", "")]
    [InlineData("a.test TXT v=spf1 mx", "a.test TXT v=spf1 mx bogus", "RecordChanged Spf Error, SenderRemoved Spf Warning")]
    [InlineData("_spf.one.test TXT v=spf1 ip4", "_spf.one.test TXT v=spf1 a:1.test a:2.test a:3.test a:4.test a:5.test a:6.test a:7.test a:8.test a:9.test ip4", "LookupLimitExceeded Spf Error")]
    [InlineData("p=11qY", "p=22qY", "KeyRotated Dkim Information")]
    [InlineData("p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "p=", "KeyRemoved Dkim Warning")]
    [InlineData("s1._domainkey", "s9._domainkey", "KeyRemoved Dkim Warning")]
    [InlineData("k=ed25519; p", "t=y; k=ed25519; p", "RecordChanged Dkim Warning")]
    [InlineData("MX mx1.a.test\nmx1.a.test A 11.0.0.1", "MX mx2.a.test\nmx2.a.test A 11.0.0.1", "MxChanged Mx Warning")]
    [InlineData("_smtp._tls.a.test TXT", "_none._tls.a.test TXT", "RecordRemoved TlsRpt Warning")]
    [InlineData("_spf.one.test TXT v=spf1 ip4:11.1.0.0/24 ~all", "_spf.one.test FAILS ServFail", "LookupFailed Spf Warning")]
    [InlineData("_dmarc.a.test TXT v=DMARC1; p=reject; rua=mailto:d@a.test", "_dmarc.a.test FAILS Timeout", "LookupFailed Dmarc Warning")]
    [InlineData("s1._domainkey.a.test TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "s1._domainkey.a.test FAILS ServFail", "LookupFailed Dkim Warning")]
    public async Task A_change_of_the_zone_gives_these_changes(string was, string isNow, string expected)
    {
        string zone = Before.ReplaceLineEndings("\n");
        Assert.Contains(was, zone, StringComparison.Ordinal);
        MailDomainResult before = await InspectAsync(zone);
        MailDomainResult after = await InspectAsync(zone.Replace(was, isNow, StringComparison.Ordinal));

        string[] changes = Describe(before, after);

        // Grades are told as well; their rules have their own tests.
        Assert.Equal(expected, string.Join(", ", changes.Where(change => !change.StartsWith("Grade", StringComparison.Ordinal))));
        Assert.Equal(changes, Describe(Saved(before, false), Saved(after, true)));
        Assert.Equal(changes, Describe(Saved(before, true), MailDomainSnapshot.From(after)));
    }

    /// <summary>A wildcard that gives every selector a key comes and goes as one; what answered as its own selector before is no change.</summary>
    [Theory]
    [InlineData("s1", "*", "KeyAdded *")]
    [InlineData("*", "s1", "KeyRemoved *")]
    [InlineData("*", "*", "")]
    [InlineData("s1", "s1", "")]
    public async Task A_wildcard_key_that_comes_or_goes_is_told(string was, string isNow, string expected)
    {
        MailDomainSnapshot before = MailDomainSnapshot.From(await InspectAsync(Before.Replace("s1._dom", was + "._dom", StringComparison.Ordinal), []));
        MailDomainSnapshot after = MailDomainSnapshot.From(await InspectAsync(Before.Replace("s1._dom", isNow + "._dom", StringComparison.Ordinal), []));
        MailDomainSnapshot narrow = MailDomainSnapshot.From(await InspectAsync(Before.Replace("s1._dom", isNow + "._dom", StringComparison.Ordinal)));

        Assert.Equal(expected, string.Join(", ", new MailDomainComparer([before]).Compare(after)
            .Where(change => change.Part == MailDomainPart.Dkim)
            .Select(change => change.Kind + " " + (change.Kind == MailDomainChangeKind.KeyAdded ? Subject(before, after) : Subject(after, before)))));

        // With selectors that were given nobody looks for a wildcard.
        Assert.DoesNotContain(new MailDomainComparer([before]).Compare(narrow), change => change.Explanation.Contains('*', StringComparison.Ordinal));

        static string Subject(MailDomainSnapshot less, MailDomainSnapshot more) => Assert.Single(more.Keys.Keys.Except(less.Keys.Keys), key => key == "*");
    }

    /// <summary>In a CSV there are no key records, but it says that no key is in force any more.</summary>
    [Fact]
    public async Task A_key_that_is_revoked_is_told_from_texts_too()
    {
        MailDomainSnapshot before = Flat(await InspectAsync(Before));
        MailDomainSnapshot after = Flat(await InspectAsync(Before.Replace("p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "p=", StringComparison.Ordinal)));

        Assert.Contains("RecordChanged Dkim Warning", Describe(before, after));
        Assert.DoesNotContain(Describe(before, before), change => change.Contains("Dkim", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_changes_where_nothing_did() =>
        Assert.Empty(Describe(await InspectAsync(Before), await InspectAsync(Before)));

    [Fact]
    public async Task A_stronger_policy_and_a_better_grade_are_good_news()
    {
        MailDomainResult after = await InspectAsync(Before);
        MailDomainResult before = await InspectAsync(Before.Replace("p=reject", "p=none", StringComparison.Ordinal));

        Assert.Equal(["PolicyStrengthened Dmarc Information", "GradeUp None Information"], Describe(before, after));
        Assert.Contains("GradeDown None Warning", Describe(after, before));
    }

    [Fact]
    public async Task A_domain_that_is_gone_is_told_as_one_thing()
    {
        string[] changes = Describe(await InspectAsync(Before), await InspectAsync("b.test TXT x"));

        Assert.Equal(["DomainVanished None Error"], changes);
    }

    [Theory]
    [InlineData(DnsFailure.Timeout)]
    [InlineData(DnsFailure.ServerFailure)]
    public async Task A_failed_look_is_told_as_that_and_nothing_else(DnsFailure failure)
    {
        MailDomainResult before = await InspectAsync(Before);
        MailDomainSnapshot after = new() { Domain = "a.test", Status = MailDomainStatus.DnsFailure, DnsFailure = failure };

        Assert.Equal(["LookupFailed None Warning"], Describe(MailDomainSnapshot.From(before), after));
        Assert.Equal(["LookupRecovered None Information"], Describe(after, MailDomainSnapshot.From(before)));
    }

    /// <summary>A file of an earlier version has a word or number of its own for each way to fail; nothing in it is taken for an absence.</summary>
    [Theory]
    [InlineData("\"Status\":\"DnsTimeout\"", "DnsTimeout")]
    [InlineData("\"Status\":\"DnsNetworkError\"", "DnsNetworkError")]
    [InlineData("\"Status\":9", "DnsFailure")]
    [InlineData("\"Status\":\"DnsFailure\",\"DnsFailure\":\"Refused\"", "DnsRefused")]
    [InlineData("\"Status\":5,\"DnsFailure\":0", "DnsTimeout")]
    [InlineData("\"Status\":\"DnsFailure\",\"DnsFailure\":\"\"", "DnsFailure")]
    public async Task A_failure_that_was_saved_is_a_failure(string saved, string word)
    {
        MailDomainSnapshot failed = Read("{\"Domain\":\"a.test\"," + saved + ",\"SpfRecord\":\"\",\"DmarcRecord\":\"\"}");
        MailDomainSnapshot sound = MailDomainSnapshot.From(await InspectAsync(Before));

        Assert.Equal(MailDomainStatus.DnsFailure, failed.Status);
        Assert.Equal((MailDomainChangeKind.LookupRecovered, word, "Complete"), new MailDomainComparer([failed]).Compare(sound).Select(change => (change.Kind, change.Old, change.New)).Single());
        Assert.Equal((MailDomainChangeKind.LookupFailed, "Complete", word), new MailDomainComparer([sound]).Compare(failed).Select(change => (change.Kind, change.Old, change.New)).Single());
    }

    [Theory]
    [InlineData("\"DnsServerFailure\"")]
    [InlineData("\"DnsFailure\"")]
    [InlineData("7")]
    [InlineData("11")]
    public async Task A_part_that_failed_when_it_was_saved_is_not_compared(string status)
    {
        MailDomainSnapshot sound = MailDomainSnapshot.From(await InspectAsync(Before));
        MailDomainSnapshot part = Read(
            "{\"Domain\":\"a.test\",\"Status\":\"Complete\",\"MxHost\":\"\",\"MxStatus\":" + status + ",\"DkimSelector\":\"\",\"DkimStatus\":" + status + ",\"TlsRptStatus\":" + status + "}");

        Assert.Equal([PartStatus.DnsFailure], new[] { MailDomainPart.Mx, MailDomainPart.Dkim, MailDomainPart.TlsRpt }.Select(one => part.Parts[one]).Distinct());
        Assert.All(Describe(sound, part), change => Assert.StartsWith("Grade", change, StringComparison.Ordinal));
        Assert.All(Describe(part, sound), change => Assert.StartsWith("Grade", change, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Domains_come_and_go()
    {
        MailDomainSnapshot one = MailDomainSnapshot.From(await InspectAsync(Before));
        MailDomainSnapshot two = one with { Domain = "b.test" };
        MailDomainComparer comparer = new([one]);

        Assert.Equal(MailDomainChangeKind.DomainAdded, Assert.Single(comparer.Compare(two)).Kind);
        Assert.Equal((MailDomainChangeKind.DomainRemoved, "a.test"), comparer.Complete().Select(change => (change.Kind, change.Domain)).Single());
    }

    [Theory]
    [InlineData(MtaStsMode.Enforce, MtaStsMode.Testing, "PolicyWeakened MtaSts Warning")]
    [InlineData(MtaStsMode.Testing, MtaStsMode.Enforce, "PolicyStrengthened MtaSts Information")]
    [InlineData(MtaStsMode.Enforce, MtaStsMode.Enforce, "")]
    [InlineData(null, MtaStsMode.Enforce, "")]
    public async Task A_policy_of_MTA_STS_that_asks_for_less_is_weaker(MtaStsMode? was, MtaStsMode? isNow, string expected)
    {
        MailDomainSnapshot domain = MailDomainSnapshot.From(await InspectAsync(Before));

        Assert.Equal(expected, string.Join(", ", Describe(domain with { MtaStsMode = was }, domain with { MtaStsMode = isNow })));
    }

    [Fact]
    public async Task A_domain_that_is_listed_twice_is_told_once()
    {
        MailDomainSnapshot one = MailDomainSnapshot.From(await InspectAsync(Before));
        MailDomainSnapshot now = MailDomainSnapshot.From(await InspectAsync(Before.Replace("p=reject", "p=none", StringComparison.Ordinal)));
        MailDomainComparer comparer = new([one, one]);

        Assert.NotEmpty(comparer.Compare(now));
        Assert.Empty(comparer.Compare(now with { Domain = "A.test" }));
        Assert.Empty(comparer.Complete());
    }

    /// <summary>A run that went on after an outage has the failed row first: the answer that came later is compared as well.</summary>
    [Fact]
    public async Task A_domain_whose_look_ups_failed_first_is_compared_by_its_later_row()
    {
        MailDomainSnapshot one = MailDomainSnapshot.From(await InspectAsync(Before));
        MailDomainSnapshot now = MailDomainSnapshot.From(await InspectAsync(Before.Replace("p=reject", "p=none", StringComparison.Ordinal)));
        MailDomainSnapshot failed = new() { Domain = now.Domain, Status = MailDomainStatus.DnsFailure };
        MailDomainComparer direct = new([one]);
        MailDomainComparer comparer = new([one]);

        IReadOnlyList<MailDomainChange> first = comparer.Compare(failed);
        Assert.Equal(direct.Compare(now), comparer.Compare(now));
        Assert.DoesNotContain(first, change => change.Part == MailDomainPart.Dmarc && change.New == "None");
        Assert.Empty(comparer.Compare(now));
        Assert.Empty(comparer.Complete());
    }

    /// <summary>For DMARC both are the same, which counts only where DMARC is enforced and the domain sends mail.</summary>
    [Theory]
    [InlineData("p=reject", "-all", "~all", Severity.Information)]
    [InlineData("p=quarantine", "-all", "~all", Severity.Information)]
    [InlineData("p=none", "-all", "~all", Severity.Error)]
    [InlineData("p=reject; t=y", "-all", "~all", Severity.Information)]
    [InlineData("p=quarantine; t=y", "-all", "~all", Severity.Error)]
    [InlineData("p=reject", "~all", "?all", Severity.Error)]
    [InlineData("p=reject", "-all", "+all", Severity.Error)]
    public async Task An_SPF_record_that_ends_in_softfail_is_no_weaker_if_DMARC_is_enforced(string policy, string was, string isNow, Severity expected)
    {
        string zone = Before.Replace("p=reject", policy, StringComparison.Ordinal);
        MailDomainResult before = await InspectAsync(zone.Replace("one.test -all", "one.test " + was, StringComparison.Ordinal));
        MailDomainResult after = await InspectAsync(zone.Replace("one.test -all", "one.test " + isNow, StringComparison.Ordinal));
        Assert.Equal($"PolicyWeakened Spf {expected}", Assert.Single(Describe(before, after), change => change.StartsWith("PolicyWeakened", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(SendingProfile.Sends, Severity.Information)]
    [InlineData(SendingProfile.Parked, Severity.Error)]
    [InlineData(SendingProfile.ReceivesOnly, Severity.Error)]
    [InlineData(SendingProfile.Unknown, Severity.Error)]
    public async Task A_domain_that_sends_no_mail_keeps_its_fail(SendingProfile profile, Severity expected)
    {
        MailDomainSnapshot before = MailDomainSnapshot.From(await InspectAsync(Before)) with { Profile = profile };
        MailDomainSnapshot after = before with { SpfAll = "~all" };
        Assert.Equal($"PolicyWeakened Spf {expected}", Assert.Single(Describe(before, after)));
    }

    [Fact]
    public async Task A_CSV_tells_what_its_columns_hold()
    {
        MailDomainSnapshot before = Flat(await InspectAsync(Before));
        MailDomainSnapshot after = Flat(await InspectAsync(Before
            .Replace("include:_spf.one.test -all", "include:_spf.two.test ip4:11.9.0.1 ~all", StringComparison.Ordinal)
            .Replace("s1._domainkey", "s2._domainkey", StringComparison.Ordinal)));

        Assert.Equal(
            [
                "PolicyWeakened Spf Information", "RecordChanged Spf Information", "IncludeGained Spf Warning", "IncludeLost Spf Warning", "SenderAuthorized Spf Warning",
                "KeyRemoved Dkim Warning", "KeyAdded Dkim Information",
            ],
            Describe(before, after).Where(change => !change.StartsWith("Grade", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("MxHost")]
    [InlineData("SpfRecord")]
    [InlineData("DmarcRecord")]
    [InlineData("DkimSelector,Dkim")]
    [InlineData("SpfAll,SpfLookupCount,Spf")]
    public async Task A_column_that_was_left_out_is_no_record_that_is_gone(string columns)
    {
        MailDomainResult result = await InspectAsync(Before);
        MailDomainSnapshot few = SnapshotReader.Read(new JsonNode(JsonDocument.Parse(JsonSerializer.Serialize(
            typeof(MailDomainResult).GetProperties()
                .Where(property => !columns.Split(',').Contains(property.Name))
                .ToDictionary(property => property.Name, property => property.GetValue(result)?.ToString()))).RootElement))!;

        Assert.Empty(Describe(few, MailDomainSnapshot.From(result)));
        Assert.Empty(Describe(MailDomainSnapshot.From(result), few));
    }

    [Fact]
    public async Task Where_it_was_not_saved_which_look_ups_failed_it_may_have_been_any()
    {
        MailDomainResult before = await InspectAsync(Before);
        MailDomainResult after = await InspectAsync(Before.Replace(
            "_dmarc.a.test TXT v=DMARC1; p=reject; rua=mailto:d@a.test", "_dmarc.a.test FAILS Timeout", StringComparison.Ordinal));
        MailDomainSnapshot few = MailDomainSnapshot.From(after) with { FailedParts = MailDomainPart.None };

        Assert.Equal(MailDomainStatus.Incomplete, few.Status);
        Assert.DoesNotContain("RecordRemoved Dmarc Error", Describe(MailDomainSnapshot.From(before), few));
    }

    /// <summary>A CSV has the record only: the addresses that it names are compared as sets, whatever terms name them.</summary>
    [Theory]
    [InlineData("ip4:192.0.2.0/25 -all", "ip4:192.0.2.0/24 -all", "", "192.0.2.128/25")]
    [InlineData("ip4:192.0.2.0/24 -all", "ip4:192.0.2.0/25 -all", "192.0.2.128/25", "")]
    [InlineData("ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "ip4:192.0.2.0/24 -all", "", "")]
    [InlineData("ip4:192.0.2.1 ip4:192.0.2.2 -all", "ip4:192.0.2.2 +ip4:192.0.2.1 -all", "", "")]
    [InlineData("ip6:2001:db8::/33 -all", "ip6:2001:db8::/32 -all", "", "2001:db8:8000::/33")]
    [InlineData("ip4:192.0.2.0/24 -all", "-ip4:192.0.2.7 ip4:192.0.2.0/24 -all", "192.0.2.7", "")]
    [InlineData("ip4:192.0.2.0/24 -all", "ip4:192.0.2.0/24 -ip4:192.0.2.7 -all", "", "")]
    [InlineData("ip4:192.0.2.0/24 -all", "+all", "", "")]
    [InlineData("a mx ip4:192.0.2.1 -all", "mx ip4:192.0.2.0/30 -all", "a", "192.0.2.0; 192.0.2.2/31")]
    [InlineData("+all", "ip4:0.0.0.0/1 ip6:::/0 a -all", "128.0.0.0/1", "")]
    [InlineData("a +all", "ip4:0.0.0.0/1 ip6:::/0 ?all", "128.0.0.0/1", "")]
    [InlineData("-ip4:0.0.0.0/2 +all", "ip4:0.0.0.0/1 ip6:::/0 -all", "128.0.0.0/1", "0.0.0.0/2")]
    [InlineData("-ip4:192.0.2.7 +all", "+all", "", "192.0.2.7")]
    [InlineData("+all", "-ip4:192.0.2.7 +all", "192.0.2.7", "")]
    [InlineData("a ip4:192.0.2.7 -all", "mx +all", "", "")]
    public void A_CSV_compares_sets_of_addresses(string before, string after, string removed, string added)
    {
        MailDomainSnapshot[] looks = [.. new[] { before, after }.Select(record => new MailDomainSnapshot
        {
            Domain = "a.test",
            SpfStatus = SpfRecordStatus.Found,
            SpfRecord = "v=spf1 " + record,
        })];
        IReadOnlyList<MailDomainChange> changes = new MailDomainComparer([looks[0]]).Compare(looks[1]);

        Assert.Equal(removed, changes.SingleOrDefault(change => change.Kind == MailDomainChangeKind.SenderRemoved)?.Old ?? "");
        Assert.Equal(added, changes.SingleOrDefault(change => change.Kind == MailDomainChangeKind.SenderAuthorized)?.New ?? "");
    }

    /// <summary>A host and its address are one sender, which texts cannot tell; addresses that are known on both sides are certain.</summary>
    [Theory]
    [InlineData("mx -all", "ip4:203.0.113.1 -all", "SenderAuthorized may, SenderRemoved may")]
    [InlineData("ip4:203.0.113.1 -all", "mx -all", "SenderAuthorized may, SenderRemoved may")]
    [InlineData("a:one.test -all", "mx -all", "SenderAuthorized may, SenderRemoved may")]
    [InlineData("include:one.test -all", "ip4:203.0.113.1 -all", "SenderAuthorized may")]
    [InlineData("ip4:203.0.113.1 -all", "include:one.test -all", "SenderRemoved may")]
    [InlineData("ip4:203.0.113.1 -all", "ip4:203.0.113.2 -all", "SenderAuthorized, SenderRemoved")]
    [InlineData("mx ip4:203.0.113.1 -all", "mx ip4:203.0.113.2 -all", "SenderAuthorized, SenderRemoved")]
    [InlineData("mx ip4:203.0.113.1 -all", "ip4:203.0.113.1 -all", "SenderRemoved")]
    [InlineData("ip4:203.0.113.1 -all", "mx ip4:203.0.113.1 -all", "SenderAuthorized")]
    public void A_CSV_is_sure_only_of_addresses(string before, string after, string expected)
    {
        MailDomainSnapshot[] looks = [.. new[] { before, after }.Select(record => new MailDomainSnapshot
        {
            Domain = "a.test",
            SpfStatus = SpfRecordStatus.Found,
            SpfRecord = "v=spf1 " + record,
        })];
        MailDomainChange[] changes = [.. new MailDomainComparer([looks[0]]).Compare(looks[1])
            .Where(change => change.Kind is MailDomainChangeKind.SenderAuthorized or MailDomainChangeKind.SenderRemoved)];

        Assert.Equal(expected, string.Join(", ", changes.Select(change =>
            change.Kind + (change.Explanation.Contains(" may have covered ", StringComparison.Ordinal)
                || change.Explanation.Contains(" may still cover ", StringComparison.Ordinal) ? " may" : ""))));
        Assert.All(changes, change => Assert.Equal(
            change.Kind == MailDomainChangeKind.SenderAuthorized || !change.Explanation.Contains(" may still cover ", StringComparison.Ordinal)
                ? Severity.Warning
                : Severity.Information,
            change.Severity));
    }

    [Fact]
    public void What_a_new_include_may_cover_is_not_said_to_be_gone()
    {
        MailDomainSnapshot before = new() { Domain = "a.test", SpfStatus = SpfRecordStatus.Found, SpfRecord = "v=spf1 ip4:192.0.2.1 -all" };
        MailDomainSnapshot after = before with { SpfRecord = "v=spf1 include:_spf.one.test -all" };

        MailDomainChange change = new MailDomainComparer([before]).Compare(after).Single(one => one.Kind == MailDomainChangeKind.SenderRemoved);
        Assert.Equal(Severity.Information, change.Severity);
    }

    private const string KeyLine = "s1._domainkey.a.test TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Theory]
    [InlineData(KeyLine)]
    [InlineData("")]
    [InlineData("*._domainkey.a.test TXT v=DKIM1; p=")]
    [InlineData("*.a.test TXT v=spf1 -all")]
    [InlineData("s1._domainkey.a.test CNAME s1.gone.test")]
    [InlineData("s1._domainkey.a.test TXT v=DKIM1; k=ed25519; p=AAAA")]
    [InlineData("s1._domainkey.a.test TXT v=DKIM1; p=")]
    [InlineData(KeyLine + "\ndefault._domainkey.a.test CNAME s1.gone.test")]
    public async Task Another_choice_of_selectors_or_parts_is_no_change(string keys)
    {
        FakeResolver resolver = Zone.Parse(Before.ReplaceLineEndings("\n").Replace(KeyLine, keys, StringComparison.Ordinal)
            + "\n_mta-sts.a.test TXT v=STSv1; id=1");
        DomainName domain = DomainName.Parse("a.test");
        MailDomainOptions all = new() { Parts = MailDomainPart.All & ~MailDomainPart.Https, ProbeValidation = false };
        MailDomainOptions[] choices =
        [
            all,
            all with { Selectors = ["s1"] },
            all with { Selectors = ["other"] },
            all with { Selectors = ["s1", "default"] },
            all with { Profile = SendingProfile.Parked },
            all with { Profile = SendingProfile.Sends },
            all with { Parts = MailDomainPart.Dmarc },
            all with { Parts = MailDomainPart.Spf | MailDomainPart.Dmarc | MailDomainPart.Mx },
            all with { Parts = MailDomainPart.Dkim | MailDomainPart.TlsRpt, Selectors = ["none"] },
        ];
        List<MailDomainResult> results = [];
        foreach (MailDomainOptions choice in choices)
        {
            results.Add(await new MailDomainInspector(resolver, choice).InspectAsync(domain));
        }

        foreach (MailDomainResult one in results)
        {
            foreach (MailDomainResult other in results)
            {
                Assert.Empty(Describe(one, other));
                Assert.Empty(Describe(Flat(one), Flat(other)));
                Assert.Empty(Describe(Saved(one, true), Saved(other, false)));
            }
        }
    }

    /// <summary>Another choice hides no change: what it does not explain is one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_better_grade_is_told_also_if_other_selectors_were_tried(bool isProfileGiven)
    {
        SendingProfile? profile = isProfileGiven ? SendingProfile.Sends : null;
        MailDomainOptions options = new() { Parts = MailDomainPart.All & ~MailDomainPart.Https, ProbeValidation = false };
        DomainName domain = DomainName.Parse("a.test");
        MailDomainResult before = await new MailDomainInspector(
            Zone.Parse(Before.Replace("p=reject", "p=none", StringComparison.Ordinal)), options).InspectAsync(domain);
        MailDomainResult after = await new MailDomainInspector(
            Zone.Parse(Before), options with { Selectors = ["s1", "s2"], Profile = profile }).InspectAsync(domain);

        Assert.Contains("GradeUp None Information", Describe(before, after));
        Assert.Contains("GradeDown None Warning", Describe(Flat(after), Flat(before)));
    }

    [Theory]
    [InlineData("It was given.", true)]
    [InlineData("There is a DKIM key (selector s1).", false)]
    [InlineData("", false)]
    public void The_reason_says_whether_a_profile_was_given(string reason, bool expected) =>
        Assert.Equal(expected, ProfileInference.IsGiven(reason));

    [Fact]
    public void The_reason_says_so_in_each_language() => Assert.True(ProfileInference.IsGiven(
        Strings.ResourceManager.GetString(nameof(Strings.Profile_Given), System.Globalization.CultureInfo.GetCultureInfo("ja"))!));

    [Theory]
    [InlineData(MailDomainPart.All, "LookupRecovered Bimi Information")]
    [InlineData(MailDomainPart.All & ~MailDomainPart.Bimi, "")]
    public void A_part_that_was_not_looked_at_has_not_recovered(MailDomainPart parts, string expected)
    {
        MailDomainSnapshot before = new() { Domain = "a.test", Status = MailDomainStatus.Incomplete, FailedParts = MailDomainPart.Bimi, CheckedParts = MailDomainPart.All };

        Assert.Equal(expected, string.Join(",", Describe(before, new MailDomainSnapshot { Domain = "a.test", CheckedParts = parts })));
    }

    [Fact]
    public async Task A_selector_that_was_looked_for_and_is_gone_is_told()
    {
        MailDomainOptions options = new() { Parts = MailDomainPart.Dkim, Selectors = ["s1"], ProbeValidation = false };
        MailDomainResult before = await new MailDomainInspector(Zone.Parse(Before), options).InspectAsync(DomainName.Parse("a.test"));
        MailDomainResult after = await new MailDomainInspector(Zone.Parse(Before.Replace("s1._domainkey", "s7._domainkey", StringComparison.Ordinal)), options)
            .InspectAsync(DomainName.Parse("a.test"));

        Assert.Equal(["KeyRemoved Dkim Warning"], Describe(before, after));
        Assert.Equal(["KeyRemoved Dkim Warning"], Describe(Flat(before), Flat(after)));
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_neither_gone_nor_new()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(number => $"\"d{number}.example\",\"Complete\",\"A\",\"Found\",\"v=spf1 -all\"")];
        string sound = "\"Domain\",\"Status\",\"Grade\",\"SpfStatus\",\"SpfRecord\"\r\n" + string.Join("\r\n", rows) + "\r\n";
        Random random = new(11);
        for (int round = 0; round < 400; round++)
        {
            int at = random.Next(sound.IndexOf('\n', StringComparison.Ordinal) + 1, sound.Length);
            string damaged = sound[at] == '"' ? sound.Remove(at, 1) : sound.Insert(at, "\"");
            foreach ((string before, string after) in new[] { (sound, damaged), (damaged, sound) })
            {
                List<string> lost = [];
                MailDomainComparer comparer = new(Snapshots(before, lost.Add));
                lost.ForEach(comparer.AddLostBefore);
                List<MailDomainChange> changes = [.. Snapshots(after, comparer.AddLostAfter).SelectMany(comparer.Compare)];
                changes.AddRange(comparer.Complete());
                Assert.DoesNotContain(changes, change => change.Kind is MailDomainChangeKind.DomainRemoved or MailDomainChangeKind.DomainAdded);
            }
        }
    }

    private static IEnumerable<MailDomainSnapshot> Snapshots(string csv, Action<string> lost)
    {
        foreach (SnapshotTableItem item in SnapshotTable.Read(new StringReader(csv)))
        {
            if (item.Snapshot is { } snapshot)
            {
                yield return snapshot;
            }
            else
            {
                lost(item.LostText!);
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Domain\":\"a.test\"}")]
    [InlineData("{\"Domain\":\"a.test\",\"Status\":\"Odd\"}")]
    [InlineData("[]")]
    [InlineData("5")]
    public void What_is_no_result_is_not_taken_for_one(string json) =>
        Assert.Null(SnapshotReader.Read(new JsonNode(JsonDocument.Parse(json).RootElement)));

    private static string[] Describe(MailDomainResult before, MailDomainResult after) => Describe(MailDomainSnapshot.From(before), MailDomainSnapshot.From(after));

    private static string[] Describe(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        IReadOnlyList<MailDomainChange> changes = new MailDomainComparer([before]).Compare(after);
        Assert.All(changes, change => Assert.True(change.Explanation.Length > 20 && change.Explanation.EndsWith('.') && !change.Explanation.Contains('{', StringComparison.Ordinal), change.Explanation));
        return [.. changes.Select(change => $"{change.Kind} {change.Part} {change.Severity}")];
    }

    private static MailDomainSnapshot Read(string json) => SnapshotReader.Read(new JsonNode(JsonDocument.Parse(json).RootElement))!;

    /// <summary>By way of JSON, its enums as names or, as PowerShell writes them, as numbers.</summary>
    private static MailDomainSnapshot Saved(MailDomainResult result, bool names) =>
        SnapshotReader.Read(new JsonNode(JsonDocument.Parse(JsonSerializer.Serialize(result, names ? Names : Numbers)).RootElement))!;

    /// <summary>By way of texts, as a CSV has them.</summary>
    private static MailDomainSnapshot Flat(MailDomainResult result) =>
        SnapshotReader.Read(new JsonNode(JsonDocument.Parse(JsonSerializer.Serialize(
            typeof(MailDomainResult).GetProperties().ToDictionary(property => property.Name, property => property.GetValue(result)?.ToString()))).RootElement))!;

    private static Task<MailDomainResult> InspectAsync(string zone) => InspectAsync(zone, ["s1", "s2"]);

    private static async Task<MailDomainResult> InspectAsync(string zone, string[] selectors)
    {
        FakeResolver resolver = Zone.Parse(zone);
        MailDomainInspector inspector = new(resolver, new MailDomainOptions { Parts = MailDomainPart.All & ~MailDomainPart.Https, Selectors = selectors, ProbeValidation = false });
        return await inspector.InspectAsync(DomainName.Parse("a.test"));
    }
}
