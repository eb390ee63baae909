using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>A sound domain has the best grade; each rule is seen by a domain that differs from it in one thing.</summary>
public class GradeTests
{
    private const string Key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private const string ShortKey =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCzfG6ipgygeauixm5OvW5Q8u9k5yhfWvN380k6oOG+UFtaCnoTd6iSU3AcLU3iwM0Bje51yq485kwCho1qoBZbR7cHWqszXtsPgRMcgytp3qBjLFlXExmyl++iK3xTPUkvX7IgSDQz76A+4svXl680bH9NN9krHhqJNzdIHAFjqwIDAQAB";

    public static TheoryData<string, MailDomainGrade> Rules => new()
    {
        { "SpfPassesEveryone", MailDomainGrade.F },
        { "DmarcMissing", MailDomainGrade.E },
        { "DmarcMissing without SPF", MailDomainGrade.F },
        { "DmarcMissing twice", MailDomainGrade.E },
        { "DmarcPolicyNone", MailDomainGrade.D },
        { "DmarcPolicyNone tested", MailDomainGrade.D },
        { "SpfMissing", MailDomainGrade.C },
        { "SpfBroken", MailDomainGrade.C },
        { "SpfBroken twice", MailDomainGrade.C },
        { "SpfOpenEnd", MailDomainGrade.C },
        { "SpfOpenEnd neutral", MailDomainGrade.C },
        { "DmarcPercentage", MailDomainGrade.C },
        { "DmarcSubdomains", MailDomainGrade.C },
        { "DmarcSubdomains np", MailDomainGrade.B },
        { "MxDangling", MailDomainGrade.C },
        { "MtaStsBlocksMail", MailDomainGrade.C },
        { "DmarcReports", MailDomainGrade.B },
        { "DmarcQuarantine", MailDomainGrade.B },
        { "DmarcQuarantine tested", MailDomainGrade.B },
        { "SpfAllowsSomeone", MailDomainGrade.B },
        { "DkimMissing", MailDomainGrade.B },
        { "DkimInvalid", MailDomainGrade.B },
        { "DkimDangling", MailDomainGrade.B },
        { "NullMx", MailDomainGrade.B },
        { "TransportOpen", MailDomainGrade.B },
        { "MtaStsBroken", MailDomainGrade.B },
        { "MtaStsNotEnforced", MailDomainGrade.B },
        { "DkimUnknown", MailDomainGrade.A },
        { "DkimKeyShort", MailDomainGrade.A },
        { "DkimWildcard", MailDomainGrade.A },
        { "TlsRptMissing", MailDomainGrade.A },
    };

