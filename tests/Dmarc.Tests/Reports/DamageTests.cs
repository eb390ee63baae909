using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Dmarc.Reports.Reading.Repair;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Damaged reports: what is certain is repaired, what stands before is kept, and a finding says where and what.</summary>
public class DamageTests
{
    private static readonly string Whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));

    [Theory]
    [InlineData("stray < in text", "<org_name>Reporter</org_name>", "<org_name>A < B</org_name>", "A < B", "'<' that begins no tag")]
    [InlineData("empty brackets", "<org_name>Reporter</org_name>", "<org_name><> x</org_name>", "<> x", "'<' that begins no tag")]
    [InlineData("address in brackets", "<org_name>Reporter</org_name>", "<org_name>N <a@b.example></org_name>", "N <a@b.example>", "'<' that begins no tag")]
    [InlineData("a tag's name in text", "<org_name>Reporter</org_name>", "<org_name>the <count> team</org_name>", "the <count> team", "'<' that begins no tag")]
    [InlineData("HTML in text", "<org_name>Reporter</org_name>", "<org_name>a <br> b</org_name>", "a <br> b", "'<' that begins no tag")]
    [InlineData("stray & in text", "<org_name>Reporter</org_name>", "<org_name>A & B</org_name>", "A & B", "'&' that begins no")]
    [InlineData("unknown entity", "<org_name>Reporter</org_name>", "<org_name>A&nbsp;B</org_name>", "A&nbsp;B", "by a name that XML does not define")]
    [InlineData("control character", "<org_name>Reporter</org_name>", "<org_name>A\u0001B</org_name>", "A\uFFFDB", "character that XML")]
    [InlineData("reference to a control character", "<org_name>Reporter</org_name>", "<org_name>A&#0;B</org_name>", "A\uFFFDB", "character that XML")]
    [InlineData("missing end tag of a value", "<org_name>Reporter</org_name>", "<org_name>Reporter", "Reporter", "without its end tag")]
    [InlineData("misspelt end tag of a value", "<org_name>Reporter</org_name>", "<org_name>Reporter</org_nmae>", "Reporter", "with another name")]
    [InlineData("stray end tag", "<org_name>Reporter</org_name>", "<org_name>Reporter</org_name></x>", "Reporter", "end tag without its element")]
    [InlineData("wrong case of one tag", "<org_name>Reporter</org_name>", "<Org_Name>Reporter</org_name>", "Reporter", null)]
    [InlineData("attribute without quotes", "<org_name>Reporter</org_name>", "<org_name lang=en>Reporter</org_name>", "Reporter", null)]
    [InlineData("quote that is never closed", "<org_name>Reporter</org_name>", "<org_name lang=\"en>Reporter</org_name>", "Reporter", "tag that is not well formed")]
    [InlineData("end of a comment missing a hyphen pair", "<org_name>Reporter</org_name>", "<!-- a -- b --><org_name>Reporter</org_name>", "Reporter", null)]
    [InlineData("text before the root", "<?xml", "Report follows:\n<?xml", "Reporter", "text outside")]
    [InlineData("text after the root", "</feedback>\n", "</feedback>\n-- \nsent by x", "Reporter", "text outside")]
    [InlineData("missing root", "<feedback>", "", "Reporter", "end tag without its element")]
    [InlineData("missing end of the root", "</feedback>", "", "Reporter", null)]
    [InlineData("missing end of a section", "</report_metadata>", "", "Reporter", "without its end tag")]
    [InlineData("an undeclared prefix", "<org_name>Reporter</org_name>", "<x:org_name>Reporter</x:org_name>", "Reporter", null)]
    [InlineData("an open wrapper", "<feedback>", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><feedback>", "Reporter", "foreign element")]
    public void Is_repaired_and_told(string damage, string from, string to, string organization, string? message)
    {
        ReadResult result = ReadResult.OfXml(Whole.Replace(from, to, StringComparison.Ordinal));

        Assert.True(result.Problems.Count == 0, damage);
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], result.Rows.Select(row => row.SourceIP));
        Assert.All(result.Rows, row => Assert.Equal((organization, "example.com", 2L), (row.OrganizationName, row.Domain, row.Count)));
        if (message is not null)
        {
            Assert.Contains(result.Findings, finding => finding.Code == "ReportRepaired" && finding.Message.Contains(message, StringComparison.Ordinal));
        }
    }

    /// <summary>What may have changed a row is a warning, with the number of places and the first line.</summary>
    [Theory]
    [InlineData("<count>2", "<cou\0nt>2", true)]
    [InlineData("</count>", "</cou\0nt>", true)]
    [InlineData("<row>", "<\0row>", true)]
    [InlineData("<dkim>", "<dk\u0001im>", true)]
    [InlineData("<header_from>", "header_from>", true)]
    [InlineData("</header_from>", "", true)]
    [InlineData("<org_name>Reporter", "<org_name>Repo\u0002rter", true)]
    [InlineData("<org_name>Reporter", "<org_name>A & B", false)]
    [InlineData("</feedback>\n", "</feedback>\n-- \nsent by x", false)]
    public void A_repair_that_may_have_changed_a_row_is_a_warning(string from, string to, bool isWarning)
    {
        int at = Whole.IndexOf(from, StringComparison.Ordinal);
        string damaged = Whole.Remove(at, from.Length).Insert(at, to);

        ReadResult result = ReadResult.OfXml(damaged);

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains(result.Findings, finding => finding.Code == "ReportRepaired");
        Assert.Equal(isWarning, result.Findings.Any(finding => finding.Severity == Severity.Warning));
        Assert.Equal(isWarning ? 1 : 0, result.Findings.Count(finding => finding.Code == "ReportRowsRepaired"));
        Assert.All(
            result.Findings.Where(finding => finding.Code == "ReportRowsRepaired"),
            finding => Assert.Contains($"first in line {damaged[..at].Count(character => character == '\n') + 1}:", finding.Message, StringComparison.Ordinal));
    }

    /// <summary>A warning about rows says which: the first three, and that there are more.</summary>
    [Theory]
    [InlineData("ReportRecordsIncomplete", "<count>2</count>", "<count>many</count>", new[] { 2 }, "(record 2 in line ")]
    [InlineData("ReportRecordsIncomplete", "<count>2</count>", "", new[] { 1, 3, 4, 5 }, ", …)")]
    [InlineData("ReportRecordsIncomplete", "<count>2</count>", "", new[] { 1, 3, 4 }, "record 4 in line ")]
    [InlineData("ReportEmptyRecords", "", "<record></record>", new[] { 3 }, "(record 3 in line ")]
    [InlineData("ReportPartsRepeated", "<count>2</count>", "<count>2</count><count>3</count>", new[] { 4 }, "(1 time: record 4)")]
    [InlineData("ReportRecordsLeftOut", "<count>2</count>", "<count>2", new[] { 2 }, null)]
    [InlineData("ReportRecordsLeftOut", "<count>2</count>", "<count><</count>", new[] { 2 }, null)]
    public void A_warning_about_rows_says_which(string code, string from, string to, int[] records, string? place)
    {
        string[] all = [.. Enumerable.Range(1, 5).Select(number => Record(ip: "192.0.2." + number))];
        foreach (int record in records)
        {
            all[record - 1] = from.Length == 0 ? to + all[record - 1] : all[record - 1].Replace(from, to, StringComparison.Ordinal);
        }

        string xml = Xml(all);
        Finding? finding = ReadResult.OfXml(xml).Findings.FirstOrDefault(finding => finding.Code == code);
        if (place is null)
        {
            Assert.True(finding is null || finding.Message.Contains("(record ", StringComparison.Ordinal), finding?.Message);
            return;
        }

        Assert.Contains(place, finding!.Message, StringComparison.Ordinal);
        Assert.Equal(Math.Min(3, records.Length), finding.Message.Split("record ").Skip(1).Count(part => char.IsDigit(part[0])));
        foreach (int record in records.Take(3))
        {
            int at = -1;
            for (int number = 0; number < record; number++)
            {
                at = xml.IndexOf("<record>", at + 1, StringComparison.Ordinal);
            }

            int line = xml[..at].Count(character => character == '\n') + 1;
            Assert.Contains(place.Contains("line", StringComparison.Ordinal) || place.Contains('…', StringComparison.Ordinal) ? $"record {record} in line {line}" : $"record {record}", finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Repairs))]
    public void Each_kind_of_repair_says_what_it_did(object kind, string from, string to, bool isWarning)
    {
        int at = Whole.IndexOf(from, StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Whole.Remove(at, from.Length).Insert(at, to));

        Assert.Contains((RepairKind)kind, RepairLogOf(Whole.Remove(at, from.Length).Insert(at, to)).All().Select(repair => repair.Kind));
        Finding[] warnings = [.. result.Findings.Where(finding => finding.Severity > Severity.Information)];
        Finding[] details = [.. result.Findings.Where(finding => finding.Code == "ReportRepaired")];
        Assert.Equal(isWarning, warnings.Length > 0);
        Assert.Equal(!isWarning, result.Codes.Contains("ReportRepairsCertain"));
        Assert.True(warnings.Count(finding => finding.Code == "ReportRowsRepaired") <= 1);
        if (!isWarning)
        {
            Assert.NotEmpty(details);
        }
        else if (result.Findings.FirstOrDefault(finding => finding.Code == "ReportRowsRepaired") is { } told)
        {
            // What was repaired stands in the warning, with its line.
            Assert.Contains(details, detail => told.Message.Contains(detail.Message[(detail.Message.IndexOf("repaired: ", StringComparison.Ordinal) + 10)..].TrimEnd('.'), StringComparison.Ordinal));
        }
    }

    public static TheoryData<object, string, string, bool> Repairs => new()
    {
        { RepairKind.StrayLess, "<org_name>Reporter", "<org_name>A < B", true },
        { RepairKind.StrayAmpersand, "<org_name>Reporter", "<org_name>Big & Mail", false },
        { RepairKind.UnknownReference, "<org_name>Reporter", "<org_name>Big & Mail &foo;", true },
        { RepairKind.UnknownReference, "<org_name>Reporter", "<org_name>Caf&eacute;", true },
        { RepairKind.UnknownReference, "<org_name>Reporter", "<org_name>&CounterClockwiseContourIntegral;", true },
        { RepairKind.Character, "<org_name>Reporter", "<org_name>Re\u0001porter", true },
        { RepairKind.MissingEnd, "</org_name>", "", true },
        { RepairKind.MissingStart, "<org_name>Reporter", "Reporter", true },
        { RepairKind.StrayEnd, "</org_name>", "</org_name></x>", false },
        { RepairKind.WrongEnd, "</org_name>", "</org_nmae>", true },
        { RepairKind.Misplaced, "<report_metadata>", "<adkim>r</adkim><report_metadata>", false },
        { RepairKind.StrayText, "<identifiers>", "identifiers>", true },
        { RepairKind.Foreign, "<feedback>", "<x><feedback>", false },
        { RepairKind.Attribute, "<org_name>", "<org_name lang=\"en>", false },
        { RepairKind.Outside, "</feedback>\n", "</feedback>\nsent by x", false },
        { RepairKind.Declaration, "<feedback>", "<feedback><?x >", false },
        { RepairKind.RecordBoundary, "</record>", "", true },
        { RepairKind.LostValue, "<row>", "<row>hello there", true },
        { RepairKind.RecordText, "</feedback>", "&lt;record&gt;&lt;/record&gt;</feedback>", true },
        { RepairKind.OpenSection, "<org_name>Reporter</org_name>", "<!-- a <org_name>Reporter</org_name><!-- b -->", true },
    };

    [Fact]
    public void No_kind_of_repair_is_left_out_of_these_tests() =>
        Assert.Empty(Enum.GetValues<RepairKind>().Except(Repairs.Select(row => (RepairKind)row[0])));

    private static RepairLog RepairLogOf(string xml)
    {
        RepairLog log = new();
        using RepairingTextReader reader = new(new StringReader(xml), log);
        _ = reader.ReadToEnd();
        return log;
    }

    /// <summary>The tags of a part may be characters of a text: the part is read, and the file says so.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    [InlineData(true, 200)]
    [InlineData(false, 200)]
    public void Records_that_are_only_text_are_read_and_told(bool isSection, int number)
    {
        string record = SampleReport.Record(reason: "<reason><type>other</type><comment>a &amp; b</comment></reason>");
        string text = AsText(string.Concat(Enumerable.Repeat(record, number)), isSection);
        string report = SampleReport.Xml(record);
        AssertRead(number + 1, report.Replace("</feedback>", text + "</feedback>", StringComparison.Ordinal));
        AssertRead(number + 1, report.Replace("<record>", text + "<record>", StringComparison.Ordinal));
        AssertRead(number + 1, report.Replace("</feedback>", "<data>" + text + "</data></feedback>", StringComparison.Ordinal));
        AssertRead(number, report.Replace(record, text, StringComparison.Ordinal));
        AssertRead(number, report.Replace(record, "<records>" + text + "</records>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_that_are_only_text_are_read_and_told(bool isSection)
    {
        string report = SampleReport.Xml(SampleReport.Record(), SampleReport.Record());
        string body = report.Substring(report.IndexOf("<feedback", StringComparison.Ordinal));
        AssertRead(2, "<data>" + AsText(report, isSection) + "</data>");
        AssertRead(2, "<a><b>x</b><c>" + AsText(body, isSection) + "</c></a>");
        AssertRead(2, Regex.Replace(report, "(?<=<row>).*?(?=</row>)", match => AsText(match.Value, isSection)));
        AssertRead(2, Regex.Replace(report, "(?<=<record>).*?(?=</record>)", match => AsText(match.Value, isSection)));
    }

    /// <summary>A comment is the text that it is.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tags_in_a_value_stay_text(bool isSection)
    {
        string text = AsText(SampleReport.Record(), isSection);
        ReadResult result = ReadResult.OfXml(SampleReport.Xml(SampleReport.Record(reason: "<reason><type>other</type><comment>" + text + "</comment></reason>")));

        Assert.Equal(SampleReport.Record().TrimEnd(), Assert.Single(Assert.Single(result.Rows).OverrideReasons).Comment);
        Assert.Empty(result.Codes);
    }

    /// <summary>Other XML is called what it is, whatever its text looks like.</summary>
    [Fact]
    public void Other_XML_with_tags_in_its_text_keeps_its_name() =>
        Assert.Contains("'rss'", ReadResult.OfXml("<rss><item>&lt;p&gt;a &lt;record&gt; of &lt;b&gt;it&lt;/b&gt;</item></rss>").Problem.Message, StringComparison.Ordinal);

    [Fact]
    public void A_section_without_an_end_is_read_to_the_end_of_the_file()
    {
        ReadResult result = ReadResult.OfXml(SampleReport.Xml(SampleReport.Record(), SampleReport.Record()).Replace("</record>\n<record>", "</record><![CDATA[ x <record>", StringComparison.Ordinal));

        Assert.Equal(2, result.Rows.Count);
        Assert.Contains("ReportRecordsInText", result.Codes);
    }

    private static string AsText(string markup, bool isSection) => isSection
        ? "<![CDATA[" + markup + "]]>"
        : markup.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static void AssertRead(int rows, string xml)
    {
        ReadResult result = ReadResult.OfXml(xml);
        Assert.Equal(rows, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.Equal((2, true), (row.Count, row.Passed)));
        Assert.Contains(result.Findings, finding => finding is { Code: "ReportRecordsInText", Severity: Severity.Warning });
        Assert.DoesNotContain("ReportValuesLost", result.Codes);
    }

    [Theory]
    [InlineData("127.1", true)]
    [InlineData("0x7f.0.0.1", true)]
    [InlineData("2130706433", true)]
    [InlineData("mail.example.com", true)]
    [InlineData("192.0.2.256", true)]
    [InlineData("192.0.2.9", false)]
    [InlineData("2001:DB8::9", false)]
    [InlineData("[IPv6:2001:db8::9]", false)]
    [InlineData("[2001:db8::9]:25", true)]
    [InlineData("192.000.002.009", true)]
    public void A_source_that_is_no_address_keeps_its_row_and_is_a_warning(string source, bool isWarning)
    {
        ReadResult result = ReadResult.OfXml(Whole.Replace("192.0.2.2", source, StringComparison.Ordinal));

        Assert.Equal(3, result.Rows.Count);
        Assert.Equal(isWarning, result.Rows[1].SourceIP == source && result.Rows[1].Findings.Any(finding => finding.Code == "ReportSourceInvalid"));
        Assert.Equal(isWarning, result.Findings.Any(finding => finding is { Code: "ReportRecordsIncomplete", Severity: Severity.Warning }));
    }

    /// <summary>A From domain that is none, or has letters that only a guess at the encoding gives, keeps its row and is a warning as well.</summary>
    [Theory]
    [InlineData("ex&ample.com", true)]
    [InlineData("example.com>", true)]
    [InlineData("ex\u0002ample.com", true)]
    [InlineData("example..com", true)]
    [InlineData("\u00ff\u00feexample.com", true)]
    [InlineData("xn--bcher-kva.example", false)]
    [InlineData("b\u00fccher.example", false, true)]
    public void A_From_domain_that_is_not_certain_keeps_its_row_and_is_a_warning(string from, bool isWarning, bool isUtf8 = false)
    {
        string xml = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2", from: from), Record(ip: "192.0.2.3"));
        ReadResult result = ReadResult.OfBytes((isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(xml));

        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], result.Rows.Select(row => row.SourceIP));
        Assert.Equal(isWarning, result.Findings.Any(finding => finding is { Code: "ReportRecordsIncomplete", Severity: Severity.Warning }));
    }

    /// <summary>A start tag that stands there twice is no part of the value.</summary>
    [Theory]
    [InlineData("<source_ip>")]
    [InlineData("<count>")]
    [InlineData("<header_from>")]
    public void A_start_tag_that_stands_there_twice_changes_no_row(string tag)
    {
        int at = Whole.LastIndexOf(tag, StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Whole.Insert(at, tag));

        Assert.Equal(
            [("192.0.2.1", 2L, "example.com"), ("192.0.2.2", 2, "example.com"), ("192.0.2.3", 2, "example.com")],
            result.Rows.Select(row => (row.SourceIP, row.Count, row.HeaderFrom)));
        Assert.Contains("ReportRowsRepaired", result.Codes);
    }

    /// <summary>Of what one document says again and again, the first hundred are told, and how many more there are.</summary>
    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    [InlineData(350, 250)]
    public void Findings_of_many_reports_are_counted(int reports, int more)
    {
        string report = Xml();
        report = report.Substring(report.IndexOf("<feedback>", StringComparison.Ordinal));
        ReadResult result = ReadResult.OfXml(string.Concat(Enumerable.Range(0, reports).Select(number => report.Replace("id-1", "id-" + number, StringComparison.Ordinal))));

        Assert.Equal(100, result.Findings.Count(finding => finding.Code == "ReportNoRecords"));
        Assert.Equal(
            more == 0 ? [] : [$"{more} more {(more == 1 ? "finding" : "findings")} of the kind ReportNoRecords {(more == 1 ? "is" : "are")} not listed."],
            result.Findings.Where(finding => finding.Code == "FindingsNotListed").Select(finding => finding.Message));
        Assert.All(result.Findings.Where(finding => finding.Code == "FindingsNotListed"), finding => Assert.Equal(Severity.Warning, finding.Severity));
    }

    [Fact]
    public void A_finding_names_the_line() =>
        Assert.Contains(
            ReadResult.OfXml(Whole.Replace("Reporter", "A & B", StringComparison.Ordinal)).Findings,
            finding => finding.Message.Contains("line 4,", StringComparison.Ordinal));

    [Theory]
    [InlineData("</record>\n<record><row><source_ip>192.0.2.3</source_ip><count>2", 2, "ReportRecordsLeftOut")]
    [InlineData("<record><row><source_ip>192.0.2.3", 2, "ReportRecordsLeftOut")]
    [InlineData("</auth_results></record>\n<record><row><source_ip>192.0.2.3</source_ip><cou", 2, "ReportCutOff")]
    public void A_truncated_file_gives_the_rows_before(string last, int rows, string code)
    {
        string xml = Whole.Substring(0, Whole.LastIndexOf(last, StringComparison.Ordinal) + last.Length);
        ReadResult result = ReadResult.OfXml(xml);

        Assert.Equal(rows, result.Rows.Count);
        Assert.Contains(code, result.Codes);
        Assert.Contains("ReportCutOff", result.Codes);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void A_record_cut_after_its_identifiers_is_kept_and_marked()
    {
        int at = Whole.LastIndexOf("<auth_results>", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Whole.Substring(0, at + 20));

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains("ReportRecordCutOff", result.Rows[2].Findings.Select(finding => finding.Code));
        Assert.DoesNotContain("ReportRecordCutOff", result.Rows[1].Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Every_truncation_gives_the_complete_records_before_it()
    {
        for (int length = Whole.IndexOf("<record>", StringComparison.Ordinal); length < Whole.Length; length++)
        {
            string xml = Whole.Substring(0, length);
            ReadResult result = ReadResult.OfXml(xml);
            int complete = xml.Split("</record>").Length - 1;

            Assert.InRange(result.Rows.Count, complete, complete + 1);
            Assert.Equal(result.Rows.Count, result.Rows.Select(row => row.SourceIP).Distinct().Count());
        }
    }

    [Fact]
    public void A_record_that_runs_into_the_next_does_not_take_it_along()
    {
        string xml = Whole.Replace("192.0.2.2</source_ip><count>2</count>", "192.0.2.2</source_ip><cou", StringComparison.Ordinal);
        int at = xml.IndexOf("<cou<", StringComparison.Ordinal);
        xml = xml.Substring(0, at) + xml.Substring(xml.IndexOf("<record>", at, StringComparison.Ordinal));
        ReadResult result = ReadResult.OfXml(xml);

        Assert.Equal(["192.0.2.1", "192.0.2.3"], result.Rows.Select(row => row.SourceIP));
        Assert.Contains("ReportRecordsLeftOut", result.Codes);
    }

    [Fact]
    public void Wrong_case_throughout_is_read()
    {
        string xml = System.Text.RegularExpressions.Regex.Replace(Whole, "<(/?)([a-z_]+)>", match => match.Value.ToUpperInvariant());
        ReadResult result = ReadResult.OfXml(xml);

        Assert.Equal(3, result.Rows.Count);
        Assert.Equal("Reporter", result.Rows[0].OrganizationName);
        Assert.Contains("ReportNamesFolded", result.Codes);
    }

    [Fact]
    public void A_closed_wrapper_is_passed_through()
    {
        ReadResult result = ReadResult.OfXml(Whole.Replace("<feedback>", "<w><feedback>", StringComparison.Ordinal).Replace("</feedback>", "</feedback></w>", StringComparison.Ordinal));

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains("ReportWrapped", result.Codes);
    }

    [Fact]
    public void Two_reports_in_one_file_are_two_reports()
    {
        string second = Whole.Substring(Whole.IndexOf("<feedback>", StringComparison.Ordinal)).Replace("id-1", "id-2", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Whole + second);

        Assert.Equal(["id-1", "id-1", "id-1", "id-2", "id-2", "id-2"], result.Rows.Select(row => row.ReportId));
    }

    public static TheoryData<string, byte[], string> Encodings()
    {
        string xml = Whole.Replace("Reporter", "Müller “x”", StringComparison.Ordinal);
        byte[] windows = Encoding.Latin1.GetBytes(xml.Replace('“', '\u0093').Replace('”', '\u0094'));
        byte[] Declared(string name, byte[] bytes) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("UTF-8", name, StringComparison.Ordinal));
        return new()
        {
            { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(xml)], "" },
            { "UTF-16 little endian", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))], "" },
            { "UTF-16 big endian", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(xml.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))], "" },
            { "UTF-16 without a mark", Encoding.Unicode.GetBytes(xml.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)), "" },
            { "UTF-16 that says UTF-8", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml)], "" },
            { "UTF-8 that says UTF-16", Encoding.UTF8.GetBytes(xml.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)), "" },
            { "UTF-8 that says us-ascii", Encoding.UTF8.GetBytes(xml.Replace("UTF-8", "us-ascii", StringComparison.Ordinal)), "" },
            { "UTF-8 that says iso-8859-1", Encoding.UTF8.GetBytes(xml.Replace("UTF-8", "iso-8859-1", StringComparison.Ordinal)), "" },
            { "UTF-8 that says nonsense", Encoding.UTF8.GetBytes(xml.Replace("UTF-8", "x-none", StringComparison.Ordinal)), "" },
            { "Windows-1252", Declared("windows-1252", windows), "" },
            { "Windows-1252 that says UTF-8", windows, "ReportBytesReplaced" },
            { "Windows-1252 that says ISO-8859-1", Declared("ISO-8859-1", windows), "" },
        };
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encodings_are_told_by_bytes_before_words(string name, byte[] content, string code)
    {
        ReadResult result = ReadResult.OfBytes(content);

        Assert.True(result.Rows.Count == 3, name);
        Assert.Equal("Müller “x”", result.Rows[0].OrganizationName);
        Assert.True(code.Length == 0 || result.Codes.Contains(code), name);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Damage_far_into_a_file_gives_each_row_once()
    {
        string xml = Xml([.. Enumerable.Range(0, 5000).Select(i => Record(ip: $"192.0.{i / 250}.{i % 250}"))]);
        int at = xml.IndexOf("192.0.16.5<", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(xml.Insert(at, "<"));

        Assert.Equal(5000, result.Rows.Count);
        Assert.Equal(5000, result.Rows.Select(row => row.SourceIP).Distinct().Count());
        Assert.Equal("<192.0.16.5", result.Rows[4005].SourceIP);
    }

    [Fact]
    public void A_broken_gzip_file_gives_what_stands_before_the_damage()
    {
        string xml = Xml([.. Enumerable.Range(0, 5000).Select(i => Record(ip: $"192.0.{i / 250}.{i % 250}", count: (i * 7919 % 10007).ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(xml));
        }

        byte[] bytes = packed.ToArray();
        ReadResult result = ReadResult.OfBytes(bytes[..(bytes.Length / 2)]);

        Assert.InRange(result.Rows.Count, 1000, 4000);
        Assert.Equal(result.Rows.Count, result.Rows.Select(row => row.SourceIP).Distinct().Count());
        Assert.Contains("ReportCutOff", result.Codes);
        Finding damage = Assert.Single(result.Findings, finding => finding.Code == "ReportCompressionDamaged");
        Assert.Contains("breaks off", damage.Message, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, damage.Severity);
    }

    [Fact]
    public void Gzip_that_is_whole_is_not_said_to_break_off()
    {
        byte[] pack(string text)
        {
            MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionMode.Compress))
            {
                gzip.Write(Encoding.UTF8.GetBytes(text));
            }

            return packed.ToArray();
        }

        string xml = Xml(Record());
        string cut = xml[..(xml.Length - 20)];

        Assert.DoesNotContain("ReportCompressionDamaged", ReadResult.OfBytes(pack(xml)).Codes);
        Assert.DoesNotContain("ReportCompressionDamaged", ReadResult.OfBytes([.. pack(xml[..90]), .. pack(xml[90..])]).Codes);
        Assert.DoesNotContain("ReportCompressionDamaged", ReadResult.OfBytes([.. pack(xml), 0, 0, 0, 0]).Codes);
        ReadResult cutBefore = ReadResult.OfBytes(pack(cut));
        Assert.Contains("ReportCutOff", cutBefore.Codes);
        Assert.DoesNotContain("ReportCompressionDamaged", cutBefore.Codes);
        Assert.Contains("breaks off", ReadResult.OfBytes(pack(xml)[..14]).Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("unused", "neither XML")]
    [InlineData("<!doctype html><html><body>[Preview]</body></html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><rss><channel/></rss>", "first element is 'rss'")]
    public void What_is_no_report_is_a_problem_with_a_reason(string content, string reason)
    {
        ReadResult result = ReadResult.OfXml(content);

        Assert.Empty(result.Rows);
        Assert.Contains(reason, result.Problem.Message, StringComparison.Ordinal);
        Assert.Contains("'test'", result.Problem.Message, StringComparison.Ordinal);
    }
}
