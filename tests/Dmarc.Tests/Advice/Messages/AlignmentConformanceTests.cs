using System.Text;
using System.Text.Json;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>The cases of conformance/dmarc through both ways into the assessor: identifiers, and a message with the words of a trusted server.</summary>
public class AlignmentConformanceTests
{
    private const string Server = "mx.receiver.example";

    private static readonly Dictionary<string, JsonElement> Cases = ReadCases();

    public static TheoryData<string> Ids()
    {
        TheoryData<string> rows = [];
        foreach (string id in Cases.Keys.DefaultIfEmpty(""))
        {
            rows.Add(id);
        }

        return rows;
    }

    [ConformanceTheory]
    [MemberData(nameof(Ids))]
    public async Task Identifiers_are_assessed_as_RFC_9989_says(string id)
    {
        JsonElement test = Cases[id];
        JsonElement[] spf = [.. test.GetProperty("spf").EnumerateArray()];
        JsonElement[] dkim = [.. test.GetProperty("dkim").EnumerateArray()];
        MessageIdentifiers identifiers = new()
        {
            From = test.GetProperty("from").GetString()!,
            MailFrom = spf.Length == 0 ? null : Domain(spf[0]),
            SpfResult = spf.Length == 0 ? null : Result(spf[0]),
            DkimDomains = [.. dkim.Select(Domain)],
            DkimResults = [.. dkim.Select(Result)],
        };

        AlignmentResult result = await new MessageAssessor(ConformanceZone.Read(test.GetProperty("zone"))).AssessAsync(identifiers);

        Assert.InRange(spf.Length, 0, 1);
        Check(test.GetProperty("expect"), result);
    }

    [ConformanceTheory]
    [MemberData(nameof(Ids))]
    public async Task Messages_are_assessed_as_RFC_9989_says(string id)
    {
        JsonElement test = Cases[id];
        StringBuilder text = new("Authentication-Results: " + Server);
        string? mailFrom = null;
        foreach (JsonElement one in test.GetProperty("spf").EnumerateArray())
        {
            mailFrom = "bounce@" + Domain(one);
            text.Append(";\r\n spf=").Append(one.GetProperty("result").GetString()).Append(" smtp.mailfrom=").Append(mailFrom);
        }

        foreach (JsonElement one in test.GetProperty("dkim").EnumerateArray())
        {
            text.Append(";\r\n dkim=").Append(one.GetProperty("result").GetString()).Append(" header.d=").Append(Domain(one));
        }

        text.Append(mailFrom is null ? ";\r\n spf=none smtp.mailfrom=a@nowhere.example\r\n" : "\r\n");
        text.Append("From: Anna <anna@").Append(test.GetProperty("from").GetString()).Append(">\r\nSubject: case\r\n\r\n");
        AssessedMessage message = new(MailMessage.Parse(Encoding.UTF8.GetBytes(text.ToString())), id, MessageContent.HeaderOnly);

        AlignmentResult result = await new MessageAssessor(
            ConformanceZone.Read(test.GetProperty("zone")),
            new MessageAssessorOptions { TrustedAuthServIds = [Server] }).AssessAsync(message);

        Check(test.GetProperty("expect"), result);
    }

    private static string Domain(JsonElement identifier) => identifier.GetProperty("domain").GetString()!;

    private static AuthenticationResult Result(JsonElement identifier) =>
        Enum.Parse<AuthenticationResult>(identifier.GetProperty("result").GetString()!, true);

    private static void Check(JsonElement expect, AlignmentResult result)
    {
        foreach (JsonProperty property in expect.EnumerateObject())
        {
            JsonElement wanted = property.Value;
            switch (property.Name)
            {
                case "result":
                    Assert.Equal(Enum.Parse<DmarcResult>(wanted.GetString()!, true), result.Result);
                    break;
                case "policy":
                    Assert.Equal(wanted.GetString(), result.Policy?.ToKeyword());
                    break;
                case "appliedPolicy":
                    Assert.Equal(wanted.GetString(), result.EffectivePolicy?.ToKeyword());
                    break;
                case "policySource":
                    Assert.Equal(wanted.GetString() ?? "", result.PolicyTag ?? "");
                    break;
                case "policyDomain":
                    Assert.Equal(wanted.GetString(), result.RecordDomain);
                    break;
                case "orgDomain":
                    Assert.Equal(wanted.GetString(), result.OrganizationalDomain);
                    break;
                case "spfAligned":
                    Assert.Equal(wanted.GetBoolean(), result.Spf.Aligned);
                    break;
                case "dkimAligned":
                    Assert.Equal(wanted.EnumerateArray().Select(each => each.GetBoolean()), result.Dkim.Select(signature => signature.Aligned == true));
                    break;
                case "testing" or "dmarcQueries" or "note":
                    break;
                default:
                    Assert.Fail("The expectation '" + property.Name + "' is not checked.");
                    break;
            }
        }
    }

    private static Dictionary<string, JsonElement> ReadCases()
    {
        if (!TestFiles.HasConformance)
        {
            return [];
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestFiles.Conformance("dmarc", "rfc9989-cases.json")));
        return document.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(
            test => test.GetProperty("id").GetString()!,
            test => test.Clone());
    }
}
