using System.Text;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Of what one document has ten thousand times, a hundred findings are listed, and one says how many more there are.</summary>
public class FindingCollectorTests
{
    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    [InlineData(5000, 4900)]
    public void Lists_the_first_hundred_of_a_kind(int count, int more)
    {
        FindingCollector findings = new();
        findings.Add(DmarcFindings.PolicyNone, 3);
        for (int index = 0; index < count; index++)
        {
            findings.Add(DmarcFindings.TagUnknown, index, "x" + index);
        }

        PrintableList<Finding> list = findings.ToList();
        Assert.Equal(1 + Math.Min(count, 100) + (more > 0 ? 1 : 0), list.Count);
        Assert.Equal("DmarcPolicyNone", list[0].Code);
        Assert.Contains("'x0'", list[1].Message.Replace('"', '\''), StringComparison.Ordinal);
        if (more > 0)
        {
            Assert.Equal(("FindingsNotListed", Severity.Information), (list[^1].Code, list[^1].Severity));
            Assert.StartsWith(more + (more == 1 ? " more finding of the kind DmarcTagUnknown" : " more findings of the kind DmarcTagUnknown"), list[^1].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_listed_is_as_severe_as_its_kind()
    {
        Finding[] errors = [.. Enumerable.Range(0, 150).Select(index => MtaStsFindings.PatternInvalid.Create("*" + index))];

        Assert.Equal(Severity.Error, errors.ToFindingList()[^1].Severity);
    }

    public static TheoryData<string> Documents => ["BIMI logo", "MTA-STS policy", "MTA-STS record", "TLS reporting record", "TXT records", "zone file"];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task No_document_gives_more_than_a_hundred_of_a_kind(string document)
    {
        Finding[] findings = [.. await FindAsync(document)];

        Assert.Contains(findings, finding => finding.Code == "FindingsNotListed");
        Assert.All(findings.GroupBy(finding => finding.Code), kind => Assert.InRange(kind.Count(), 1, 100));
    }

    private static async Task<IEnumerable<Finding>> FindAsync(string document)
    {
        const int Many = 3000;
        switch (document)
        {
            case "BIMI logo":
                StringBuilder logo = new("<svg xmlns=\"http://www.w3.org/2000/svg\">");
                for (int index = 0; index < Many; index++)
                {
                    logo.Append("<g on").Append(index).Append("=\"\"/>");
                }

                FakeFetcher web = PostureBed.SoundWeb.File("https://brand.contoso.com/l.svg", logo.Append("</svg>").ToString(), "image/svg+xml");
                return (await PostureBed.InspectAsync(PostureBed.Sound().Txt("default._bimi.contoso.com", "v=BIMI1; l=https://brand.contoso.com/l.svg"), web)).Findings;
            case "MTA-STS policy":
                string policy = PostureBed.Policy + string.Concat(Enumerable.Range(0, Many).Select(index => "mx: *.*." + index + "\n"));
                return (await PostureBed.InspectAsync(PostureBed.Sound(), new FakeFetcher().File(PostureBed.PolicyUri, policy))).Findings;
            case "MTA-STS record":
                return (await PostureBed.InspectAsync(PostureBed.Sound("mta-sts").Txt("_mta-sts.contoso.com", "v=STSv1; id=1" + string.Concat(Enumerable.Repeat("; x", Many))))).Findings;
            case "TLS reporting record":
                return (await PostureBed.InspectAsync(PostureBed.Sound("tlsrpt").Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=" + string.Join(",", Enumerable.Range(0, Many))))).Findings;
            case "TXT records":
                FakeResolver resolver = PostureBed.Sound().Txt("_dmarc.contoso.com", [.. Enumerable.Range(0, Many).Select(index => "text " + index)]);
                return (await PostureBed.InspectAsync(resolver)).Findings;
            default:
                return ZoneFile.Parse("$ORIGIN contoso.com.\n" + string.Concat(Enumerable.Repeat("a A nothing\n", Many)), "x.zone").Findings;
        }
    }
}
