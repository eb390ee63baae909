using Dmarc.Advice.Page;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Writing;
using Dmarc.Standards;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Reports.Writing;

public sealed class RowExportTests : IDisposable
{
    private readonly ExportBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("rows.csv", true)]
    [InlineData("rows.csv!a.xml!b", true)]
    [InlineData("rows.csv!", true)]
    [InlineData("other.csv", false)]
    [InlineData("rows.csv2", false)]
    [InlineData("rows.csv/../other.csv", false)]
    [InlineData("!rows.csv", false)]
    public void The_file_that_a_row_came_from_is_not_replaced(string source, bool isRefused)
    {
        AggregateReportRow row = MadeRows.Row(MadeRows.Report(path: _bed.PathOf(source)));
        File.WriteAllText(_bed.PathOf("rows.csv"), "before");
        File.WriteAllText(_bed.PathOf("other.csv"), "before");

        Exception? refused = Record.Exception(() => _bed.Export("rows.csv", [row]));

        Assert.Equal(isRefused, refused is ReportExportException { Problem: ReportExportProblem.OverInput });
        Assert.Equal(isRefused, _bed.Read("rows.csv") == "before");
    }

    [Fact]
    public void Names_of_files_may_hold_exclamation_marks()
    {
        AggregateReportRow row = MadeRows.Row(MadeRows.Report(path: _bed.PathOf("a!b.csv!c.xml")));
        File.WriteAllText(_bed.PathOf("a!b.csv"), "before");

        Assert.Throws<ReportExportException>(() => _bed.Export("a!b.csv", [row]));
        Assert.Equal("before", _bed.Read("a!b.csv"));
    }

    [Fact]
    public void Ndjson_has_an_object_a_line_with_all_fields()
    {
        AggregateReportRow row = MadeRows.Row(
            MadeRows.Report(policy: ReportedPolicy.Reject, percentage: 50),
            dkim: true,
            signatures: [MadeRows.Signature("example.com"), MadeRows.Signature("other.example", AuthenticationResult.TempError)],
            checks: [MadeRows.Check("example.com", AuthenticationResult.SoftFail)],
            reasons: [OverrideReasonType.MailingList]);

        _bed.Export("x.ndjson", [row, row]);

        string[] lines = _bed.Read("x.ndjson").TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal(
            "{\"type\":\"aggregate\",\"org_name\":\"Reporter\",\"org_email\":\"\",\"report_id\":\"id-1\",\"begin\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T23:59:59Z\","
            + "\"domain\":\"example.com\",\"policy\":\"reject\",\"subdomain_policy\":null,\"nonexistent_subdomain_policy\":null,\"percentage\":50,\"testing\":null,"
            + "\"dkim_alignment_mode\":null,\"spf_alignment_mode\":null,\"failure_options\":\"\",\"discovery_method\":null,\"schema\":\"unknown\",\"generator\":\"\","
            + "\"source_ip\":\"192.0.2.1\",\"count\":1,\"disposition\":\"none\",\"passed\":true,\"dkim_aligned\":true,\"spf_aligned\":false,\"computed_passed\":true,"
            + "\"computed_dkim_aligned\":true,\"computed_spf_aligned\":false,\"header_from\":\"example.com\",\"envelope_from\":null,\"envelope_to\":null,"
            + "\"override_types\":[\"mailing_list\"],\"override_comments\":[\"\"],\"dkim_domains\":[\"example.com\",\"other.example\"],\"dkim_selectors\":[\"s\",\"s\"],"
            + "\"dkim_results\":[\"pass\",\"temperror\"],\"spf_domains\":[\"example.com\"],\"spf_scopes\":[\"mfrom\"],\"spf_results\":[\"softfail\"],",
            lines[0].Substring(0, lines[0].IndexOf("\"findings\"", StringComparison.Ordinal)));
        Assert.EndsWith("\"path\":\"test.xml\"}", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_fields_are_those_that_the_documentation_lists()
    {
        string text = File.ReadAllText(TestFiles.Repository("docs", "scale.md"));

        foreach ((string heading, ExportSchema schema) in new (string, ExportSchema)[]
        {
            ("### Aggregate rows", AggregateSchema.Instance),
            ("### Failure reports", FailureSchema.Instance),
            ("### TLS rows", TlsSchema.Instance),
        })
        {
            string section = text.Substring(text.IndexOf(heading, StringComparison.Ordinal) + heading.Length);
            section = section.Substring(0, section.IndexOf("\n#", StringComparison.Ordinal));
            string[] listed = [.. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
            Assert.Equal(schema.Names, listed);
        }
    }

    [Fact]
    public void Json_is_one_array()
    {
        _bed.Export("x.json", ExportBed.SampleRows());
        _bed.Export("none.JSON", []);

        string json = _bed.Read("x.json");
        Assert.StartsWith("[\n{\"type\":", json, StringComparison.Ordinal);
        Assert.EndsWith("}\n]\n", json, StringComparison.Ordinal);
        Assert.Equal(ExportBed.SampleRows().Count, json.Split('\n').Count(line => line.StartsWith("{\"type\":\"aggregate\"", StringComparison.Ordinal)));
        Assert.Equal("[]\n", _bed.Read("none.JSON"));
    }

    [Fact]
    public void Csv_has_a_line_of_names_and_a_line_a_row()
    {
        _bed.Export("x.csv", ExportBed.SampleRows());

        string[] lines = _bed.Read("x.csv").Split(["\r\n"], StringSplitOptions.None);
        Assert.StartsWith("type,org_name,org_email,report_id,begin,end,domain,policy,", lines[0], StringComparison.Ordinal);
        Assert.Equal(ExportBed.SampleRows().Count + 2, lines.Length);
    }

    [Fact]
    public void Csv_holds_one_kind_of_row()
    {
        using ReportExport export = PageExport.Create(new ReportExportOptions(_bed.PathOf("x.csv")));
        export.Add(MadeRows.Row());

        ReportExportException problem = Assert.Throws<ReportExportException>(() => export.Add(new FailureReport()));

        Assert.True(problem.IsAboutRow);
        Assert.Equal(ReportExportProblem.MixedRows, problem.Problem);
        export.Complete();
        Assert.Single(_bed.Files);
    }

    [Theory]
    [InlineData("x.csv")]
    [InlineData("x.json")]
    [InlineData("x.ndjson")]
    public void Hostile_values_act_on_no_terminal_and_no_spreadsheet(string name)
    {
        _bed.Export(name, ExportBed.HostileRows());

        string text = _bed.Read(name);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character is not ('\r' or '\n'));
        Assert.DoesNotContain(text, character => character is '\u202E' or '\u2066' or '\u2069' or '\u200B');
        if (name == "x.csv")
        {
            Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(",\"=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(",+", text, StringComparison.Ordinal);
            Assert.DoesNotContain(",@", text, StringComparison.Ordinal);
            Assert.Contains("'=cmd|' /C calc'!A0", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_finished_leaves_nothing_and_what_was_there()
    {
        File.WriteAllText(_bed.PathOf("x.csv"), "before");
        using (ReportExport export = PageExport.Create(new ReportExportOptions(_bed.PathOf("x.csv"))))
        {
            export.Add(MadeRows.Row());
        }

        Assert.Equal("before", _bed.Read("x.csv"));
        Assert.Single(_bed.Files);
    }

    [Fact]
    public void What_is_there_is_replaced_unless_it_shall_not_be()
    {
        File.WriteAllText(_bed.PathOf("x.csv"), "before");

        ReportExportException problem = Assert.Throws<ReportExportException>(() => _bed.Export("x.csv", [MadeRows.Row()], noClobber: true));
        Assert.Equal(ReportExportProblem.FileExists, problem.Problem);
        Assert.Equal("before", _bed.Read("x.csv"));

        _bed.Export("x.csv", [MadeRows.Row()]);
        Assert.StartsWith("type,", _bed.Read("x.csv"), StringComparison.Ordinal);
        Assert.Single(_bed.Files);
    }

    [Theory]
    [InlineData("x.txt", "UnknownFormat")]
    [InlineData("x", "UnknownFormat")]
    [InlineData("missing/x.csv", "FolderMissing")]
    [InlineData("folder.csv", "FileNotWritable")]
    public void What_cannot_be_written_is_said_before(string name, string problem)
    {
        Directory.CreateDirectory(_bed.PathOf("folder.csv"));

        ReportExportException exception = Assert.Throws<ReportExportException>(() => _bed.Export(name, []));

        Assert.Equal(problem, exception.Problem.ToString());
        Assert.Contains(Path.GetFileName(name), exception.Message, StringComparison.Ordinal);
        Assert.Empty(_bed.Files);
    }
}
