using System.Text.Json;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Dmarc;

/// <summary>
/// The cases of the project's own conformance data, and of those of others where these stand beside the repository: one row each, named by where it
/// comes from and its id.
/// </summary>
public class DmarcConformanceTests
{
    private static readonly Dictionary<string, JsonElement> Evaluations = Read("rfc9989-cases.json");

    private static readonly Dictionary<string, JsonElement> Destinations = Read("rfc9990-external-destination.json");

    public static TheoryData<string> EvaluationIds() => Ids(Evaluations.Keys);

    public static TheoryData<string> OlderIds() => Ids(Evaluations
        .Where(pair => pair.Value.TryGetProperty("rfc7489Expect", out JsonElement expect)
            && expect.EnumerateObject().Any(property => property.Name != "note"))
        .Select(pair => pair.Key));

    public static TheoryData<string> DestinationIds() => Ids(Destinations.Keys);

    [Theory]
    [MemberData(nameof(EvaluationIds))]
    public async Task Evaluates_as_RFC_9989_says(string id)
    {
        JsonElement test = Evaluations[id];
        FakeResolver resolver = ConformanceZone.Read(test.GetProperty("zone"));
        DmarcEvaluation evaluation = await EvaluateAsync(resolver, test, DiscoveryMethod.TreeWalk);

        Check(test.GetProperty("expect"), evaluation);
    }

    [Theory]
    [MemberData(nameof(OlderIds))]
    public async Task Evaluates_as_RFC_7489_said(string id)
    {
        JsonElement test = Evaluations[id];

        // The case b43 speaks of a list whose one rule is "example".
        using MemoryStream list = new("example\ncom\n"u8.ToArray());
        DmarcEvaluation evaluation = await EvaluateAsync(
            ConformanceZone.Read(test.GetProperty("zone")),
            test,
            DiscoveryMethod.PublicSuffixList,
            PublicSuffixList.Load(list));

        Check(test.GetProperty("rfc7489Expect"), evaluation);
    }

    [Theory]
    [MemberData(nameof(DestinationIds))]
    public async Task Asks_destinations_as_RFC_9990_says(string id)
    {
        JsonElement test = Destinations[id];
        FakeResolver resolver = ReadFlatZone(test.GetProperty("zone"));
        DomainName policyDomain = DomainName.Parse(test.GetProperty("policyDomain").GetString()!);
        DmarcRecord record = DmarcRecordParser.Parse("v=DMARC1; p=none; rua=" + test.GetProperty("uri").GetString());
        DmarcReportAuthorization result = await new DmarcReportAuthorizer(resolver).CheckAsync(
            "rua",
            Assert.Single(record.AggregateReportUris),
            policyDomain,
            policyDomain);

        JsonElement authorized = test.GetProperty("authorized");
        Assert.Equal(authorized.ValueKind == JsonValueKind.Null ? null : authorized.GetBoolean(), result.Authorized);
        if (test.TryGetProperty("queries", out JsonElement queries))
        {
            Assert.Equal(
                queries.EnumerateArray().Select(query => query.GetString()),
                resolver.Queries.Select(query => query.Name).Where(name => name.Contains("._report.", StringComparison.Ordinal)));
        }

        if (test.TryGetProperty("effectiveRua", out JsonElement rua))
        {
            Assert.Equal(rua.EnumerateArray().Select(uri => uri.GetString()), result.EffectiveAggregateUris);
        }

        if (test.TryGetProperty("effectiveRuf", out JsonElement ruf))
        {
            Assert.Equal(ruf.EnumerateArray().Select(uri => uri.GetString()), result.EffectiveFailureUris);
        }
    }

    private static async Task<DmarcEvaluation> EvaluateAsync(
        FakeResolver resolver,
        JsonElement test,
        DiscoveryMethod method,
        IOrganizationalDomainSource? suffixes = null)
    {
        return await new DmarcEvaluator(resolver, method, suffixes).EvaluateAsync(
            DomainName.Parse(test.GetProperty("from").GetString()!),
            Identifiers(test.GetProperty("spf")),
            Identifiers(test.GetProperty("dkim")));

        static AuthenticatedIdentifier[] Identifiers(JsonElement list) => [.. list.EnumerateArray().Select(each => new AuthenticatedIdentifier(
            DomainName.Parse(each.GetProperty("domain").GetString()!),
            Enum.Parse<AuthenticationResult>(each.GetProperty("result").GetString()!, true)))];
    }

