using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;
using Dmarc.Views;

namespace Dmarc.Tests.Views;

public class ViewValuesTests
{
    public static TheoryData<string, object?, string> Texts => new()
    {
        { "nothing", null, "" },
        { "text", "a\u001Bb", "a\\u001Bb" },
        { "number", 1234567L, "1234567" },
        { "truth", true, "True" },
        { "enum", DmarcPolicy.Reject, "Reject" },
        { "time", new DateTimeOffset(2026, 11, 21, 22, 5, 6, TimeSpan.FromHours(2)), "2026-11-21 20:05:06Z" },
        { "time in UTC", new DateTime(2026, 11, 21, 20, 5, 6, DateTimeKind.Utc), "2026-11-21 20:05:06Z" },
        { "span", TimeSpan.FromMinutes(90), "01:30:00" },
        { "list", new[] { "a", "b\n" }.ToPrintableList(), "a, b\\n" },
        { "fraction", 1.5, "1.5" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_value_reads_alike_under_every_culture(string name, object? value, string expected)
    {
        Assert.NotEmpty(name);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(expected, ViewValues.Text(value).Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Lines_have_an_item_each() =>
        Assert.Equal("a\nb", ViewValues.Lines(new[] { "a", "b" }.ToPrintableList()).Text);

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("1 error", 1, 0)]
    [InlineData("2 errors", 2, 3)]
    [InlineData("1 warning", 0, 1)]
    [InlineData("2 warnings", 0, 2)]
    public void Only_the_worst_findings_are_counted(string expected, int errors, int warnings)
    {
        IEnumerable<Finding> findings = Enumerable.Repeat(new Finding("A", Severity.Error, "m"), errors)
            .Concat(Enumerable.Repeat(new Finding("B", Severity.Warning, "m"), warnings))
            .Append(new Finding("C", Severity.Information, "m"));

        ViewText text = ViewValues.FindingCount(findings.ToPrintableList());

        Assert.Equal(expected, text.Text);
        Assert.Equal(errors > 0 ? ViewTone.Bad : warnings > 0 ? ViewTone.Caution : ViewTone.Plain, text.Tone);
    }

    [Fact]
    public void Findings_come_with_reference_and_remedy_and_escaped()
    {
        Finding[] findings = [new("DmarcX", Severity.Warning, "Bad \u202E text.", "Change it.", "RFC 9989 §4.7"), new("DmarcY", Severity.Information, "Fine.")];

        ViewText text = ViewValues.Findings(findings.ToPrintableList());

        Assert.Equal("Warning DmarcX: Bad \\u202E text. (RFC 9989 §4.7)\n  -> Change it.\nInformation DmarcY: Fine.", text.Text);
        Assert.Equal(ViewTone.Plain, text.Tone);
    }

    [Theory]
    [InlineData(DmarcPolicy.Reject, "Good")]
    [InlineData(DmarcPolicy.Quarantine, "Caution")]
    [InlineData(DmarcPolicy.None, "Bad")]
    public void A_policy_has_the_tone_of_what_it_does(DmarcPolicy policy, string tone) =>
        Assert.Equal(tone, ViewValues.Text(policy).Tone.ToString());

    [Fact]
    public void A_failed_look_up_never_looks_like_an_absent_record()
    {
        foreach (DmarcRecordStatus status in Enum.GetValues<DmarcRecordStatus>())
        {
            ViewTone tone = ViewValues.Text(status).Tone;
            Assert.Equal(status is DmarcRecordStatus.DnsFailure or DmarcRecordStatus.Invalid or DmarcRecordStatus.Multiple
                or DmarcRecordStatus.InvalidDomainName or DmarcRecordStatus.UnexpectedError, tone == ViewTone.Bad);
        }
    }

    private static ViewText Outcome(DmarcRecordResult dmarc) =>
        ViewValues.DmarcOutcome(dmarc.EffectivePolicy, dmarc.Status.ToString(), dmarc.DnsFailure);

    [Theory]
    [InlineData(DnsFailure.Timeout, "DnsTimeout")]
    [InlineData(DnsFailure.ServerFailure, "DnsServerFailure")]
    [InlineData(null, "DnsFailure")]
    public void A_status_of_a_failed_look_up_says_how_it_failed(DnsFailure? failure, string expected)
    {
        DmarcRecordResult dmarc = new() { Domain = "a.test", Status = DmarcRecordStatus.DnsFailure, DnsFailure = failure };

        Assert.Equal((expected, ViewTone.Bad), (ViewValues.Status("DnsFailure", failure).Text, ViewValues.Status("DnsFailure", failure).Tone));
        Assert.Equal((expected, ViewTone.Bad), (Outcome(dmarc).Text, Outcome(dmarc).Tone));
        Assert.Equal("a.test: " + expected, dmarc.ToString());
        Assert.Equal(("Found", ViewTone.Good), (ViewValues.Status("Found", failure).Text, ViewValues.Status("Found", failure).Tone));
        Assert.Equal("", ViewValues.Status(null, failure).Text);
    }

    /// <summary>A list breaks what is longer than a line, and the colour would run on into the margin.</summary>
    [Theory]
    [InlineData(32, "Bad")]
    [InlineData(33, "Plain")]
    public void A_long_text_has_no_colour(int length, string colour) =>
        Assert.Equal(colour, new ViewText(new string('a', length), ViewTone.Bad).Colour.ToString());

    [Theory]
    [InlineData("xn--r8jz45g.example", "例え.example (xn--r8jz45g.example)")]
    [InlineData("203.0.113.0/24 | xn--r8jz45g.example", "203.0.113.0/24 | 例え.example (xn--r8jz45g.example)")]
    [InlineData("xn--pple-43d.example | 日本メール", "xn--pple-43d.example | 日本メール")]
    [InlineData("contoso.example", "contoso.example")]
    [InlineData("合計", "合計")]
    public void A_group_shows_its_domains_as_people_read_them(string group, string expected) =>
        Assert.Equal(expected, ViewValues.Group(group).Text);

    [Fact]
    public void A_domain_is_shown_as_people_read_it()
    {
        Assert.Equal("例え.example (xn--r8jz45g.example)", ViewValues.Domain("xn--r8jz45g.example").Text);
        Assert.Equal("例え.example (xn--r8jz45g.example)", ViewValues.Domain(DomainName.Parse("xn--r8jz45g.example")).Text);
        Assert.Equal("a\\u001B", ViewValues.Domain("a\u001B").Text);
        Assert.Equal("", ViewValues.Domain(null).Text);
        Assert.Equal("info@例え.example", ViewValues.Address("info@xn--r8jz45g.example").Text);
    }

    [Fact]
    public void A_text_of_several_lines_has_no_colour() => Assert.Equal(ViewTone.Plain, new ViewText("a\nb", ViewTone.Bad).Colour);

    [Fact]
    public void No_state_is_too_long_for_its_colour()
    {
        IEnumerable<Enum> states = typeof(ViewText).Assembly.GetTypes()
            .Where(type => type is { IsEnum: true, IsPublic: true })
            .SelectMany(type => Enum.GetValues(type).Cast<Enum>())
            .Where(value => ViewTones.Of(value) != ViewTone.Plain);

        Assert.All(states, state => Assert.NotEqual(ViewTone.Plain, ViewValues.Text(state).Colour));
    }

    /// <summary>The first value of a status is that nothing went wrong, or nothing was done.</summary>
    [Fact]
    public void No_status_says_with_its_colour_that_success_is_a_failure()
    {
        Enum[] first =
        [
            .. typeof(ViewText).Assembly.GetTypes()
                .Where(type => type.IsEnum && type.Name.EndsWith("Status", StringComparison.Ordinal))
                .Select(type => (Enum)Enum.ToObject(type, 0)),
        ];

        Assert.True(first.Length > 10);
        Assert.All(first, status => Assert.NotEqual(ViewTone.Bad, ViewTones.Of(status)));
    }

    [Theory]
    [InlineData("AlignedSender", "Good")]
    [InlineData("Forwarder", "Plain")]
    [InlineData("Unknown", "Bad")]
    [InlineData("NotFound", "Caution")]
    [InlineData("ServFail", "Bad")]
    [InlineData("", "Plain")]
    [InlineData("3", "Bad")]
    public void A_source_has_the_tone_of_its_class_or_else_of_its_look_up(string outcome, string tone) =>
        Assert.Equal(tone, ViewValues.SourceClass(outcome).Tone.ToString());

    [Fact]
    public void A_result_that_is_not_known_is_said_to_be_so() =>
        Assert.Equal(new ViewText("Unknown", ViewTone.Caution), ViewValues.Outcome(null));

    [Fact]
    public void A_state_has_no_tone_where_none_is_wanted() => Assert.Equal(ViewTone.Plain, ViewValues.Plain(DmarcPolicy.None).Tone);

    [Fact]
    public void A_query_reads_in_a_line()
    {
        DnsResponse response = new("_dmarc.a.example", DnsRecordType.TXT, DnsStatus.ServFail)
        {
            Server = "192.0.2.53",
            Duration = TimeSpan.FromTicks(123_400),
            Detail = "no\nanswer",
        };

        Assert.Equal("TXT _dmarc.a.example: ServFail, 0 records, 12.3 ms, 192.0.2.53 (no\\nanswer)", QueryText.Describe(response));
    }

    /// <summary>A time reads alike in every culture, also where a copy has only its text.</summary>
    [Theory]
    [InlineData("11/19/2026 10:12:28 +01:00", "2026-11-19 09:12:28Z")]
    [InlineData("11/19/2026 10:12:28", "2026-11-19 10:12:28Z")]
    [InlineData("2026-11-19T10:12:28Z", "2026-11-19 10:12:28Z")]
    [InlineData("2026-11-19T10:12:28.5+09:00", "2026-11-19 01:12:28Z")]
    [InlineData("19.11.2026 10:12:28", "19.11.2026 10:12:28")]
    [InlineData("soon", "soon")]
    public void Times_of_copies(string text, string shown)
    {
        Assert.Equal(shown, ViewValues.Time(text).Text);
        Assert.Equal(shown.Split(' ')[0], ViewValues.Day(text).Text.Split(' ')[0]);
    }

    [Fact]
    public void Times_are_in_UTC()
    {
        DateTimeOffset time = new(2026, 11, 19, 10, 12, 28, TimeSpan.FromHours(1));

        Assert.Equal("2026-11-19 09:12:28Z", ViewValues.Time(time).Text);
        Assert.Equal("2026-11-19 09:12:28Z", ViewValues.Time(time.UtcDateTime).Text);
        Assert.Equal("2026-11-19 09:12:28", ViewValues.Time(DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified)).Text);
        Assert.Equal("", ViewValues.Time(null).Text);
    }
}
