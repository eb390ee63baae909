using Dmarc.Reports.Aggregate;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Rows and parts of rows in wrong places (RFC 9990 §3.1.1.7): what is certain is read, and what is not is told.</summary>
public class RowPlacementTests
{
    private static readonly string[] Addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    private static readonly string Three = string.Concat(Addresses.Select((address, at) => Record(ip: address, count: Count(at), from: From(at))));

    [Theory]
    [InlineData("a list around the records", "<records>", "</records>", false)]
    [InlineData("two lists around the records", "<data><records>", "</records></data>", false)]
    [InlineData("a list with a name like a record's", "<record_list>", "</record_list>", false)]
    public void Elements_around_the_records(string because, string before, string after, bool warns) =>
        Check(because, Wrap(before + Three + after), warns);

    [Theory]
    [InlineData("recrod")]
    [InlineData("Records")]
    [InlineData("item")]
    [InlineData("entry")]
    [InlineData("message")]
    public void Another_element_in_place_of_every_record(string name) =>
        Check(name, Wrap(Three.Replace("record>", name + ">", StringComparison.Ordinal)));

    [Theory]
    [InlineData("recrod")]
    [InlineData("recor")]
    [InlineData("record1")]
    [InlineData("item")]
    public void Another_element_in_place_of_one_record(string name) =>
        Check(name, Wrap(Replace(Three, 1, "<record>", $"<{name}>", "</record>", $"</{name}>")));

    [Theory]
    [InlineData("start tag misspelt", "<record>", "<recrod>")]
    [InlineData("start tag missing", "<record>", "")]
    [InlineData("start tag an end tag", "<record>", "</record>")]
    [InlineData("start tag empty", "<record>", "<record/>")]
    [InlineData("end tag misspelt", "</record>", "</recrod>")]
    [InlineData("end tag missing", "</record>", "")]
    [InlineData("end tag a start tag", "</record>", "<record>")]
    [InlineData("row's start tag misspelt", "<row>", "<rwo>")]
    [InlineData("row's start tag missing", "<row>", "")]
    [InlineData("row's end tag missing", "</row>", "")]
    [InlineData("row's end tag a start tag", "</row>", "<row>")]
    [InlineData("identifiers' start tag missing", "<identifiers>", "")]
    [InlineData("identifiers' start tag misspelt", "<identifiers>", "<identifer>")]
    [InlineData("identifiers' end tag missing", "</identifiers>", "")]
    [InlineData("results' start tag missing", "<auth_results>", "")]
    [InlineData("results' end tag missing", "</auth_results>", "")]
    [InlineData("evaluation's start tag missing", "<policy_evaluated>", "")]
    [InlineData("evaluation's end tag missing", "</policy_evaluated>", "")]
    [InlineData("count's start tag missing", "<count>", "")]
    [InlineData("count's end tag missing", "</count>", "")]
    [InlineData("address's start tag misspelt", "<source_ip>", "<souce_ip>")]
    [InlineData("address's end tag misspelt", "</source_ip>", "</souce_ip>")]
    [InlineData("From's start tag missing", "<header_from>", "")]
    [InlineData("From's end tag missing", "</header_from>", "")]
    public void A_damaged_tag_costs_no_row(string because, string tag, string damaged) =>
        Check(because, Wrap(Replace(Three, 1, tag, damaged)), warns: null);

