using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>The sample zone and the list of its domains that the README begins with.</summary>
public class SampleDomainsTests
{
    [Fact]
    public async Task The_sample_domains_have_every_grade_and_every_use_and_need_no_network()
    {
        MailDomainPart parts = MailDomainParts.Select([], [], true);
        FakeResolver outside = new();
        ZoneResolver resolver = new([ZoneFile.Read(TestFiles.Repository("docs", "samples", "example.zone"))], outside);
        MailDomainInspector inspector = new(resolver, new MailDomainOptions { Parts = parts, ProbeValidation = false });
        string[] domains = [.. File.ReadLines(TestFiles.Repository("docs", "samples", "domains.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        List<MailDomainResult> results = [];
        foreach (string domain in domains)
        {
            results.Add(await inspector.InspectAsync(DomainName.Parse(domain)));
        }

        Assert.Empty(Enum.GetValues<MailDomainGrade>().Except(results.Select(result => result.Grade)));
        Assert.Empty(Enum.GetValues<SendingProfile>().Except(results.Select(result => result.Profile)));
        Assert.All(results, result => Assert.Empty(result.FailedParts));
        Assert.Empty(outside.Queries);
    }
}
