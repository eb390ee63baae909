using System.Net;
using System.Text.Json;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Xunit.Abstractions;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>
/// What RFC 7208 §3 to §8 says, as data: the cases of this project, which are part of the repository, and the openspf suite of 203 tests
/// where it stands beside it.
/// </summary>
public class SpfConformanceTests(ITestOutputHelper output)
{
    private const string DefaultExplanation = "DEFAULT";

    private static readonly Lazy<Dictionary<string, (JsonElement Test, JsonElement ZoneData)>> Own = new(
        () => Load(Directory.GetFiles(TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "spf"), "*.json")));

    private static readonly Lazy<Dictionary<string, (JsonElement Test, JsonElement ZoneData)>> Suite = new(
        () => Load(TestFiles.Conformance("spf", "rfc7208-tests.json")));

    public static TheoryData<string> OwnTests => [.. Own.Value.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> SuiteTests => TestFiles.HasConformance ? [.. Suite.Value.Keys] : ["-"];

    [Theory]
    [MemberData(nameof(OwnTests))]
    public Task Our_own_case(string id) => AssertAsync(Own.Value[id]);

    [ConformanceTheory]
    [MemberData(nameof(SuiteTests))]
    public Task Case_of_the_openspf_suite(string id) => AssertAsync(Suite.Value[id]);

    /// <summary>The data speak of every section of the standard that a receiver follows.</summary>
    [Fact]
    public void Our_own_cases_cover_the_standard()
    {
        string[] sections =
        [
            "2.4", "3.1", "3.2", "3.3", "3.4", "4.1", "4.3", "4.4", "4.5", "4.6", "4.6.1", "4.6.2", "4.6.4", "4.7", "5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "6", "6.1", "6.2",
            "7.1", "7.2", "7.3", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7",
        ];
        HashSet<string> covered = [.. Own.Value.Values.Select(each => each.Test.GetProperty("spec").GetString()!)];

        output.WriteLine($"Own cases: {Own.Value.Count}.");
        Assert.Empty(sections.Except(covered));
        Assert.True(Own.Value.Count >= 250);
    }

    [ConformanceFact]
    public async Task All_203_tests_of_the_openspf_suite_pass()
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

    private static async Task AssertAsync((JsonElement Test, JsonElement ZoneData) each)
    {
        SpfEvaluation evaluation = await CheckAsync(each.Test, each.ZoneData);

        Assert.Contains(evaluation.Result.ToWord(), Accepted(each.Test));
        if (each.Test.TryGetProperty("explanation", out JsonElement explanation))
        {
            Assert.Equal(explanation.GetString(), evaluation.Explanation);
        }
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

    private static Dictionary<string, (JsonElement Test, JsonElement ZoneData)> Load(params string[] files)
    {
        Dictionary<string, (JsonElement Test, JsonElement ZoneData)> tests = [];
        foreach (JsonElement scenario in files.SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateArray()))
        {
            foreach (JsonProperty test in scenario.GetProperty("tests").EnumerateObject())
            {
                tests.Add(scenario.GetProperty("description").GetString() + "/" + test.Name, (test.Value, scenario.GetProperty("zonedata")));
            }
        }

        return tests;
    }
}