    [Fact]
    public void A_boundary_that_is_missing_from_both_records()
    {
        Check("once", Wrap(Replace(Three, 0, "</record>\n<record>", "")));
        Check("everywhere", Wrap(Three.Replace("</record>\n<record>", "", StringComparison.Ordinal)));
        Check("no records at all", Wrap(Three.Replace("<record>", "", StringComparison.Ordinal).Replace("</record>", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Parts_in_another_order_without_boundaries()
    {
        string parts = string.Concat(Addresses.Select((address, at) =>
            $"<identifiers><header_from>{From(at)}</header_from></identifiers>" + Row(address, at) + "<auth_results>" + DkimEntry("example.com") + "</auth_results>"));

        Check("identifiers first", Wrap("<record>" + parts + "</record>"));
    }

    [Fact]
    public void Rows_that_share_a_record_share_its_identifiers_and_results()
    {
        ReadResult result = ReadResult.OfXml(Wrap(
            "<record>" + Row("192.0.2.1", 0) + Row("192.0.2.2", 1) + "<identifiers><header_from>example.com</header_from></identifiers><auth_results>"
            + DkimEntry("example.com") + "</auth_results></record>" + Record(ip: "192.0.2.3", count: "7")));

        Assert.Equal([("192.0.2.1", 3L, "example.com", 1), ("192.0.2.2", 5, "example.com", 1), ("192.0.2.3", 7, "example.com", 1)],
            result.Rows.Select(row => (row.SourceIP, row.Count, row.HeaderFrom, row.Dkim.Count)));
        Assert.Contains("ReportRowsMisplaced", result.Codes);
    }

    [Fact]
    public void Two_addresses_in_one_row_are_two_rows()
    {
        string inner = Row("192.0.2.1", 0).Replace("</row>", "", StringComparison.Ordinal) + Row("192.0.2.2", 1).Replace("<row>", "", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Wrap("<record>" + inner + "<identifiers><header_from>example.com</header_from></identifiers></record>"));

        Assert.Equal([("192.0.2.1", 3L), ("192.0.2.2", 5)], result.Rows.Select(row => (row.SourceIP, row.Count)));
    }

    [Fact]
    public void Second_identifiers_and_results_are_told()
    {
        ReadResult result = ReadResult.OfXml(Wrap(
            "<record>" + Row("192.0.2.1", 0) + "<identifiers><header_from>example.com</header_from></identifiers>"
            + "<identifiers><header_from>other.example</header_from><envelope_from>bounce.example</envelope_from></identifiers>"
            + "<auth_results>" + DkimEntry("example.com") + "</auth_results><auth_results>" + SpfEntry("bounce.example") + "</auth_results></record>"));

        Assert.Equal(("example.com", 3L, 1, 1), (result.Row.HeaderFrom, result.Row.Count, result.Row.Dkim.Count, result.Row.Spf.Count));
        Assert.Contains("ReportPartsRepeated", result.Codes);
    }

    /// <summary>As many identifiers behind rows as there are rows belong to them in their order; any other number leaves the first one for all, and is told.</summary>
    [Theory]
    [InlineData(2, "a.example b.example", "a.example b.example", false)]
    [InlineData(3, "a.example b.example a.example", "a.example b.example a.example", false)]
    [InlineData(3, "a.example", "a.example a.example a.example", false)]
    [InlineData(2, "a.example b.example c.example", "a.example a.example", true)]
    [InlineData(3, "a.example b.example", "a.example a.example a.example", true)]
    public void Rows_and_then_their_identifiers(int rows, string identifiers, string expected, bool isRepeated)
    {
        ReadResult result = ReadResult.OfXml(Wrap("<record>" + string.Concat(Enumerable.Range(1, rows).Select(row => Row("192.0.2." + row, 0)))
            + string.Concat(identifiers.Split(' ').Select(from => "<identifiers><header_from>" + from + "</header_from></identifiers>")) + "</record>"));

        Assert.Equal(expected.Split(' '), result.Rows.Select(row => row.HeaderFrom));
        Assert.Equal(Enumerable.Range(1, rows).Select(row => "192.0.2." + row), result.Rows.Select(row => row.SourceIP));
        Assert.Contains("ReportRowsMisplaced", result.Codes);
        Assert.Equal(isRepeated, result.Codes.Contains("ReportPartsRepeated"));
    }

    [Theory]
    [InlineData("in the row", "</policy_evaluated>", "</policy_evaluated><reason><type>local_policy</type><comment>x</comment></reason>")]
    [InlineData("in the record", "</row>", "</row><reason><type>local_policy</type><comment>x</comment></reason>")]
    [InlineData("before the address", "<row>", "<row><reason><type>local_policy</type><comment>x</comment></reason>")]
    public void A_reason_in_a_wrong_place_is_the_row_s_reason(string because, string tag, string with)
    {
        AggregateReportRow row = ReadResult.OfXml(Wrap(Record().Replace(tag, with, StringComparison.Ordinal))).Row;

        Assert.True(row.OverrideReasons.Count == 1, because);
        Assert.Equal(("192.0.2.1", 2L, "local_policy: x"), (row.SourceIP, row.Count, row.OverrideReasons[0].ToString()));
    }

    [Fact]
    public void A_policy_that_comes_again_between_records_is_that_of_the_records_after_it()
    {
        string second = PolicyPublished.Replace("example.com", "example.net", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Wrap(Record(ip: "192.0.2.1") + second + Record(ip: "192.0.2.2") + Record(ip: "192.0.2.3")));

        Assert.Equal(["example.com", "example.net", "example.net"], result.Rows.Select(row => row.Domain));
        Assert.All(result.Rows, row => Assert.Equal("id-1", row.ReportId));
        Assert.Contains("ReportSectionRepeated", result.Codes);
    }

    [Fact]
    public void A_policy_that_comes_again_at_once_does_not_count_and_is_told()
    {
        string second = PolicyPublished.Replace("example.com", "example.net", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Wrap(second + Record()));

        Assert.Equal("example.com", result.Row.Domain);
        Assert.Contains("'example.com p=reject' and 'example.net p=reject'", Assert.Single(result.Findings, finding => finding.Code == "ReportSectionRepeated").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ReportSectionRepeated", ReadResult.OfXml(Wrap(PolicyPublished + Record())).Codes);
    }

    [Fact]
    public void Two_reports_without_a_boundary_are_two_reports()
    {
        string metadata = Metadata.Replace("id-1", "id-2", StringComparison.Ordinal);
        string policy = PolicyPublished.Replace("example.com", "example.net", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(Wrap(Record() + metadata + policy + Record()));

        Assert.Equal([("id-1", "example.com"), ("id-2", "example.net")], result.Rows.Select(row => (row.ReportId, row.Domain)));
    }

    [Fact]
    public void A_number_that_is_none_is_told_for_the_file()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(count: "2"), Record(count: "many")));

        Assert.Equal(2, result.Rows.Count);
        Assert.Contains("ReportRecordsIncomplete", result.Codes);
        Assert.DoesNotContain("ReportRecordsIncomplete", ReadResult.OfXml(Xml(Record())).Codes);
    }

    [Fact]
    public void What_is_left_of_two_torn_values_is_not_taken_for_one()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(ip: "192.0.2.1", count: "5").Replace("</source_ip><count>", "", StringComparison.Ordinal), Record(ip: "192.0.2.7")));

        Assert.Equal("192.0.2.7", result.Row.SourceIP);
        Assert.Contains("ReportRecordsLeftOut", result.Codes);
    }

