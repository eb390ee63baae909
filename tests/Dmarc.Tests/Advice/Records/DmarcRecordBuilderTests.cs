using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.Records;

public class DmarcRecordBuilderTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    private static string[] Codes(DmarcRecordDraft draft) => [.. draft.Findings.Select(finding => finding.Code)];

    [Fact]
    public void Writes_every_tag_in_the_usual_order()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder
        {
            Domain = Example,
            Policy = DmarcPolicy.Reject,
            SubdomainPolicy = DmarcPolicy.Quarantine,
            NonexistentSubdomainPolicy = DmarcPolicy.Reject,
            PublicSuffixDomain = PublicSuffixDomain.No,
            Testing = true,
            DkimAlignment = AlignmentMode.Strict,
            SpfAlignment = AlignmentMode.Strict,
            AggregateReportUri = ["a@example.com", "mailto:b@example.com"],
            FailureReportUri = ["f@example.com"],
            FailureOptions = FailureReportOptions.AnyFail | FailureReportOptions.Dkim,
        }.Build();

        Assert.Equal(
            "v=DMARC1; p=reject; sp=quarantine; np=reject; t=y; psd=n; adkim=s; aspf=s; rua=mailto:a@example.com,mailto:b@example.com; ruf=mailto:f@example.com; fo=1:d",
            draft.Value);
        Assert.Contains("DmarcSubdomainPolicyWeaker", Codes(draft));
    }

    [Fact]
    public void Binds_the_cmdlets_that_publish()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder
        {
            Domain = DomainName.Parse("sub.example.co.uk"),
            Stage = RolloutStage.Monitor,
            TimeToLive = TimeSpan.FromMinutes(5),
        }.Build();

        Assert.Equal("_dmarc.sub", draft.Name);
        Assert.Equal("example.co.uk", draft.ZoneName);
        Assert.Equal("_dmarc.sub.example.co.uk", draft.FullName);
        Assert.Equal("TXT", draft.Type);
        Assert.Equal(draft.Value, draft.DescriptiveText);
        Assert.Equal("_dmarc.sub.example.co.uk. 300 IN TXT \"v=DMARC1; p=none\"", draft.ZoneLine);
        Assert.Equal(draft.ZoneLine, draft.ToString());
    }

    [Fact]
    public void Takes_the_zone_that_is_given()
    {
        DomainName sub = DomainName.Parse("sub.example.com");

        Assert.Equal("_dmarc", new DmarcRecordBuilder { Domain = sub, ZoneName = sub }.Build().Name);
        Assert.Throws<ArgumentException>(() => new DmarcRecordBuilder { Domain = Example, ZoneName = sub }.Build());
    }

    [Theory]
    [InlineData(RolloutStage.Monitor, "v=DMARC1; p=none")]
    [InlineData(RolloutStage.QuarantineTest, "v=DMARC1; p=quarantine; t=y")]
    [InlineData(RolloutStage.Quarantine, "v=DMARC1; p=quarantine")]
    [InlineData(RolloutStage.RejectTest, "v=DMARC1; p=reject; t=y")]
    [InlineData(RolloutStage.Reject, "v=DMARC1; p=reject")]
    public void Knows_the_stages_of_a_roll_out(RolloutStage stage, string expected)
    {
        DmarcRecordBuilder builder = new() { Domain = Example, Stage = stage };

        Assert.Equal(expected, builder.Build().Value);
        Assert.Equal(expected + "; rua=mailto:d@example.com", (builder with { From = "v=DMARC1; p=quarantine; t=y; rua=mailto:d@example.com" })
            .Build().Value);
    }

    [Fact]
    public void Changes_only_what_is_given()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder
        {
            Domain = Example,
            From = "v=DMARC1; rua=mailto:a@example.com; p=none; zz=1; adkim=s",
            Policy = DmarcPolicy.Quarantine,
            DkimAlignment = AlignmentMode.Relaxed,
        }.Build();

        Assert.Equal("v=DMARC1; p=quarantine; rua=mailto:a@example.com; zz=1", draft.Value);
        Assert.Contains("DmarcTagUnknown", Codes(draft));
    }

    [Fact]
    public void Leaves_historic_tags_out_and_says_so()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, From = "v=DMARC1; p=reject; pct=50; rf=afrf; ri=3600; rua=mailto:a@example.com" }.Build();

        Assert.Equal("v=DMARC1; p=reject; rua=mailto:a@example.com", draft.Value);
        Assert.Equal(["DmarcHistoricTagDropped", "DmarcHistoricTagDropped", "DmarcHistoricTagDropped"], Codes(draft));
    }

    [Theory]
    [InlineData("\"v=dmarc1; p=reject\"", "v=DMARC1; p=reject", 0)]
    [InlineData("p=reject; v=DMARC1", "v=DMARC1; p=reject", 0)]
    [InlineData("v=DMARC1;; p=reject;; adkm=s", "v=DMARC1; p=reject; adkim=s", 0)]
    [InlineData("v=DMARC1; p=reject; p=none; sp", "v=DMARC1; p=reject", 1)]
    [InlineData("v=DMARC1; p=block", "v=DMARC1; p=none", 0)]
    public void Mends_an_old_record(string from, string expected, int dropped)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, From = from }.Build();

        Assert.Equal(expected, draft.Value);
        Assert.Equal(dropped, Codes(draft).Count(code => code == "DmarcTagDropped"));
    }

    [Theory]
    [InlineData("a@example.com", "mailto:a@example.com")]
    [InlineData(" a@bücher.example ", "mailto:a@xn--bcher-kva.example")]
    [InlineData("\"a,b\"@example.com", "mailto:%22a%2Cb%22@example.com")]
    [InlineData("b#c!@example.com", "mailto:b%23c%21@example.com")]
    [InlineData("mailto:a@example.com,b@example.com", "mailto:a@example.com,mailto:b@example.com")]
    [InlineData("a@example.com,mailto:a@example.com", "mailto:a@example.com")]
    [InlineData("https://example.com/a,b;c!", "https://example.com/a%2Cb%3Bc%21")]
    public void Writes_destinations_as_URIs(string given, string expected)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, Policy = DmarcPolicy.None, AggregateReportUri = [given] }.Build();

        Assert.Equal("v=DMARC1; p=none; rua=" + expected, draft.Value);
        PrintableList<DmarcReportUri> uris = DmarcRecordParser.Parse(draft.Value).AggregateReportUris;
        Assert.Equal(expected.Split(','), uris.Select(uri => uri.Text));
        Assert.All(uris, uri => Assert.True(uri.IsValid));
    }

    [Fact]
    public void An_empty_list_removes_the_tag() => Assert.Equal(
        "v=DMARC1; p=none",
        new DmarcRecordBuilder { Domain = Example, From = "v=DMARC1; p=none; rua=mailto:a@example.com", AggregateReportUri = [] }.Build().Value);

    [Fact]
    public void Splits_long_values_for_the_zone_file()
    {
        string[] many = [.. Enumerable.Range(0, 20).Select(number => "address-number-" + number + "@example.com")];
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, Policy = DmarcPolicy.None, AggregateReportUri = many }.Build();
        string data = draft.ZoneLine[(draft.ZoneLine.IndexOf('"', StringComparison.Ordinal) + 1)..^1];
        string[] strings = data.Split("\" \"");

        Assert.True(strings.Length > 2);
        Assert.All(strings, part => Assert.True(part.Length <= 255));
        Assert.Equal(draft.Value, string.Concat(strings));
    }

    [Fact]
    public void Tells_what_destinations_of_other_organisations_must_publish()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder
        {
            Domain = Example,
            Policy = DmarcPolicy.Reject,
            AggregateReportUri = ["a@reports.example.com", "b@in.reports.example.net"],
            FailureReportUri = ["c@in.reports.example.net"],
        }.Build();

        DmarcAuthorizationDraft record = Assert.Single(draft.ReportAuthorization);
        Assert.Equal("in.reports.example.net", record.Destination);
        Assert.Equal("example.com._report._dmarc.in.reports.example.net", record.Name);
        Assert.Equal("example.com._report._dmarc.in.reports.example.net. IN TXT \"v=DMARC1;\"", record.ZoneLine);
        Assert.Contains("DmarcDestinationMustPublish", Codes(draft));
    }

    [Fact]
    public void Checks_its_own_result()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, Policy = DmarcPolicy.None, FailureOptions = FailureReportOptions.AnyFail }.Build();

        Assert.Equal(["DmarcPolicyNone", "DmarcAggregateReportsMissing", "DmarcFailureOptionsUnused"], Codes(draft));
        Assert.Equal(Severity.Warning, draft.Findings[0].Severity);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none; rau=mailto:a@example.com; rua=mailto:c@example.com", "v=DMARC1; p=none; rau=mailto:a@example.com; rua=mailto:c@example.com", false)]
    [InlineData("v=DMARC1; p=none; rua=mailto:c@example.com; rau=mailto:a@example.com", "v=DMARC1; p=none; rua=mailto:c@example.com; rau=mailto:a@example.com", false)]
    [InlineData("v=DMARC1; p=none; rau=mailto:a@example.com", "v=DMARC1; p=none; rua=mailto:a@example.com", true)]
    [InlineData("v=DMARC1; p=none; foo=bar", "v=DMARC1; p=none; foo=bar", false)]
    [InlineData("v=DMARC1; p=none; foo=1:d", "v=DMARC1; p=none; fo=1:d", true)]
    [InlineData("v=DMARC1; p=none; adkmi=x", "v=DMARC1; p=none; adkmi=x", false)]
    public void Corrects_a_misspelt_tag_only_where_nothing_is_lost(string from, string expected, bool corrected)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, From = from }.Build();

        Assert.Equal(expected, draft.Value);
        Assert.Equal(corrected, Codes(draft).Contains("DmarcTagCorrected"));
        Assert.Equal(!corrected, Codes(draft).Contains("DmarcTagMisspelt"));
    }

    [Fact]
    public void Says_that_a_duplicate_made_the_old_record_invalid()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, From = "v=DMARC1; p=reject; p=none" }.Build();

        Assert.Contains("ignore the whole record", draft.Findings.Single(finding => finding.Code == "DmarcDuplicateDropped").Message, StringComparison.Ordinal);
    }

    /// <summary>What the inspection of the old record tells, the change of it tells as well.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=reject; v=DMARC1; rua=mailto:d@example.com", "DmarcDuplicateDropped")]
    [InlineData("v=DMARC1; v=DMARC1; p=reject; rua=mailto:d@example.com", "DmarcDuplicateDropped")]
    [InlineData("v=DMARC1;; p=reject; rua=mailto:d@example.com", "DmarcSeparatorDropped")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@example.com;;", "DmarcSeparatorDropped")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@example.com,", "DmarcSeparatorDropped")]
    [InlineData("v=DMARC1; p=reject; rua=,mailto:d@example.com", "DmarcSeparatorDropped")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@example.com;", null)]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@example.com", null)]
    public void Tells_what_of_the_old_record_was_left_out(string from, string? code)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, From = from }.Build();

        Assert.Equal("v=DMARC1; p=reject; rua=mailto:d@example.com", draft.Value);
        Assert.Equal(code is null ? [] : [code], Codes(draft));
    }

    [Fact]
    public void The_name_of_a_record_stands_for_its_domain()
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = DomainName.Parse("_dmarc.example.com"), ZoneName = Example }.Build();

        Assert.Equal("_dmarc.example.com", draft.FullName);
        Assert.Equal("example.com", draft.Domain);
        Assert.Contains("DmarcPrefixRemoved", Codes(draft));
    }

    [Fact]
    public void What_an_inherited_record_says_of_subdomains_stays_behind()
    {
        DmarcRecordBuilder builder = new()
        {
            Domain = DomainName.Parse("news.example.com"),
            From = "v=DMARC1; p=reject; sp=quarantine; np=reject; psd=n; rua=mailto:a@example.com",
            FromDomain = Example,
        };
        DmarcRecordDraft draft = builder.Build();

        // Until now sp was in force for the subdomain.
        Assert.Equal("v=DMARC1; p=quarantine; rua=mailto:a@example.com", draft.Value);
        Assert.Equal(3, Codes(draft).Count(code => code == "DmarcInheritedTagDropped"));
        Assert.Equal("v=DMARC1; p=none; rua=mailto:a@example.com", (builder with { Policy = DmarcPolicy.None }).Build().Value);
        Assert.DoesNotContain("DmarcInheritedTagDropped", Codes((builder with { Domain = Example }).Build()));
    }

    [Theory]
    [InlineData(DmarcRecordStatus.Multiple, null, "DmarcOldRecordsNotTaken")]
    [InlineData(DmarcRecordStatus.Invalid, "v=DMARC1; p=none; p=none", "DmarcOldRecordInvalid")]
    public void Says_that_old_records_could_not_be_taken_over(DmarcRecordStatus status, string? from, string code)
    {
        DmarcRecordBuilder builder = new() { Domain = Example, From = from, FromStatus = status, Policy = DmarcPolicy.Reject };

        Assert.Contains(code, Codes(builder.Build()));
        Assert.DoesNotContain(code, Codes((builder with { FromStatus = DmarcRecordStatus.Found }).Build()));
    }

    [Theory]
    [InlineData(RolloutStage.Monitor, DmarcPolicy.Reject, null, true)]
    [InlineData(RolloutStage.RejectTest, null, false, true)]
    [InlineData(RolloutStage.Reject, DmarcPolicy.Reject, null, false)]
    [InlineData(RolloutStage.QuarantineTest, null, true, false)]
    public void Says_that_stage_and_policy_disagree(RolloutStage stage, DmarcPolicy? policy, bool? testing, bool contradicted)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder { Domain = Example, Stage = stage, Policy = policy, Testing = testing }.Build();

        Assert.Equal(contradicted, Codes(draft).Contains("DmarcStageContradicted"));
        Assert.Equal(contradicted ? null : stage, draft.Stage);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject", RolloutStage.Monitor, null, null, null, "p: reject → none, sp: reject → none, np: reject → none")]
    [InlineData("v=DMARC1; p=reject", RolloutStage.Quarantine, null, null, null, "p: reject → quarantine, sp: reject → quarantine, np: reject → quarantine")]
    [InlineData("v=DMARC1; p=reject", RolloutStage.RejectTest, null, null, null, "p: reject → quarantine (t=y), sp: reject → quarantine (t=y), np: reject → quarantine (t=y)")]
    [InlineData("v=DMARC1; p=reject", RolloutStage.Reject, null, null, null, null)]
    [InlineData("v=DMARC1; p=reject; t=y", RolloutStage.Quarantine, null, null, null, null)]
    [InlineData("v=DMARC1; p=reject; t=y", RolloutStage.QuarantineTest, null, null, null, "p: quarantine → none (t=y), sp: quarantine → none (t=y), np: quarantine → none (t=y)")]
    [InlineData("v=DMARC1; p=none; sp=reject", RolloutStage.Monitor, null, null, null, null)]
    [InlineData("v=DMARC1; p=reject; sp=none", RolloutStage.Monitor, null, null, null, "p: reject → none")]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=reject", null, null, DmarcPolicy.None, null, "sp: quarantine → none")]
    [InlineData("v=DMARC1; p=reject; np=reject", null, null, null, DmarcPolicy.None, "np: reject → none")]
    [InlineData("v=DMARC1; p=quarantine", null, DmarcPolicy.None, null, null, "p: quarantine → none, sp: quarantine → none, np: quarantine → none")]
    [InlineData("v=DMARC1; p=quarantine", null, DmarcPolicy.Reject, null, null, null)]
    [InlineData("v=DMARC1; p=quarantine", null, DmarcPolicy.Quarantine, null, null, null)]
    [InlineData("v=DMARC1; p=rejekt", RolloutStage.Monitor, null, null, null, null)]
    [InlineData("p=reject", RolloutStage.Monitor, null, null, null, null)]
    [InlineData(null, RolloutStage.Monitor, null, null, null, null)]
    public void Says_where_the_new_record_is_weaker_than_the_old_one(
        string? from, RolloutStage? stage, DmarcPolicy? policy, DmarcPolicy? subdomains, DmarcPolicy? nonexistent, string? weaker)
    {
        DmarcRecordDraft draft = new DmarcRecordBuilder
        {
            Domain = Example,
            From = from,
            Stage = stage,
            Policy = policy,
            SubdomainPolicy = subdomains,
            NonexistentSubdomainPolicy = nonexistent,
        }.Build();

        Assert.Equal(
            weaker is null ? [] : ["The new record is weaker than the present one (" + weaker + "): receivers will do less about forged mail than they do now."],
            draft.Findings.Where(finding => finding.Code == "DmarcPolicyWeakened").Select(finding => finding.Message));
    }

    /// <summary>For a name below it, what the record says of subdomains is in force.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=none; sp=reject", true)]
    [InlineData("v=DMARC1; p=reject; sp=none", false)]
    public void A_record_of_a_domain_above_is_weakened_where_its_sp_is(string from, bool isWeaker) => Assert.Equal(
        isWeaker,
        Codes(new DmarcRecordBuilder { Domain = DomainName.Parse("mail.example.com"), From = from, FromDomain = Example, Stage = RolloutStage.Monitor }.Build())
            .Contains("DmarcPolicyWeakened"));

    [Fact]
    public void Empty_destinations_are_passed_over() => Assert.Equal(
        "v=DMARC1; p=none; rua=mailto:a@example.com",
        new DmarcRecordBuilder { Domain = Example, AggregateReportUri = ["", "a@example.com", " "], FailureReportUri = [""] }.Build().Value);

    [Theory]
    [InlineData("300", 300L)]
    [InlineData("0", 0L)]
    [InlineData("2147483647", 2147483647L)]
    [InlineData("00:10:00", 600L)]
    [InlineData("2147483648", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("-1", null)]
    [InlineData("-00:10:00", null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    public void Reads_the_time_to_live_in_seconds(string text, long? seconds)
    {
        Assert.Equal(seconds is not null, RecordTimeToLive.TryRead(text, out TimeSpan value));
        Assert.Equal(TimeSpan.FromSeconds(seconds ?? 0), value);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(2147483648L)]
    public void Takes_no_time_to_live_that_DNS_has_no_room_for(long seconds) => Assert.Throws<ArgumentException>(
        () => new DmarcRecordBuilder { Domain = Example, TimeToLive = TimeSpan.FromSeconds(seconds) }.Build());

    [Fact]
    public void What_it_builds_can_be_read_again()
    {
        Prop.ForAll<string?, string?>((from, address) =>
        {
            DmarcRecordDraft draft = new DmarcRecordBuilder
            {
                Domain = Example,
                From = "v=DMARC1; " + from,
                Policy = DmarcPolicy.Reject,
                AggregateReportUri = address is null ? null : ["a@example.com"],
            }.Build();
            return DmarcRecordParser.Parse(draft.Value) is { Validity: DmarcRecordValidity.Valid, Policy: DmarcPolicy.Reject };
        }).QuickCheckThrowOnFailure();
    }
}
