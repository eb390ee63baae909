using Dmarc.Build.Views;
using Dmarc.Dns;

namespace Dmarc.PowerShell.Tests.Build;

/// <summary>What is wrong in the table of views is an error of the build that names the line.</summary>
public class ViewTableTests
{
    private static readonly string[] Good =
    [
        "# A comment.",
        "Line",
        "  table Domain 20, Lookups 7, Detail:Block",
        "  list Domain,",
        "    Lookups, Details",
    ];

    private static readonly string[] Kinds = ["Text", "Lines", "Block", "Domain", "FindingCount", "Findings"];

    /// <summary>A result.</summary>
    public sealed record Line(string Domain, int? Lookups, string Detail, IReadOnlyList<string> Details, DayOfWeek Day);

    /// <summary>A result with statuses.</summary>
    public sealed record Audit(
        PartStatus Status, DnsFailure? DnsFailure, PartStatus? SpfStatus, Audit? Spf, PartStatus DkimStatus, DnsFailure? DkimDnsFailure, Audit? Dkim, PartStatus Odd, PartStatus RestStatus, DayOfWeek Day);

    public static TheoryData<string, int, string, string> Faults => new()
    {
        { "Lime", 2, "VIEW002", "There is no public type 'Lime'." },
        { "  table Domain 20, Lockups 7", 3, "VIEW003", "Line has no property 'Lockups'." },
        { "  table Domain 20, Lookups:Bold 7", 3, "VIEW004", "There is no kind 'Bold'" },
        { "  table Domain 20, Lookups = 7", 3, "VIEW001", "'Lookups = 7' is not of the form" },
        { "  table Domain 20, Lookups 6", 3, "VIEW005", "The heading Lookups wraps: it has 6 columns." },
        { "  table Domain 71, Detail", 3, "VIEW005", "The columns do not fit 79 columns: Detail needs 8, and 7 are left." },
        { "  wrap Domain 69, Detail 10", 3, "VIEW005", "The columns do not fit 79 columns: Detail needs 10, and 9 are left." },
        { "  wrap Domain 70, LongHeading=Detail", 3, "VIEW005", "The columns do not fit 79 columns: LongHeading needs 11, and 8 are left." },
        { "  table Domain, Lookups 7", 3, "VIEW005", "The column Domain needs a width" },
        { "  wrap Domain 20, Detail, Lookups 7", 3, "VIEW005", "The column Detail needs a width" },
        { "  table Domain 20, Day 8, Detail", 3, "VIEW005", "A word of Day has 9 letters and would be cut to 8." },
        { "  table Domain", 3, "VIEW005", "A table has 2 to 6 columns, not 1." },
        { "  tables Domain 20, Detail", 3, "VIEW001", "Below a type stand its table, wrap and list." },
        { "  wrap Domain 20,", 4, "VIEW006", "has two views of that form." },
        { "of Line: list Findings", 3, "VIEW001", "Write of Type: table Kind, list Kind." },
        { "Both = Line, Lime", 3, "VIEW001", "A group names types that have their views above it." },
    };

    [Fact]
    public void A_table_is_read_with_kinds_that_follow_from_the_types()
    {
        ViewTable table = Parse(Good);

        TypeViews type = Assert.Single(table.Types);
        Assert.Equal(typeof(Line).FullName, type.Name);
        Assert.Equal(
            [new("Domain", "Domain", "Domain", 20, false), new("Lookups", "Lookups", "Text", 7, true), new("Detail", "Detail", "Block", null, false)],
            type.Views[0].Columns);
        Assert.Equal(["Domain Domain", "Lookups Text", "Details Lines"], type.Views[1].Columns.Select(column => column.Label + " " + column.Kind));
    }