    [Theory]
    [InlineData("before the first record", "<record>")]
    [InlineData("in the first record", "<count>")]
    public void A_report_that_breaks_off_before_its_first_row_is_an_error(string because, string at)
    {
        string xml = Xml(Record());
        ReadResult result = ReadResult.OfXml(xml.Substring(0, xml.IndexOf(at, StringComparison.Ordinal)));

        Assert.True(result.Rows.Count == 0, because);
        Assert.Equal("ReportUnreadable", result.Problem.ErrorId);
    }

    private static void Check(string because, string xml, bool? warns = true)
    {
        ReadResult result = ReadResult.OfXml(xml);

        Assert.True(result.Problems.Count == 0, because);
        Assert.Equal(
            Addresses.Select((address, at) => (address, Count(at), From(at))),
            result.Rows.Select(row => (row.SourceIP, row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), row.HeaderFrom)));
        Assert.All(result.Rows, row => Assert.Equal(("example.com", true, 1), (row.Domain, row.DkimAligned, row.Dkim.Count)));
        if (warns is { } expected)
        {
            Assert.True(expected == result.Findings.Any(finding => finding.Severity > Severity.Information), because);
        }
    }

    private static string Row(string address, int at) =>
        $"<row><source_ip>{address}</source_ip><count>{Count(at)}</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>";

    private static string Count(int at) => (3 + (2 * at)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string From(int at) => at == 1 ? "news.example.com" : "example.com";

    /// <summary>Replaces texts in the record of that number.</summary>
    private static string Replace(string records, int record, params string[] pairs)
    {
        int start = records.IndexOf("<record><row><source_ip>" + Addresses[record], StringComparison.Ordinal);
        string rest = records.Substring(start);
        for (int i = 0; i < pairs.Length; i += 2)
        {
            int at = rest.IndexOf(pairs[i], StringComparison.Ordinal);
            rest = rest.Remove(at, pairs[i].Length).Insert(at, pairs[i + 1]);
        }

        return records.Substring(0, start) + rest;
    }
}