    private static Task<MailDomainResult> InspectAsync(string row) => row switch
    {
        "SpfPassesEveryone" => With("spf", zone => zone.Txt("contoso.com", "v=spf1 +all")),
        "DmarcMissing" => With("dmarc"),
        "DmarcMissing without SPF" => PostureBed.InspectAsync(PostureBed.Sound("dmarc", "spf")),
        "DmarcMissing twice" => With("", zone => zone.Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")),
        "DmarcPolicyNone" => Dmarc("p=none; rua=mailto:a@contoso.com"),
        "DmarcPolicyNone tested" => Dmarc("p=quarantine; t=y; rua=mailto:a@contoso.com"),
        "SpfMissing" => With("spf"),
        "SpfBroken" => With("spf", zone => zone.Txt("contoso.com", "v=spf1 ipv4:203.0.113.1 -all")),
        "SpfBroken twice" => With("", zone => zone.Txt("contoso.com", "v=spf1 a -all")),
        "SpfOpenEnd" => With("spf", zone => zone.Txt("contoso.com", "v=spf1 mx")),
        "SpfOpenEnd neutral" => With("spf", zone => zone.Txt("contoso.com", "v=spf1 mx ?all")),
        "DmarcPercentage" => Dmarc("p=reject; pct=50; rua=mailto:a@contoso.com"),
        "DmarcSubdomains" => Dmarc("p=reject; sp=none; rua=mailto:a@contoso.com"),
        "DmarcSubdomains np" => Dmarc("p=reject; np=quarantine; rua=mailto:a@contoso.com"),
        "MxDangling" => With("", zone => zone.Mx("contoso.com", "mail.gone.example")),
        "MtaStsBlocksMail" => PostureBed.InspectAsync(
            PostureBed.Sound(),
            new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("mail.", "other.", StringComparison.Ordinal))),
        "DmarcReports" => Dmarc("p=reject"),
        "DmarcQuarantine" => Dmarc("p=quarantine; rua=mailto:a@contoso.com"),
        "DmarcQuarantine tested" => Dmarc("p=reject; t=y; rua=mailto:a@contoso.com"),
        "SpfAllowsSomeone" => PostureBed.InspectAsync(PostureBed.Sound(), null, options => options with { Profile = SendingProfile.ReceivesOnly }),
        "DkimMissing" => With("dkim"),
        "DkimInvalid" => With("dkim", zone => zone.Txt("s1._domainkey.contoso.com", "v=DKIM1; k=rsa; p=AAAA")),
        "DkimDangling" => With("", zone => zone.Alias("s2._domainkey.contoso.com", "s2.gone.example")),
        "NullMx" => Parked(zone => zone.Address("contoso.com", "203.0.113.1"), "MX"),
        "TransportOpen" => With("mta-sts"),
        "MtaStsBroken" => PostureBed.InspectAsync(PostureBed.Sound(), new FakeFetcher()),
        "MtaStsNotEnforced" => PostureBed.InspectAsync(
            PostureBed.Sound(),
            new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("enforce", "testing", StringComparison.Ordinal))),
        "DkimUnknown" => With("dkim", zone => zone.Txt("own2026._domainkey.contoso.com", "v=DKIM1; k=ed25519; p=" + Key)),
        "DkimKeyShort" => With("dkim", zone => zone.Txt("s1._domainkey.contoso.com", "v=DKIM1; k=rsa; p=" + ShortKey)),
        "DkimWildcard" => Parked(zone => zone, "DKIM"),
        "TlsRptMissing" => With("tlsrpt"),
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    private static Task<MailDomainResult> With(string without, Func<FakeResolver, FakeResolver>? change = null)
    {
        FakeResolver zone = PostureBed.Sound(without);
        return PostureBed.InspectAsync(change?.Invoke(zone) ?? zone);
    }

    private static Task<MailDomainResult> Dmarc(string tags) => With("dmarc", zone => zone.Txt("_dmarc.contoso.com", "v=DMARC1; " + tags));

