using Dmarc.Advice.Sources;
using Dmarc.Dns.Client;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Advice.Sources.SourceRows;

namespace Dmarc.Tests.Advice.Sources;

public class SourceAccumulatorTests
{
    [Fact]
    public async Task Rows_are_brought_together_by_source_and_domain_in_their_order()
    {
        SourceAccumulator sources = new();
        sources.Add(Row("192.0.2.13", "contoso.example", "3 spf=fail:contoso.example"));
        sources.Add(Row("192.0.2.10", "contoso.example", "5 spf=pass:contoso.example"));
        sources.Add(Row("192.0.2.10", "Contoso.Example", "2 spf=pass:contoso.example"));
        sources.Add(Row("192.0.2.10", "fabrikam.example", "1 spf=fail:fabrikam.example"));
        sources.Complete();

        SourceInspector inspector = new(new FakeResolver());
        List<SourceResult> results = [];
        foreach (SourceEvidence evidence in sources.Sources)
        {
            results.Add(await sources.InspectAsync(inspector, evidence, CancellationToken.None));
        }

        Assert.Equal(
            ["192.0.2.13 contoso.example 3", "192.0.2.10 contoso.example 7", "192.0.2.10 fabrikam.example 1"],
            results.Select(result => $"{result.SourceIP} {result.HeaderFrom} {result.Messages}"));
        Assert.Equal(
            [SourceClass.OwnNetworkMissingFromSpf, SourceClass.AlignedSender, SourceClass.Unknown],
            results.Select(result => result.Class));
    }

    [Fact]
    public async Task The_sample_has_every_class()
    {
        SourceAccumulator sources = new();
        foreach (ReportReadItem item in new DmarcReportReader(PublicSuffixList.Default).ReadFile(TestFiles.Repository("docs", "samples", "sources.xml")))
        {
            sources.Add(Assert.IsType<AggregateReportRow>(item.Row));
        }

        sources.Complete();
        using DnsResolver resolver =
            new(new DnsResolverOptions { ZoneFiles = [TestFiles.Repository("docs", "samples", "sources.zone")] });
        SourceInspector inspector = new(resolver);
        SourceResult[] results = await Task.WhenAll(sources.Sources.Select(source => sources.InspectAsync(inspector, source, CancellationToken.None)));

        Assert.Equal(Enum.GetValues<SourceClass>().Order(), results.Select(result => result.Class!.Value).Distinct().Order());
        Assert.All(results, result => Assert.Equal(SourceStatus.Resolved, result.Status));
        Assert.All(results, result => Assert.NotEmpty(result.Sender!));
    }

    [Fact]
    public async Task What_rows_tell_of_the_service_is_kept_where_look_ups_tell_nothing()
    {
        SourceAccumulator sources = new();
        sources.Add(Row("9.9.9.9", "contoso.example", "3 dkim=pass:mcsv.net"));
        sources.Complete();

        SourceResult result = await sources.InspectAsync(new SourceInspector(new FakeResolver()), sources.Sources[0], CancellationToken.None);

        Assert.Equal(("Mailchimp", ServiceSign.DkimDomain), (result.Service, result.ServiceSign));
    }

    [Fact]
    public async Task A_source_that_is_no_address_keeps_its_messages()
    {
        SourceAccumulator sources = new();
        sources.Add(Row("unknown", "contoso.example", "3 spf=fail:contoso.example"));
        sources.Complete();

        SourceResult result = await sources.InspectAsync(new SourceInspector(new FakeResolver()), sources.Sources[0], CancellationToken.None);

        Assert.Equal(("unknown", SourceStatus.InvalidAddress, 3L, SourceClass.Unknown), (result.SourceIP, result.Status, result.Messages, result.Class));
    }
}
