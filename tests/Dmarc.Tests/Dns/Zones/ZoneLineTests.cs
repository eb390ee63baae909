using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Domains;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Dns.Zones;

/// <summary>A line that we write is read back as what was meant, whatever stands in it.</summary>
public class ZoneLineTests
{
    [Theory]
    [InlineData("v=spf1 -all", "a.test. IN TXT \"v=spf1 -all\"")]
    [InlineData("say \"no\" \\ to it", "a.test. IN TXT \"say \\\"no\\\" \\\\ to it\"")]
    [InlineData("tab\there", "a.test. IN TXT \"tab\\009here\"")]
    [InlineData("ü", "a.test. IN TXT \"\\195\\188\"")]
    [InlineData("", "a.test. IN TXT \"\"")]
    public void Quotes(string value, string expected) => Assert.Equal(expected, ZoneLine.Write("a.test", null, value));

    [Theory]
    [InlineData("_dmarc.a.test")]
    [InlineData("we;ird(na)me.a.test")]
    [InlineData("back\\\\;slash.a.test")]
    public void Names_are_read_back(string name)
    {
        ZoneFile zone = ZoneFile.Parse("$ORIGIN .\n$TTL 300\n" + ZoneLine.Write(name, TimeSpan.FromHours(1), "x") + "\n", "x");

        Assert.Empty(zone.Findings);
    }

    [Fact]
    public void Any_text_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text.Get);
            ZoneFile zone = ZoneFile.Parse("$ORIGIN .\n$TTL 300\n" + ZoneLine.Write("a.test", null, text.Get) + "\n", "x");
            DnsResponse answer = new ZoneResolver([zone], new FakeResolver()).QueryAsync("a.test", DnsRecordType.TXT).AsTask().Result;
            return answer.Records.OfType<TxtRecord>().Single().Strings.SelectMany(part => part).SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_flattened_record_with_quotes_is_read_back()
    {
        const string Record = "v=spf1 exists:%{l}\\\"x.test ip4:11.0.0.1 -all";
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 -all"))
            .AnalyzeAsync(DomainName.Parse("example.com"), new SpfAnalysisRequest { Record = Record, Flattens = true });

        string line = result.Flattened!.Records[0].ToString();
        ZoneFile zone = ZoneFile.Parse("$ORIGIN .\n$TTL 300\n" + line + "\n", "x");
        DnsResponse answer = await new ZoneResolver([zone], new FakeResolver()).QueryAsync("example.com", DnsRecordType.TXT);

        Assert.Equal(Record, answer.Records.OfType<TxtRecord>().Single().Text);
    }
}