    private static void Check(JsonElement expect, DmarcEvaluation evaluation)
    {
        foreach (JsonProperty property in expect.EnumerateObject())
        {
            JsonElement wanted = property.Value;
            switch (property.Name)
            {
                case "result":
                    Assert.Equal(Enum.Parse<DmarcResult>(wanted.GetString()!, true), evaluation.Result);
                    break;
                case "policy":
                    Assert.Equal(wanted.GetString(), evaluation.Policy?.ToKeyword());
                    break;
                case "appliedPolicy":
                    Assert.Equal(wanted.GetString(), evaluation.AppliedPolicy?.ToKeyword());
                    break;
                case "policySource":
                    Assert.Equal(wanted.GetString(), evaluation.PolicyTag);
                    break;
                case "policyDomain":
                    Assert.Equal(wanted.GetString(), evaluation.PolicyDomain?.ToString());
                    break;
                case "orgDomain":
                    Assert.Equal(wanted.GetString(), evaluation.OrganizationalDomain?.ToString());
                    break;
                case "testing":
                    Assert.Equal(wanted.GetBoolean(), evaluation.Discovery.Record!.Testing);
                    break;
                case "spfAligned":
                    Assert.Equal(wanted.GetBoolean(), evaluation.Spf.Any(alignment => alignment.Aligned == true));
                    break;
                case "dkimAligned":
                    Assert.Equal(wanted.EnumerateArray().Select(each => each.GetBoolean()), evaluation.Dkim.Select(alignment => alignment.Aligned == true));
                    break;
                case "dmarcQueries":
                    Assert.Equal(wanted.EnumerateArray().Select(each => each.GetString()), evaluation.Discovery.Walk.Select(step => step.QueryName));
                    break;
                case "note":
                    break;
                default:
                    Assert.Fail("The expectation '" + property.Name + "' is not checked.");
                    break;
            }
        }
    }

    private static FakeResolver ReadFlatZone(JsonElement zone)
    {
        FakeResolver resolver = new();
        foreach (JsonProperty owner in zone.EnumerateObject())
        {
            resolver = owner.Value.ValueKind switch
            {
                JsonValueKind.String => resolver.Txt(owner.Name, owner.Value.GetString()!),
                JsonValueKind.Array => resolver.Txt(owner.Name, [.. owner.Value.EnumerateArray().Select(value => value.GetString()!)]),
                _ => resolver.Fails(owner.Name, DnsStatus.ServFail),
            };
        }

        return resolver;
    }

    private static TheoryData<string> Ids(IEnumerable<string> ids)
    {
        TheoryData<string> rows = [];
        foreach (string id in ids.DefaultIfEmpty(""))
        {
            rows.Add(id);
        }

        return rows;
    }

    [Fact]
    public void The_own_data_is_there()
    {
        Assert.InRange(Evaluations.Keys.Count(id => id.StartsWith("own ", StringComparison.Ordinal)), 60, int.MaxValue);
        Assert.InRange(Destinations.Keys.Count(id => id.StartsWith("own ", StringComparison.Ordinal)), 10, int.MaxValue);
        Assert.All(Evaluations.Values.Concat(Destinations.Values), test => Assert.NotEmpty(test.GetProperty("section").GetString()!));
    }

    private static Dictionary<string, JsonElement> Read(string file)
    {
        Dictionary<string, JsonElement> cases = [];
        Add("own", TestFiles.Repository("tests", "Dmarc.Tests", "Conformance", "dmarc", file));
        if (TestFiles.HasConformance)
        {
            Add("shared", TestFiles.Conformance("dmarc", file));
        }

        return cases;

        void Add(string origin, string path)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (JsonElement test in document.RootElement.GetProperty("cases").EnumerateArray())
            {
                cases.Add(origin + " " + test.GetProperty("id").GetString(), test.Clone());
            }
        }
    }
}
