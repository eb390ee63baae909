using System.Net;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Standards.Spf;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.Records;

public class SpfFlattenerTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    private const string Names = """
        in1.test TXT v=spf1 ip4:11.0.0.0/28 -ip4:11.0.0.32/28 a:host.test ~all
        in2.test TXT v=spf1 ?ip4:11.0.0.16/29 include:in1.test ip4:11.0.0.32/27 -all
        in3.test TXT v=spf1 redirect=in2.test
        dyn.test TXT v=spf1 exists:%{i}.list.test -all
        host.test A 11.0.0.60,2a00::1
        example.com MX host.test
        11.0.0.5.list.test A 127.0.0.2
        11.0.0.40.list.test A 127.0.0.2
        """;

    [Theory]
    [InlineData("v=spf1 include:in1.test mx -all", "v=spf1 ip4:11.0.0.0/28 ip4:11.0.0.60 ip6:2a00::1 -all", "", "example.com, host.test, in1.test")]
    [InlineData("v=spf1 ip4:11.0.0.0/29 ip4:11.0.0.8/29 ~all", "v=spf1 ip4:11.0.0.0/28 ~all", "", "")]
    [InlineData("v=spf1 -ip4:11.0.0.1 ip4:11.0.0.0/31 ?all", "v=spf1 ip4:11.0.0.0 -ip4:11.0.0.1 ?all", "", "")]
    [InlineData("v=spf1 redirect=in3.test", "v=spf1 ip4:11.0.0.0/28 ip4:11.0.0.32/27 ip6:2a00::1 ?ip4:11.0.0.16/29 -all", "", "in1.test, in2.test, in3.test, host.test")]
    [InlineData("v=spf1 ip4:11.0.0.2 exists:%{i}.list.test ip4:11.0.0.3 ptr:example.com -all exp=why.test", "v=spf1 ip4:11.0.0.2 exists:%{i}.list.test ip4:11.0.0.3 ptr:example.com -all exp=why.test", "exists:%{i}.list.test; ptr:example.com", "")]
    [InlineData("v=spf1 include:in1.test include:dyn.test include:gone.test -all", "v=spf1 ip4:11.0.0.0/28 ip4:11.0.0.60 ip6:2a00::1 include:dyn.test include:gone.test -all", "include:dyn.test; include:gone.test", "in1.test, host.test")]
    [InlineData("v=spf1 ip4:11.0.0.2 redirect=dyn.test", "v=spf1 ip4:11.0.0.2 redirect=dyn.test", "redirect=dyn.test", "")]
    public async Task Says_the_same_without_names(string record, string expected, string kept, string frozen)
    {
        SpfResult result = await FlattenAsync(record);

        SpfZoneRecord flat = Assert.Single(result.Flattened!.Records);
        Assert.Equal(("example.com", expected), (flat.Name, flat.Value));
        Assert.Equal(kept, result.Flattened.KeptTerms.ToString());
        _ = frozen;
        Assert.Equal(frozen.Length > 0, result.Findings.Any(finding => finding.Code == "SpfFlattenedStale"));
        Assert.All(frozen.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(name => name != "host.test"), name => Assert.Contains(name, result.Flattened.FrozenNames));
        Assert.Equal(result.Flattened.KeptTerms.Count, result.Findings.Count(finding => finding.Code == "SpfNotFlattened"));
    }

    [Fact]
    public async Task Names_the_terms_that_each_block_came_from()
    {
        SpfResult result = await FlattenAsync("v=spf1 ip4:11.0.0.16/28 include:in1.test -all");

        Assert.Equal(
            [
                "11.0.0.0/27 (example.com: ip4:11.0.0.16/28, in1.test: ip4:11.0.0.0/28)",
                "11.0.0.60 (in1.test: a:host.test)",
                "2a00::1 (in1.test: a:host.test)",
            ],
            result.Flattened!.Networks.Select(network => network.ToString()));
        Assert.Equal((2, 0), (result.Flattened.LookupsBefore, result.Flattened.LookupsAfter));
    }

    [Fact]
    public async Task Chains_records_that_do_not_fit()
    {
        string record = "v=spf1 " + string.Concat(Enumerable.Range(0, 100).Select(at => $"ip4:11.{at}.0.1 ")) + "~all";
        SpfResult result = await FlattenAsync(record);

        Assert.Equal(5, result.Flattened!.Records.Count);
        Assert.All(result.Flattened.Records, each => Assert.InRange(each.Name.Length + each.Value.Length, 20, 450));
        Assert.Equal("v=spf1 include:_spf1.example.com include:_spf2.example.com include:_spf3.example.com include:_spf4.example.com ~all", result.Flattened.Records[0].Value);
        Assert.Equal(4, result.Flattened.LookupsAfter);
        Assert.Contains("_spf1.example.com. IN TXT \"v=spf1 ip4:11.0.0.1 ", result.Flattened.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(22, 8, 450)]
    [InlineData(21, 9, 451)]
    public async Task One_record_is_written_as_long_as_it_fits_with_its_name(int shorter, int longer, int length)
    {
        SpfResult result = await FlattenAsync("v=spf1 " + Addresses(shorter, longer) + "-all");

        Assert.Equal(length, "example.comv=spf1 ".Length + Addresses(shorter, longer).Length + "-all".Length);
        Assert.Equal(length <= SpfLimits.RecordLength, result.Flattened!.Records.Count == 1);
        Assert.All(result.Flattened.Records, each => Assert.InRange(each.Name.Length + each.Value.Length, 20, 450));
    }

    [Theory]
    [InlineData(23, 30, 450)]
    [InlineData(22, 29, 436)]
    public async Task A_record_of_a_chain_is_filled_to_what_fits(int shorter, int terms, int length)
    {
        SpfResult result = await FlattenAsync("v=spf1 " + Addresses(shorter, 20) + "-all");

        SpfZoneRecord first = result.Flattened!.Records[1];
        Assert.Equal("_spf1.example.com", first.Name);
        Assert.Equal(terms, first.Value.Split(' ').Length - 1);
        Assert.Equal(length, first.Name.Length + first.Value.Length);
    }

    /// <summary>Blocks that do not join: so many terms of 13 octets, and then of 14, each followed by a space.</summary>
    private static string Addresses(int shorter, int longer) => string.Concat(
        Enumerable.Range(0, shorter).Select(at => $"ip4:11.{10 + at}.0.1 ").Concat(Enumerable.Range(0, longer).Select(at => $"ip4:11.{100 + at}.0.1 ")));

    [Fact]
    public async Task Says_when_even_the_flat_record_is_too_large()
    {
        string record = "v=spf1 " + string.Concat(Enumerable.Range(0, 400).Select(at => $"ip4:11.{at / 200}.{at % 200}.1 ")) + "~all";

        SpfResult result = await FlattenAsync(record);

        Assert.Contains(result.Findings, finding => finding.Code == "SpfFlattenedTooLarge");
    }

    [Fact]
    public void The_flat_record_gives_the_result_of_the_original_for_every_address()
    {
        Gen<string> term = Gen.Elements(
            "ip4:11.0.0.4/30", "ip4:11.0.0.8/29", "ip4:11.0.0.9", "ip4:11.0.0.48/28", "ip4:11.0.0.0/26", "a:host.test/29", "mx", "include:in1.test",
            "include:in2.test", "include:in3.test", "include:dyn.test", "exists:%{i}.list.test", "ip6:2a00::/126");
        Gen<string> terms = (from qualifier in Gen.Elements("", "-", "~", "?") from text in term select qualifier + text)
            .ArrayOf(4).Select(all => string.Join(" ", all));
        Gen<string> records = from body in terms
                              from ending in Gen.Elements("", " -all", " ~all", " all", " ?all", " redirect=in2.test", " redirect=dyn.test")
                              select "v=spf1 " + body + ending;
        Prop.ForAll(records.ToArbitrary(), record =>
        {
            SpfFlattening flat = FlattenAsync(record).GetAwaiter().GetResult().Flattened!;
            SpfEvaluatorOptions options = new() { LookupLimit = 1_000, VoidLookupLimit = 1_000, Traces = false };
            SpfEvaluator before = new(Zone.Parse(Names + "\nexample.com TXT " + record), options);
            SpfEvaluator after = new(Zone.Parse(Names + string.Concat(flat.Records.Select(each => "\n" + each.Name + " TXT " + each.Value))), options);
            IEnumerable<IPAddress> addresses = Enumerable.Range(0, 70).Select(at => IPAddress.Parse("11.0.0." + at))
                .Concat(Enumerable.Range(0, 6).Select(at => IPAddress.Parse("2a00::" + at)));
            foreach (IPAddress address in addresses)
            {
                AuthenticationResult expected = before.CheckHostAsync(address, "bob@example.com").AsTask().GetAwaiter().GetResult().Result;
                AuthenticationResult actual = after.CheckHostAsync(address, "bob@example.com").AsTask().GetAwaiter().GetResult().Result;
                if (expected != actual)
                {
                    Assert.Fail($"{record}\n{flat}\n{address}: {expected} became {actual}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static Task<SpfResult> FlattenAsync(string record) =>
        new SpfAnalyzer(Zone.Parse(Names + "\nexample.com TXT " + record)).AnalyzeAsync(Example, new SpfAnalysisRequest { Flattens = true });
}
