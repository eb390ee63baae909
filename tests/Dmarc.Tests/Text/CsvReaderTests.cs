using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>CSV as programs write it, and as it is when somebody damaged it.</summary>
public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "1|2")]
    [InlineData("\uFEFFa,b\n\"x \"\"y\"\", z\",\"line\nbreak\"", "x \"y\", z|line\nbreak")]
    [InlineData("#TYPE Selected.X\na,b\n\n,2\n", "|2")]
    [InlineData("A,B\n1\n", "1|-")]
    [InlineData("a;b\n1;\"2;3\"\n", "1|2;3")]
    [InlineData("a\tb\n1\t2\n", "1|2")]
    [InlineData("\"a\",\"b\"\r\"1\" , \"2\"\r", "1|2")]
    [InlineData("a,b\n1,2,\n", "1|2")]
    [InlineData("a,b,a\n1,2,3\n", "1|2")]
    [InlineData("a,b\n\"\",\"\"\"\"\n", "|\"")]
    [InlineData("a,b\n1,2", "1|2")]
    public void Rows_are_read_as_they_were_written(string text, string expected)
    {
        CsvItem item = Assert.Single(Read(text));

        Assert.Null(item.Problem);
        Assert.Equal(expected, Describe(item.Row!));
    }

    /// <summary>Each has one damaged line among sound ones; those stay, and the problem names the line.</summary>
    [Theory]
    [InlineData("3,\"x", CsvProblemKind.Quote)]
    [InlineData("\"3,x", CsvProblemKind.Quote)]
    [InlineData("\"3\",\"x", CsvProblemKind.Quote)]
    [InlineData("\"3\"4,x,y", CsvProblemKind.Quote)]
    [InlineData("\"3,\"x\"", CsvProblemKind.Quote)]
    [InlineData("\"\"\",\"\"", CsvProblemKind.Quote)]
    [InlineData("3,x,y", CsvProblemKind.TooManyCells)]
    public void A_damaged_record_costs_itself_alone(string damaged, object kindValue)
    {
        CsvProblemKind kind = (CsvProblemKind)kindValue;
        foreach (string sound in new[] { "1,2", "\"1\",\"2\"", "\"1\",2" })
        {
            string text = "a,b\n" + sound + "\n" + sound + "\n" + damaged + "\n" + sound + "\n" + sound + "\n";
            List<CsvItem> items = Read(text);

            Assert.Equal(["1|2", "1|2", "1|2", "1|2"], items.Where(item => item.Row is not null).Select(item => Describe(item.Row!)));
            CsvProblem problem = Assert.Single(items, item => item.Problem is not null).Problem!;
            Assert.Equal((4, kind, damaged), (problem.Line, problem.Kind, problem.Text));
            Assert.Contains("4", problem.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A quotation mark at the start of one value and at the end of a later one look like one value of many lines.</summary>
    [Fact]
    public void Lines_that_are_rows_by_themselves_are_no_part_of_a_value()
    {
        List<CsvItem> items = Read("a,b,c\n1,\"Hello,3\n1,2,3\n1,2,3\n1,Hello\",3\n1,2,3\n");

        Assert.Equal([2], items.Where(item => item.Row is null).Select(item => item.Problem!.Line));
        Assert.Equal(4, items.Count(item => item.Row is not null));
    }

    [Theory]
    [InlineData("\"1\",\"he said \"no\" to me\"", "1|he said \"no\" to me")]
    [InlineData("1,it\"s", "1|it\"s")]
    [InlineData("1\",2", "1\"|2")]
    public void A_quotation_mark_that_is_not_doubled_is_told_and_keeps_its_row(string line, string row)
    {
        CsvItem item = Assert.Single(Read("a,b\n" + line + "\n"));

        Assert.Equal(row, Describe(item.Row!));
        Assert.True(item.Problem!.IsRowKept);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3", "1|2", CsvProblemKind.CutOff, 3)]
    [InlineData("a,b\n1,2\n3,\"x", "1|2", CsvProblemKind.Quote, 3)]
    public void An_end_inside_of_a_record_is_told(string text, string row, object kindValue, int line)
    {
        CsvProblemKind kind = (CsvProblemKind)kindValue;
        List<CsvItem> items = Read(text);

        Assert.Equal(row, Describe(items[0].Row!));
        Assert.Equal((kind, line), (items[1].Problem!.Kind, (int)items[1].Problem!.Line));
    }

    [Fact]
    public void A_header_with_a_stray_quotation_mark_still_names_the_columns()
    {
        List<CsvItem> items = Read("\"a,\"b\"\n1,2\n");

        Assert.Equal((CsvProblemKind.Header, "1|2"), (items[0].Problem!.Kind, Describe(items[1].Row!)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_line_may_be_a_million_characters_long_and_no_longer(int more, bool isLost)
    {
        List<CsvItem> items = Read("a,b\n1," + new string('x', CsvReader.MaximumRecordLength - 2 + more) + "\n1,2\n");

        Assert.Equal(isLost ? CsvProblemKind.RecordTooLong : (CsvProblemKind?)null, items[0].Problem?.Kind);
        Assert.Equal("1|2", Describe(items[1].Row!));
    }

    [Theory]
    [InlineData(CsvReader.MaximumRecordLines, 0)]
    [InlineData(CsvReader.MaximumRecordLines + 1, 1)]
    public void A_record_may_have_a_thousand_lines_and_no_more(int lines, int quotes)
    {
        List<CsvItem> items = Read("a,b\n1,\"" + string.Join("\n", Enumerable.Repeat("x", lines)) + "\"\n1,2\n");

        Assert.Equal(quotes, items.Count(item => item.Problem is { Kind: CsvProblemKind.Quote, Line: 2 }));
        Assert.Equal("1|2", Describe(items[^1].Row!));
    }

    [Fact]
    public void Every_line_is_accounted_for_and_what_comes_out_is_true()
    {
        Random random = new(20261128);
        for (int round = 0; round < 1_000; round++)
        {
            int rows = random.Next(1, 40);
            bool quotes = random.Next(2) == 0;
            string[] lines = [.. Enumerable.Range(0, rows).Select(row => quotes ? $"\"d{row}.test\",\"v{row}, w\",\"z{row}\"" : $"d{row}.test,v{row},z{row}")];
            HashSet<string> truth = [.. Enumerable.Range(0, rows).Select(row => quotes ? $"d{row}.test|v{row}, w|z{row}" : $"d{row}.test|v{row}|z{row}")];
            string text = "a,b,c\n" + string.Concat(lines.Select(line => line + "\n"));
            int edit = random.Next("a,b,c\n".Length, text.Length);
            string damaged = random.Next(4) switch
            {
                0 => text.Insert(edit, "\""),
                1 => text.Remove(edit, 1),
                2 => text[..edit],
                _ => text.Insert(edit, ","),
            };

            CsvReader reader = new(new StringReader(damaged));
            List<CsvItem> items = [.. reader.Read()];
            int blank = damaged.Split('\n').Count(line => line.Trim().Length == 0) - (damaged.EndsWith('\n') ? 1 : 0);
            Assert.Equal(reader.Lines, 1 + blank + items.Sum(item => item.LineCount));

            // One edit touches two lines at most: the others come out whole, or the line is named.
            int whole = items.Count(item => item.Row is not null && truth.Contains(item.Row["a"] + "|" + item.Row["b"] + "|" + item.Row["c"]));
            int touched = damaged.Length < edit + 1 ? damaged.Split('\n').Length - 2 : rows;
            Assert.True(whole >= touched - 2, $"{whole} of {touched} rows of\n{damaged}");
        }
    }

    private static List<CsvItem> Read(string text) => [.. new CsvReader(new StringReader(text)).Read()];

    private static string Describe(CsvRow row) => (row["a"] ?? "-") + "|" + (row["b"] ?? "-");
}