    private static Task<MailDomainResult> Parked(Func<FakeResolver, FakeResolver> change, string without)
    {
        FakeResolver zone = new FakeResolver().Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; np=reject");
        if (without != "MX")
        {
            zone.Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, ""));
        }

        if (without != "DKIM")
        {
            zone.Add("*._domainkey.contoso.com", DnsRecordType.TXT, new TxtRecord("*._domainkey.contoso.com", 300, ["v=DKIM1; p="u8.ToArray()]));
        }

        return PostureBed.InspectAsync(change(zone));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_leaves_its_grade(string row, MailDomainGrade grade)
    {
        MailDomainResult result = await InspectAsync(row);
        string rule = row.Split(' ')[0];

        Assert.True(grade == result.Grade, row + ": " + result.Grade + " " + result.GradeReasons);
        Assert.Contains(result.NextSteps, step => step.Rule == rule && step.Remedy.Length > 0);
        if (grade != MailDomainGrade.A)
        {
            GradeReason reason = Assert.Single(result.GradeReasons, reason => reason.Rule == rule);
            Assert.Equal(grade, reason.Grade);
            Assert.Contains("contoso.com", reason.Reason, StringComparison.Ordinal);
        }
    }

    /// <summary>RFC 5321 §5.1: without an MX record, the reports of the domain arrive at its address.</summary>
    [Theory]
    [InlineData("rua=mailto:d@contoso.com", false)]
    [InlineData("ruf=mailto:d@contoso.com", false)]
    [InlineData("rua=https://contoso.com/r", true)]
    [InlineData("rua=mailto:d@fabrikam.com", true)]
    public async Task No_null_MX_is_asked_for_where_reports_arrive(string tag, bool isAsked)
    {
        MailDomainResult result = await PostureBed.InspectAsync(new FakeResolver()
            .Txt("contoso.com", "v=spf1 -all")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; np=reject; " + tag)
            .Address("contoso.com", "203.0.113.1"));

        Assert.Equal(isAsked, result.NextSteps.Any(step => step.Rule == "NullMx"));
    }

    /// <summary>A host that nobody runs is not put into a policy, and an address in place of a name has a remedy of its own.</summary>
    [Fact]
    public async Task Steps_name_no_mail_exchange_that_dangles()
    {
        MailDomainResult result = await With("mta-sts", zone => zone.Mx("contoso.com", "mail.contoso.com", "mail.gone.example"));
        MailDomainResult address = await With("", zone => zone.Mx("contoso.com", "192.0.2.1"));

        Assert.DoesNotContain("gone.example", Assert.Single(result.NextSteps, step => step.Rule == "TransportOpen").Remedy, StringComparison.Ordinal);
        Assert.Contains("holds the address 192.0.2.1", Assert.Single(address.GradeReasons, reason => reason.Rule == "MxDangling").Reason, StringComparison.Ordinal);
        Assert.Contains("a name with an address record", Assert.Single(address.NextSteps, step => step.Rule == "MxDangling").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sound_domain_has_the_best_grade_and_nothing_to_do()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound());

        Assert.Equal((MailDomainGrade.A, SendingProfile.Sends, MailDomainStatus.Complete), (result.Grade, result.Profile, result.Status));
        Assert.Empty(result.GradeReasons);
        Assert.Empty(result.NextSteps);
        Assert.Equal(0, result.ErrorCount);
    }

    [Fact]
    public async Task A_parked_domain_that_says_so_has_the_best_grade_and_nothing_to_do()
    {
        MailDomainResult result = await Parked(zone => zone, "");

        Assert.Equal((MailDomainGrade.A, SendingProfile.Parked, PartStatus.Declined, PartStatus.Declined), (result.Grade, result.Profile, result.MxStatus, result.DkimStatus));
        Assert.Empty(result.NextSteps);
    }

    [Fact]
    public void Every_rule_has_a_row_here_and_in_the_documentation()
    {
        string[] tested = [.. Rules.Select(row => ((string)row[0]).Split(' ')[0]).Distinct()];
        string page = File.ReadAllText(TestFiles.Repository("docs", "grades.md"));

        Assert.Equal(
            GradeRules.All.Select(rule => rule.Name).Order(StringComparer.Ordinal),
            tested.Order(StringComparer.Ordinal));
        Assert.All(GradeRules.All, rule => Assert.Contains("| `" + rule.Name + "` |", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DmarcMissing", "_dmarc.contoso.com", "v=DMARC1; p=none; rua=mailto:dmarc-reports@contoso.com")]
    [InlineData("DmarcPolicyNone", "_dmarc.contoso.com", "v=DMARC1; p=quarantine; t=y; rua=mailto:a@contoso.com")]
    [InlineData("DmarcQuarantine", "_dmarc.contoso.com", "v=DMARC1; p=reject; t=y; rua=mailto:a@contoso.com")]
    [InlineData("DmarcQuarantine tested", "_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:a@contoso.com")]
    [InlineData("DmarcSubdomains", "_dmarc.contoso.com", "v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@contoso.com")]
    [InlineData("DmarcReports", "_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:dmarc-reports@contoso.com")]
    [InlineData("SpfAllowsSomeone", "contoso.com", "v=spf1 -all")]
    [InlineData("DkimWildcard", "*._domainkey.contoso.com", "v=DKIM1; p=")]
    [InlineData("NullMx", "contoso.com", "0 .")]
    [InlineData("TlsRptMissing", "_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:tls-reports@contoso.com")]
    public async Task A_step_has_the_record_to_publish(string row, string name, string value)
    {
        MailDomainStep step = (await InspectAsync(row)).NextSteps.First(step => step.Rule == row.Split(' ')[0]);

        Assert.Equal((name, value), (step.RecordName, step.RecordValue));
        Assert.Contains(value, step.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Wherever a record is proposed, its id is the day.</summary>
    [Fact]
    public async Task A_proposed_MTA_STS_record_has_the_day_as_its_id()
    {
        MailDomainResult result = await PostureBed.InspectAsync(
            PostureBed.Sound("mta-sts"), change: options => options with { Clock = new FixedClock() });
        MailDomainStep step = Assert.Single(result.NextSteps, step => step.Rule == "TransportOpen");
        Assert.Equal(("_mta-sts.contoso.com", "v=STSv1; id=20270102"), (step.RecordName, step.RecordValue));
        Assert.Contains("\"v=STSv1; id=20270102\"", Assert.Single(result.Findings, finding => finding.Code == "MtaStsMissing").Remedy, StringComparison.Ordinal);

        foreach (string record in new[] { "v=STSv1; id=-", "v=STSv1; id=1; =" })
        {
            MailDomainResult faulty = await PostureBed.InspectAsync(
                PostureBed.Sound("mta-sts").Txt("_mta-sts.contoso.com", record), change: options => options with { Clock = new FixedClock() });
            Assert.Contains(faulty.MtaSts!.Findings, finding => finding.Remedy.Contains("20270102", StringComparison.Ordinal));
        }
    }

    /// <summary>The record of the organisation speaks for more names than the one that was looked at, so that it is never what a step changes.</summary>
    [Theory]
    [InlineData("p=reject; sp=none; rua=mailto:a@contoso.com", "v=spf1 ip4:203.0.113.9 -all", "DmarcPolicyNone", "v=DMARC1; p=quarantine; t=y; rua=mailto:a@contoso.com")]
    [InlineData("p=none; rua=mailto:a@contoso.com", "v=spf1 -all", "DmarcPolicyNone", "v=DMARC1; p=reject; rua=mailto:a@contoso.com")]
    [InlineData("p=none; sp=quarantine; psd=n; rua=mailto:a@contoso.com", "v=spf1 ip4:203.0.113.9 -all", "DmarcQuarantine", "v=DMARC1; p=reject; t=y; rua=mailto:a@contoso.com")]
    [InlineData("p=reject; pct=20; rua=mailto:a@contoso.com", "v=spf1 ip4:203.0.113.9 -all", "DmarcPercentage", "v=DMARC1; p=reject; rua=mailto:a@contoso.com")]
    [InlineData("p=reject", "v=spf1 ip4:203.0.113.9 -all", "DmarcReports", "v=DMARC1; p=reject; rua=mailto:dmarc-reports@contoso.com")]
    public async Task A_step_for_a_subdomain_leaves_the_record_above_alone(string tags, string spf, string rule, string value)
    {
        FakeResolver zone = PostureBed.Sound("dmarc").Txt("_dmarc.contoso.com", "v=DMARC1; " + tags).Txt("www.contoso.com", spf);
        MailDomainResult result = await new MailDomainInspector(zone, new MailDomainOptions { Fetcher = PostureBed.SoundWeb }).InspectAsync(DomainName.Parse("www.contoso.com"));
        MailDomainStep step = Assert.Single(result.NextSteps, step => step.Rule == rule);

        Assert.Equal(("_dmarc.www.contoso.com", value), (step.RecordName, step.RecordValue));
    }

    [Fact]
    public async Task Tags_for_subdomains_have_no_meaning_in_the_record_of_a_subdomain()
    {
        FakeResolver zone = PostureBed.Sound().Mx("www.contoso.com", "mail.contoso.com").Txt("_dmarc.www.contoso.com", "v=DMARC1; p=reject; sp=none; rua=mailto:a@contoso.com");
        MailDomainResult result = await new MailDomainInspector(zone, new MailDomainOptions { Fetcher = PostureBed.SoundWeb }).InspectAsync(DomainName.Parse("www.contoso.com"));

        Assert.DoesNotContain(result.GradeReasons, reason => reason.Rule == "DmarcSubdomains");
    }

    [Fact]
    public async Task A_parked_domain_is_told_to_reject_at_once_and_to_leave_no_name_below_it_out()
    {
        FakeResolver zone = new FakeResolver().Txt("contoso.com", "v=spf1 ~all").Txt("_dmarc.contoso.com", "v=DMARC1; p=none; sp=none; rua=mailto:a@fabrikam.com");
        zone.Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, ""));
        MailDomainResult result = await PostureBed.InspectAsync(zone);

        Assert.Equal(SendingProfile.Parked, result.Profile);
        Assert.Equal(["DmarcPolicyNone", "SpfAllowsSomeone", "DkimWildcard"], result.NextSteps.Select(step => step.Rule));
        Assert.Equal("v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:a@fabrikam.com", result.NextSteps[0].RecordValue.Replace("rua=mailto:a@fabrikam.com; np=reject", "np=reject; rua=mailto:a@fabrikam.com", StringComparison.Ordinal));
        Assert.Equal("v=spf1 -all", result.NextSteps[1].RecordValue);
        Assert.DoesNotContain("reports", result.NextSteps[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parked_domain_without_a_record_is_not_told_to_send_reports_to_itself()
    {
        FakeResolver zone = new FakeResolver().Txt("contoso.com", "v=spf1 -all");
        zone.Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, ""));

        Assert.Equal("v=DMARC1; p=reject; np=reject", (await PostureBed.InspectAsync(zone)).NextSteps[0].RecordValue);
    }

    /// <summary>That there is no key is certain whichever selector was looked for, so that the grade is the same.</summary>
    [Fact]
    public async Task A_domain_that_can_have_no_key_lacks_one_at_any_selector()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("dkim"), null, options => options with { Selectors = ["zzz"] });

        Assert.Equal(MailDomainGrade.B, result.Grade);
        Assert.Contains(result.GradeReasons, reason => reason.Rule == "DkimMissing");
        result = await PostureBed.InspectAsync(PostureBed.Sound(), null, options => options with { Selectors = ["zzz"] });
        Assert.Equal(MailDomainGrade.A, result.Grade);
    }

    /// <summary>One revoked key says nothing of other selectors; only that of a wildcard says that the domain signs nothing.</summary>
    [Theory]
    [InlineData("s1")]
    [InlineData("")]
    public async Task A_revoked_key_is_no_word_on_all_keys(string selector)
    {
        FakeResolver zone = PostureBed.Sound("dkim").Txt("s1._domainkey.contoso.com", "v=DKIM1; p=");
        MailDomainResult result = await PostureBed.InspectAsync(zone, null, options => options with { Selectors = selector.Length == 0 ? [] : [selector] });

        Assert.Equal(PartStatus.NotFound, result.DkimStatus);
        Assert.Contains("DkimKeyRevoked", PostureBed.Codes(result, MailDomainPart.Dkim));
    }

    /// <summary>
    /// A wildcard for something else answers at every selector and at <c>_domainkey</c> itself: nothing stands there (RFC 4592 §2.2.1), so no
    /// key exists, which is something else than a broken key.
    /// </summary>
    [Fact]
    public async Task A_wildcard_that_is_no_key_is_no_broken_key()
    {
        FakeResolver zone = PostureBed.Sound("dkim").Add("*.contoso.com", DnsRecordType.TXT, new TxtRecord("*.contoso.com", 300, ["v=spf1 -all"u8.ToArray()]));
        MailDomainResult result = await PostureBed.InspectAsync(zone);

        Assert.Equal((PartStatus.NotFound, MailDomainGrade.B), (result.DkimStatus, result.Grade));
        Assert.Contains(result.NextSteps, step => step.Rule == "DkimMissing");
        Assert.DoesNotContain(result.Findings, finding => finding.Part == MailDomainPart.Dkim && finding.Severity == Severity.Error);
    }

    [Theory]
    [InlineData(MailDomainPart.Dane, "TransportOpen")]
    [InlineData(MailDomainPart.MtaSts, "TransportOpen")]
    [InlineData(MailDomainPart.Dkim, "DkimMissing")]
    [InlineData(MailDomainPart.Mx, "MxDangling")]
    public async Task A_part_that_was_left_out_costs_nothing(MailDomainPart part, string rule)
    {
        FakeResolver zone = PostureBed.Sound("mta-sts", "dkim").Mx("contoso.com", "mail.gone.example");
        MailDomainPart parts = MailDomainParts.Select([], [part], false);
        MailDomainResult whole = await PostureBed.InspectAsync(zone);
        MailDomainResult result = await PostureBed.InspectAsync(zone, null, options => options with { Parts = parts });

        Assert.Contains(whole.GradeReasons, reason => reason.Rule == rule);
        Assert.DoesNotContain(result.GradeReasons, reason => reason.Rule == rule);
    }

    [Fact]
    public async Task Steps_are_three_at_most_and_the_worst_comes_first()
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("dmarc", "spf", "dkim", "mta-sts", "tlsrpt"));

        Assert.Equal([1, 2, 3], result.NextSteps.Select(step => step.Rank));
        Assert.Equal(["DmarcMissing", "SpfMissing"], result.NextSteps.Take(2).Select(step => step.Rule));
        Assert.True(result.GradeReasons.Select(reason => reason.Grade).SequenceEqual(result.GradeReasons.Select(reason => reason.Grade).OrderByDescending(grade => grade)));
    }

    private sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow { get; } = new(2027, 1, 2, 23, 59, 59, TimeSpan.Zero);
    }
}
