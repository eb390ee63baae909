using System.Globalization;
using System.Net;
using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>What a stranger writes into records costs time in proportion to its size.</summary>
[Collection(GrowthTestsAlone.Name)]
public class SpfGrowthTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");
    private static readonly IPAddress Client = IPAddress.Parse("203.0.113.9");

    public static TheoryData<string> Shapes => ["itself", "same include", "ranges", "qualifiers", "repeated", "unknown", "macros", "texts", "strings"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Analysis_takes_time_in_proportion(string shape) =>
        Growth.IsLinear(500, size =>
        {
            FakeResolver zone = Make(shape, size);
            return () => Wait(new SpfAnalyzer(zone).AnalyzeAsync(Example));
        });

    [Theory]
    [InlineData("ranges")]
    [InlineData("qualifiers")]
    [InlineData("same include")]
    [InlineData("repeated")]
    public void Flattening_takes_time_in_proportion(string shape) =>
        Growth.IsLinear(500, size =>
        {
            FakeResolver zone = Make(shape, size);
            return () => Wait(new SpfAnalyzer(zone).AnalyzeAsync(Example, new SpfAnalysisRequest { Flattens = true }));
        });

    [Fact]
    public void Comparison_takes_time_in_proportion() =>
        Growth.IsLinear(200, size =>
        {
            FakeResolver zone = Make("qualifiers", size);
            string proposed = Record(size, at => $"{(at % 2 == 0 ? "" : "-")}ip4:{Address(at + 7)}");
            return () => Wait(new SpfAnalyzer(zone).AnalyzeAsync(Example, new SpfAnalysisRequest { Record = proposed, Compares = true }));
        });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Evaluation_takes_time_in_proportion(string shape) =>
        Growth.IsLinear(1_000, size =>
        {
            FakeResolver zone = Make(shape, size);
            return () => Wait(new SpfEvaluator(zone).CheckHostAsync(Client, "bob@example.com").AsTask());
        });

    [Theory]
    [InlineData("ip4:192.0.2.1 ")]
    [InlineData("%{d}")]
    [InlineData("a:%{l1r+-.,/_=}.")]
    [InlineData("x")]
    [InlineData("\t")]
    [InlineData("=")]
    [InlineData("redirect=a.test exp=b.test ")]
    [InlineData("incldue:a.test ")]
    [InlineData("a/24//64 ")]
    public void Parsing_takes_time_in_proportion(string piece) =>
        Growth.IsLinear(500, size =>
        {
            string text = "v=spf1 " + new StringBuilder().Insert(0, piece, size);
            return () => SpfParser.Parse(text);
        });

    private static void Wait(Task task)
    {
        Assert.True(task.IsCompleted, "The work left its thread.");
        task.GetAwaiter().GetResult();
    }

    private static FakeResolver Make(string shape, int size) => shape switch
    {
        "itself" => Zone.Parse("example.com TXT " + Record(size, _ => "include:example.com")),
        "same include" => Zone.Parse("example.com TXT " + Record(size, _ => "include:big.test") + "\nbig.test TXT " + Record(100, at => "ip4:" + Address(at))),
        "ranges" => Zone.Parse("example.com TXT " + Record(size, at => "ip4:" + Address(at))),
        "qualifiers" => Zone.Parse("example.com TXT " + Record(size, at => $"{"?-~+"[at % 4]}ip4:{Address(at)}")),
        "repeated" => Zone.Parse("example.com TXT " + Record(size, _ => "ip4:11.0.0.0/24")),
        "unknown" => Zone.Parse("example.com TXT " + Record(size, at => $"m{at}=x")),
        "macros" => Zone.Parse("example.com TXT v=spf1 exists:" + new StringBuilder().Insert(0, "%{d}.", size) + "test -all"),
        "texts" => Texts(size),
        _ => new FakeResolver().TxtStrings("example.com", [.. Enumerable.Repeat("v=spf1 ip4:192.0.2.1", 1), .. Enumerable.Repeat("ip4:192.0.2.1", size)]),
    };

    private static FakeResolver Texts(int size)
    {
        FakeResolver zone = new();
        return zone.Txt("example.com", [.. Enumerable.Range(0, size).Select(at => "include:x" + at.ToString(CultureInfo.InvariantCulture) + ".test ~all"), "v=spf1 -all"]);
    }

    private static string Record(int size, Func<int, string> term) => "v=spf1 " + string.Join(' ', Enumerable.Range(0, size).Select(term)) + " -all";

    private static string Address(int at) => $"11.{at >> 15 & 255}.{at >> 7 & 255}.{(at & 127) * 2}";
}