    /// <summary>A status that can say that a look-up failed is shown with the failure: of its part, else of the object.</summary>
    [Fact]
    public void A_status_is_shown_with_the_failure_beside_it()
    {
        ViewTable table = ViewTable.Parse(
            "views.txt",
            ["Audit", "  wrap Status 9, SpfStatus 9, Mail=DkimStatus 9, Odd", "  list Status, DnsFailure, RestStatus, Day"],
            new ViewTypes([typeof(Audit)]),
            new ViewKinds([.. Kinds, "Status"]));

        Assert.Equal(
            ["Status Status ", "SpfStatus Status Spf", "DkimStatus Status DkimDnsFailure", "Odd Status "],
            table.Types[0].Views[0].Columns.Select(column => column.Property + " " + column.Kind + " " + column.Part));
        Assert.Equal(
            ["Status Status ", "DnsFailure Text ", "RestStatus Status ", "Day Text "],
            table.Types[0].Views[1].Columns.Select(column => column.Property + " " + column.Kind + " " + column.Part));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_reported_with_its_line(string line, int number, string code, string text)
    {
        string[] lines = [.. Good];
        lines[number - 1] = line;

        Assert.Contains(Parse(lines).Problems, problem => problem.StartsWith($"views.txt({number}): error {code}: ", StringComparison.Ordinal) && problem.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  table Domain 70, Detail")]
    [InlineData("  table Domain 68, Detail 10")]
    [InlineData("  table Domain 20, Day 9, Lookups 7")]
    [InlineData("  wrap Domain 20, Day 3, Lookups 7")]
    [InlineData("  wrap Domain 20, Sum=Lookups:Text 3")]
    [InlineData("  table Domain 20, Whole=:Text 5")]
    public void What_just_fits_is_no_fault(string line)
    {
        string[] lines = [.. Good];
        lines[2] = line;

        Assert.DoesNotContain(Parse(lines).Problems, problem => problem.StartsWith("views.txt(3)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_that_nothing_uses_is_a_fault() =>
        Assert.Contains(Parse(Good).Problems, problem => problem.EndsWith("Nothing is shown as Findings: remove Dmarc.PowerShell.DmarcFormat.Findings.", StringComparison.Ordinal));

    /// <summary>The status shows the word for the failure, and scripts ask for the failure itself.</summary>
    [Fact]
    public void A_list_without_the_failure_is_a_fault() => Assert.Contains(
        ViewTable.Parse("views.txt", ["Audit", "  list Status, Day"], new ViewTypes([typeof(Audit)]), new ViewKinds([.. Kinds, "Status"])).Problems,
        problem => problem.StartsWith("views.txt(2): error VIEW006: ", StringComparison.Ordinal) && problem.Contains("its list does not show it", StringComparison.Ordinal));

    /// <summary>A cell in a table that is cut can show how a look-up failed.</summary>
    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void A_status_in_a_table_has_room_for_every_failure(int width, bool isFault) => Assert.Equal(
        isFault,
        ViewTable.Parse("views.txt", ["Audit", "  table Status " + width + ", Day 9"], new ViewTypes([typeof(Audit)]), new ViewKinds([.. Kinds, "Status"])).Problems
            .Any(problem => problem.StartsWith("views.txt(2): error VIEW005: A word of Status has 16 letters", StringComparison.Ordinal)));

    [Fact]
    public void A_type_needs_a_table_and_a_list() =>
        Assert.Contains(Parse(Good[..3]).Problems, problem => problem.Contains("needs a table and a list", StringComparison.Ordinal));

    [Fact]
    public void A_result_without_a_view_is_a_fault() =>
        Assert.Contains(Parse([]).Problems, problem => problem.Contains("Nothing is shown as Text", StringComparison.Ordinal));

    [Fact]
    public void A_name_that_two_types_have_is_ambiguous()
    {
        Assert.Null(new ViewTypes([typeof(Line), typeof(Other.Line)]).Find("Line", out string problem));
        Assert.Contains("'Line' is ambiguous", problem, StringComparison.Ordinal);
    }

    private static ViewTable Parse(params string[] lines) => ViewTable.Parse("views.txt", lines, new ViewTypes([typeof(Line)]), new ViewKinds(Kinds));

    /// <summary>Another room.</summary>
    public static class Other
    {
        /// <summary>A type of the same name.</summary>
        public sealed record Line(string Domain);
    }
}
