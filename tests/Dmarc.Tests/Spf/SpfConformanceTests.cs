using System.Net;
using System.Text.Json;
using Dmarc.Spf;
using Dmarc.Tests.Support;
using Xunit.Abstractions;

namespace Dmarc.Tests.Spf;

/// <summary>The openspf suite for RFC 7208: 203 tests in 16 scenarios.</summary>
public class SpfConformanceTests(ITestOutputHelper output)
{
    private const string DefaultExplanation = "DEFAULT";

    private static readonly Lazy<Dictionary<string, (JsonElement Test, JsonElement ZoneData)>> Suite = new(Load);

    public static TheoryData<string> Tests => TestFiles.HasConformance ? [.. Suite.Value.Keys] : ["-"];

    [ConformanceTheory]
    [MemberData(nameof(Tests))]
    public async Task Gives_the_result_and_the_explanation(string id)
    {
        (JsonElement test, JsonElement zoneData) = Suite.Value[id];
        SpfEvaluation evaluation = await CheckAsync(test, zoneData);

        Assert.Contains(evaluation.Result.ToWord(), Accepted(test));
        if (test.TryGetProperty("explanation", out JsonElement explanation))
        {
            Assert.Equal(explanation.GetString(), evaluation.Explanation);
        }
    }

    [ConformanceFact]
    public async Task All_203_tests_pass()
    {
        int passed = 0;
        foreach ((JsonElement test, JsonElement zoneData) in Suite.Value.Values)
        {
            SpfEvaluation evaluation = await CheckAsync(test, zoneData);
            bool explained = !test.TryGetProperty("explanation", out JsonElement explanation) || explanation.GetString() == evaluation.Explanation;
            passed += Accepted(test).Contains(evaluation.Result.ToWord()) && explained ? 1 : 0;
        }

        output.WriteLine($"RFC 7208 suite: {passed} of {Suite.Value.Count} tests pass.");
        Assert.Equal(203, Suite.Value.Count);
        Assert.Equal(203, passed);
    }

    private static ValueTask<SpfEvaluation> CheckAsync(JsonElement test, JsonElement zoneData)
    {
        SpfEvaluator evaluator = new(new ZoneDataResolver(zoneData), new SpfEvaluatorOptions { DefaultExplanation = DefaultExplanation });
        return evaluator.CheckHostAsync(
            IPAddress.Parse(test.GetProperty("host").GetString()!),
            test.GetProperty("mailfrom").GetString(),
            test.GetProperty("helo").GetString());
    }

    private static IEnumerable<string> Accepted(JsonElement test)
    {
        JsonElement result = test.GetProperty("result");
        return result.ValueKind == JsonValueKind.Array ? result.EnumerateArray().Select(each => each.GetString()!) : [result.GetString()!];
    }

    private static Dictionary<string, (JsonElement Test, JsonElement ZoneData)> Load()
    {
        JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestFiles.Conformance("spf", "rfc7208-tests.json")));
        Dictionary<string, (JsonElement Test, JsonElement ZoneData)> tests = [];
        foreach (JsonElement scenario in document.RootElement.EnumerateArray())
        {
            foreach (JsonProperty test in scenario.GetProperty("tests").EnumerateObject())
            {
                tests.Add(scenario.GetProperty("description").GetString() + "/" + test.Name, (test.Value, scenario.GetProperty("zonedata")));
            }
        }

        return tests;
    }
}
