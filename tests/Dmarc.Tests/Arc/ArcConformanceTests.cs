using System.Text;
using System.Text.Json;
using Dmarc.Arc;
using Dmarc.Mail;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Arc;

/// <summary>The validation tests of the ARC test suite. What its tests of RSA with SHA-1 expect is what RFC 8301 says: it fails.</summary>
public class ArcConformanceTests
{
    public static IEnumerable<object[]> Cases()
    {
        if (!TestFiles.HasConformance)
        {
            yield break;
        }

        using JsonDocument suite = Load();
        int scenario = 0;
        foreach (JsonElement group in suite.RootElement.EnumerateArray())
        {
            foreach (JsonProperty test in group.GetProperty("tests").EnumerateObject())
            {
                yield return [scenario, test.Name];
            }

            scenario++;
        }
    }

    [ConformanceTheory]
    [MemberData(nameof(Cases))]
    public async Task Suite(int scenario, string name)
    {
        using JsonDocument suite = Load();
        JsonElement group = suite.RootElement[scenario];
        FakeResolver resolver = new();
        foreach (JsonProperty record in group.GetProperty("txt-records").EnumerateObject())
        {
            resolver.Txt(record.Name, record.Value.GetString()!);
        }

        JsonElement test = group.GetProperty("tests").GetProperty(name);
        string text = test.GetProperty("message").GetString()!.ReplaceLineEndings("\r\n");
        ArcVerification result = await new ArcVerifier(resolver).VerifyAsync(MailMessage.Parse(Encoding.UTF8.GetBytes(text)));
        string expected = test.GetProperty("cv").GetString()!;
        Assert.Equal(expected.Length == 0 ? "Fail" : expected, result.Result.ToString());
        Assert.NotEmpty(result.Explanation);
    }

    private static JsonDocument Load() =>
        JsonDocument.Parse(File.ReadAllBytes(TestFiles.Conformance("arc", "arc-draft-validation-tests.json")));
}
