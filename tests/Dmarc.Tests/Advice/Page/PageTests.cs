using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dmarc.Advice.Page;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Tests.Reports;
using Dmarc.Tests.Reports.Writing;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Page;

public sealed class PageTests
{
    /// <summary>Mail without an evaluation is counted, and no share is of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_that_no_report_evaluates_are_counted_and_in_no_share(bool besideOthers)
    {
        string unknown = SampleReport.Record(count: "30").Replace("<dkim>pass</dkim><spf>fail</spf>", "", StringComparison.Ordinal);
        ReadResult read = ReadResult.OfXml(SampleReport.Xml(besideOthers ? [SampleReport.Record(count: "2"), unknown] : [unknown]));

        string page = Page(read.Rows);

        Assert.Contains(besideOthers ? ">32<" : ">30<", page, StringComparison.Ordinal);
        Assert.Equal(besideOthers, page.Contains("100 %", StringComparison.Ordinal));
        Assert.Equal(besideOthers, page.Contains("100.0% of 2 messages passed DMARC; 0 did not.", StringComparison.Ordinal));
        Assert.Contains($"For 30 of {(besideOthers ? 32 : 30)} messages, the reports do not say whether DMARC passed.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">0 %<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_no_report_evaluates_is_not_called_spoofed()
    {
        string unknown = SampleReport.Record().Replace("<dkim>pass</dkim><spf>fail</spf>", "", StringComparison.Ordinal);

        string page = Page(ReadResult.OfXml(SampleReport.Xml(unknown)).Rows);

        Assert.Contains("Not evaluated", page, StringComparison.Ordinal);
        Assert.DoesNotContain("likely spoofed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A reject policy stops this mail", page, StringComparison.Ordinal);
    }

    private static string Page(IEnumerable<object> rows, string language = "en", string? title = null)
    {
        PageAccumulator accumulator = new(new FixedClock());
        foreach (object row in rows)
        {
            accumulator.Add(row);
        }

        return PageWriter.Write(accumulator, new PageOptions { Language = language, Title = title, Clock = new FixedClock() });
    }

    [Fact]
    public void The_page_says_that_nothing_runs_and_nothing_is_fetched()
    {
        string page = Page(ExportBed.SampleRows());

        Assert.Matches("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'\">", page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.Single(Regex.Matches(page, "(?:src|href)=\"(?!#)[^\"]*\"").Cast<Match>(), match => match.Value == "href=\"data:,\"");
    }

    /// <summary>Whoever has an address writes into reverse DNS what he likes; a name that does not lead back is not shown as if it were one.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    public void A_name_that_does_not_lead_back_is_left_out(bool? isConfirmed, bool isShown)
    {
        PageAccumulator accumulator = new(new FixedClock());
        accumulator.Add(MadeRows.Row(ip: "11.0.0.9", count: 5));
        SourceResult source = new() { SourceIP = "11.0.0.9", Status = SourceStatus.Resolved, Names = ["mail.bank.example"], IsNameConfirmed = isConfirmed, Owner = "NETOWNER" };
        string page = PageWriter.Write(accumulator, new PageOptions { Language = "en", Clock = new FixedClock(), Sources = [source] });

        Assert.Equal(isShown, page.Contains("mail.bank.example", StringComparison.Ordinal));
        Assert.Equal(!isShown, page.Contains("NETOWNER", StringComparison.Ordinal));
    }

    [Fact]
    public void Hostile_values_are_text()
    {
        string page = Page(ExportBed.HostileRows(), title: "</title><script>alert(1)</script>");
        string body = page.Substring(page.IndexOf("</style>", StringComparison.Ordinal) + 8);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</style", body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", body, StringComparison.Ordinal);
        Assert.DoesNotContain(body, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain(body, character => character is '\u202E' or '\u2066' or '\u2069' or '\u200B');
        Assert.Contains("gro.elgoog\\u202E", body, StringComparison.Ordinal);
        Assert.DoesNotContain(" onmouseover='", body, StringComparison.Ordinal);

        // Well-formed to the last character, so that no value has closed an element that is not its own.
        Assert.Equal("body", XElement.Parse(body.Substring(body.IndexOf("<body>", StringComparison.Ordinal), body.IndexOf("</body>", StringComparison.Ordinal) + 7 - body.IndexOf("<body>", StringComparison.Ordinal))).Name.LocalName);
    }

    [Fact]
    public void A_long_value_is_cut_and_whole_in_its_tooltip()
    {
        string name = new('x', 5_000);

        string page = Page([MadeRows.Row(MadeRows.Report(organization: name))]);

        Assert.Contains("<bdi title=\"" + name + "\">" + new string('x', 59) + "…</bdi>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Screen_readers_find_their_way(string language)
    {
        string page = Page(ExportBed.SampleRows(), language);
        XElement body = XElement.Parse(page.Substring(page.IndexOf("<body>", StringComparison.Ordinal), page.IndexOf("</body>", StringComparison.Ordinal) + 7 - page.IndexOf("<body>", StringComparison.Ordinal)));

        Assert.Contains("<html lang=\"" + language + "\">", page, StringComparison.Ordinal);
        Assert.Single(body.Elements("main"));
        Assert.Single(body.Elements("header"));
        Assert.Single(body.Elements("footer"));
        Assert.Single(body.Elements("nav"), nav => nav.Attribute("aria-label")!.Value.Length > 0);
        Assert.Single(body.Descendants("h1"));
        HashSet<string> ids = [.. body.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(body.Descendants().Attributes("id").Count(), ids.Count);
        Assert.All(body.Descendants().Attributes("aria-labelledby"), label => Assert.All(label.Value.Split(' '), id => Assert.Contains(id, ids)));
        Assert.All(body.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value.Substring(1), ids));
        Assert.All(body.Descendants("section"), section => Assert.NotNull(section.Attribute("aria-labelledby")));
        Assert.All(body.Descendants("table"), table =>
        {
            Assert.NotEqual("", table.Element("caption")!.Value);
            Assert.All(table.Element("thead")!.Descendants("th"), heading => Assert.Equal("col", heading.Attribute("scope")!.Value));
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal("row", row.Elements().First().Attribute("scope")!.Value));
        });
        Assert.All(body.Descendants("svg"), svg => Assert.True(
            svg.Attribute("aria-hidden")?.Value == "true"
            || (svg.Attribute("role")?.Value == "img" && svg.Element("title")!.Value.Length > 0 && svg.Element("desc")!.Value.Length > 0)));
        int level = 1;
        foreach (XElement heading in body.Descendants().Where(element => Regex.IsMatch(element.Name.LocalName, "^h[1-6]$")))
        {
            int next = heading.Name.LocalName[1] - '0';
            Assert.True(next <= level + 1, heading.Value);
            level = next;
        }
    }

    [Fact]
    public void A_page_is_in_its_language_whatever_that_of_the_session_is()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("de-DE");
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            string japanese = Page(ExportBed.SampleRows(), "ja");
            Assert.Contains("推移", japanese, StringComparison.Ordinal);
            Assert.Equal("de-DE", CultureInfo.CurrentUICulture.Name);
            Assert.Contains("Over time", Page(ExportBed.SampleRows(), PageOptions.LanguageOf(CultureInfo.CurrentUICulture)), StringComparison.Ordinal);
            Assert.Equal("ja", PageOptions.LanguageOf(new CultureInfo("ja-JP")));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        }
    }

    [Fact]
    public void Without_rows_there_is_a_page_that_says_so()
    {
        string page = Page([]);

        Assert.Contains("There is nothing to show", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "–")]
    [InlineData(0, 5, "0.0%")]
    [InlineData(5, 5, "100.0%")]
    [InlineData(99_999, 100_000, "99.9%")]
    [InlineData(1, 100_000, "<0.1%")]
    [InlineData(1, 3, "33.3%")]
    public void Shares_are_cut_and_not_rounded(long part, long whole, string text) => Assert.Equal(text, PageText.Share(part, whole));

    [Theory]
    [InlineData("2026-01-01", "2026-02-10", "Day", 41)]
    [InlineData("2026-01-01", "2026-06-30", "Week", 27)]
    [InlineData("2025-11-01", "2026-10-31", "Month", 12)]
    [InlineData("1970-01-01", "2026-10-31", "Day", 1)]
    [InlineData("2026-01-01", "2526-01-01", "Day", 1)]
    public void The_span_tells_the_length_of_the_columns(string first, string last, string step, int columns)
    {
        PageAccumulator accumulator = new(new FixedClock());
        accumulator.Add(MadeRows.Row(MadeRows.Report(begin: first), count: 5));
        accumulator.Add(MadeRows.Row(MadeRows.Report(begin: last), count: 7, dkim: true));

        PageTimeline timeline = accumulator.ToData(new SourceKnowledge()).Timeline;

        Assert.Equal(step, timeline.Step.ToString());
        Assert.Equal(columns, timeline.Slots.Count);
        Assert.Equal(12, timeline.Slots.Sum(slot => slot.Messages) + timeline.Outside);
    }

    /// <summary>The page takes the sources from what the roll-out gathered: all weeks of them, in whatever order the reports come.</summary>
    [Theory]
    [InlineData(0, 1, 2, 3, 4)]
    [InlineData(4, 3, 2, 1, 0)]
    [InlineData(2, 0, 4, 1, 3)]
    public void Sources_count_the_mail_of_all_weeks(params int[] weeks)
    {
        PageAccumulator accumulator = new(new FixedClock());
        foreach (int week in weeks)
        {
            string begin = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddDays(7 * week).ToString("s", CultureInfo.InvariantCulture) + "Z";
            accumulator.Add(MadeRows.Row(MadeRows.Report(id: "w" + week, begin: begin), count: 10, dkim: week % 2 == 0));
            accumulator.Add(MadeRows.Row(MadeRows.Report("other.example", id: "o" + week, begin: begin), count: 1));
        }

        PageData data = accumulator.ToData(new SourceKnowledge());

        Assert.Equal((55, 30), (data.Sources.Sum(source => source.Evidence.Messages), data.Sources.Sum(source => source.Evidence.Passed)));
        Assert.Equal(10, data.Sources.Sum(source => source.Evidence.Rows));
        Assert.Equal(0, data.RestMessages);
    }

    /// <summary>A row whose domain cannot be read belongs to no roll-out, and is a source on the page nonetheless.</summary>
    [Fact]
    public void Rows_of_no_domain_have_a_source_too()
    {
        PageAccumulator accumulator = new(new FixedClock());
        accumulator.Add(MadeRows.Row(MadeRows.Report("bad..name"), count: 3));
        accumulator.Add(MadeRows.Row(MadeRows.Report(), count: 4));

        Assert.Equal(7, accumulator.ToData(new SourceKnowledge()).Sources.Sum(source => source.Evidence.Messages));
    }

    [Fact]
    public void Many_sources_take_bounded_memory_and_none_is_lost()
    {
        SourceTable table = new(100);
        for (int number = 0; number < 1_000; number++)
        {
            table.Add(MadeRows.Row(ip: "10.0." + (number / 250) + "." + (number % 250), count: number, dkim: number % 2 == 0));
        }

        Assert.InRange(table.Sources.Count, 1, 100);
        Assert.Equal(Enumerable.Range(0, 1_000).Sum(), table.RestMessages + table.Sources.Sum(source => source.Messages));
    }

    [Fact]
    public void Counts_that_strangers_made_up_do_not_stop_the_page()
    {
        AggregateReport[] reports = [MadeRows.Report("a.example", "One", "1"), MadeRows.Report("b.example", "Two", "2", begin: "2026-01-02T00:00:00Z")];
        string page = Page(
        [
            .. reports.SelectMany(report => new[] { "192.0.2.1", "192.0.2.2" }.Select(ip =>
                MadeRows.Row(report, ip, long.MaxValue, dkim: ip == "192.0.2.1", disposition: ReportedDisposition.Reject, reasons: OverrideReasonType.LocalPolicy))),
            .. Enumerable.Range(0, 60).Select(number => MadeRows.Row(
                MadeRows.Report("d" + number + ".example", "R" + number, "id" + number), "198.51.100." + number, long.MaxValue, disposition: ReportedDisposition.Quarantine)),
            .. Enumerable.Range(1, 3).Select(number => Tls("mx" + number, long.MaxValue)),
            .. Enumerable.Range(1, 3).Select(_ => new FailureReport { Incidents = long.MaxValue }),
        ]);

        Assert.Contains("<dd>9.2E18</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("9,223,372,036,854,775,807", page.Substring(0, page.IndexOf("id=\"advice\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotMatch("[>\\s]-[0-9]", page.Substring(page.IndexOf("<body>", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_500, "1.5k")]
    [InlineData(20_000_000, "20M")]
    [InlineData(2_500_000_000_000, "2.5T")]
    [InlineData(9e18, "9E18")]
    public void Numbers_fit_beside_an_axis(double number, string text) => Assert.Equal(text, PageText.Short(number));

    [Fact]
    public void Failure_reports_alone_are_counted_and_no_share_of_nothing_is_told()
    {
        string page = Page([new FailureReport { Incidents = 3 }, new FailureReport()]);

        Assert.Contains("<dt>Failure reports</dt><dd>4</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of 0 messages", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<dt>").Cast<Match>());
    }

    [Fact]
    public void The_command_that_the_advice_names_has_the_rows_that_it_needs()
    {
        string page = Page([MadeRows.Row(MadeRows.Report("contoso.example"), dkim: true)]);

        Assert.Contains("<code>Import-DmarcReport reports | Get-DmarcRollout -Domain contoso.example</code>", page, StringComparison.Ordinal);
    }

    private static TlsReportRow Tls(string host, long sessions) => new(new TlsReport("test.json"))
    {
        PolicyDomain = "example.com",
        TotalSuccessfulSessions = sessions,
        TotalFailedSessions = sessions,
        WrittenResultType = TlsResultType.CertificateExpired,
        ReceivingMxHostname = host,
        FailedSessions = sessions,
    };

    private sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow { get; } = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
    }
}
