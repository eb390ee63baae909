using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dmarc.Mail;
using Dmarc.Standards.Arc;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Conformance;

/// <summary>
/// The DKIM and ARC cases of this project. They are data in the form of the ARC test suite, made by a small generator with the keys beside
/// them; with DMARC_UPDATE_DOCS=1 the tests write them anew.
/// </summary>
public class ConformanceDataTests
{
    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<int, string> DkimNames() => Names(DkimFile);

    public static TheoryData<int, string> ArcNames() => Names(ArcFile);

    private static string DkimFile => TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "dkim", "dkim-cases.json");

    private static string ArcFile => TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "arc", "arc-cases.json");

    [Fact]
    public void The_DKIM_cases_are_what_the_generator_makes() => Compare(DkimFile, DkimCases.Make(), "result");

    [Fact]
    public void The_ARC_cases_are_what_the_generator_makes() => Compare(ArcFile, ArcCases.Make(), "cv");

    [Theory]
    [MemberData(nameof(DkimNames))]
    public async Task Dkim(int group, string name)
    {
        (FakeResolver resolver, MailMessage message, string expected) = ConformanceSuite.Read(DkimFile, group, name, "result");
        PrintableList<DkimVerification> results = await new DkimVerifier(resolver, new FixedClock()).VerifyAsync(message);
        Assert.Equal(expected, string.Join(" ", results.Select(result => result.Result.ToString().ToLowerInvariant())));
        Assert.All(results, result => Assert.NotEmpty(result.Reason));
    }

    [Theory]
    [MemberData(nameof(ArcNames))]
    public Task Arc(int group, string name) => ConformanceSuite.CheckArcAsync(ArcFile, group, name);

    private static TheoryData<int, string> Names(string file)
    {
        TheoryData<int, string> names = [];
        foreach ((int group, string name) in ConformanceSuite.Names(file))
        {
            names.Add(group, name);
        }

        return names;
    }

    private static void Compare(string file, List<ConformanceGroup> groups, string word)
    {
        JsonArray suite = [];
        foreach (ConformanceGroup group in groups)
        {
            JsonObject records = [];
            foreach ((string name, string[] texts) in group.Records)
            {
                records.Add(name, texts.Length == 1 ? texts[0] : new JsonArray([.. texts.Select(text => (JsonNode)text)]));
            }

            JsonObject tests = [];
            foreach ((string name, ConformanceCase one) in group.Cases)
            {
                tests.Add(name, new JsonObject { ["spec"] = one.Spec, ["description"] = one.Description, ["message"] = one.Message, [word] = one.Expected });
            }

            suite.Add(new JsonObject { ["description"] = group.Description, ["tests"] = tests, ["txt-records"] = records });
        }

        string made = suite.ToJsonString(Writing).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("DMARC_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, made);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), made);
    }

    private sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow { get; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    }
}

/// <summary>Reads suites in the form of the ARC test suite: scenarios with their records and messages.</summary>
internal static class ConformanceSuite
{
    public static IEnumerable<(int Group, string Name)> Names(string file)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        using JsonDocument suite = JsonDocument.Parse(File.ReadAllBytes(file));
        int group = 0;
        foreach (JsonElement scenario in suite.RootElement.EnumerateArray())
        {
            foreach (JsonProperty test in scenario.GetProperty("tests").EnumerateObject())
            {
                yield return (group, test.Name);
            }

            group++;
        }
    }

    /// <summary>A message of a suite with its zone and what is expected of it.</summary>
    public static (FakeResolver Resolver, MailMessage Message, string Expected) Read(string file, int group, string name, string word)
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement scenario = suite.RootElement[group];
        FakeResolver resolver = new();
        foreach (JsonProperty record in scenario.GetProperty("txt-records").EnumerateObject())
        {
            resolver.Txt(record.Name, record.Value.ValueKind == JsonValueKind.Array
                ? [.. record.Value.EnumerateArray().Select(text => text.GetString()!)]
                : [record.Value.GetString()!]);
        }

        JsonElement test = scenario.GetProperty("tests").GetProperty(name);
        string text = test.GetProperty("message").GetString()!.ReplaceLineEndings("\r\n");
        return (resolver, MailMessage.Parse(Encoding.UTF8.GetBytes(text)), test.GetProperty(word).GetString()!);
    }

    /// <summary>Validates the chain of a message. An empty expectation is a fail.</summary>
    public static async Task CheckArcAsync(string file, int group, string name)
    {
        (FakeResolver resolver, MailMessage message, string expected) = Read(file, group, name, "cv");
        ArcVerification result = await new ArcVerifier(resolver).VerifyAsync(message);
        Assert.Equal(expected.Length == 0 ? "Fail" : expected, result.Result.ToString());
        Assert.NotEmpty(result.Reason);
    }
}
