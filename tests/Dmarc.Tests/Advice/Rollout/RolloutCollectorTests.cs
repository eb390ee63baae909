using Dmarc.Advice.Rollout;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Advice.Rollout;

/// <summary>Parting rows by policy domain.</summary>
public class RolloutCollectorTests
{
    [Fact]
    public void Domains_come_in_the_order_in_which_they_are_met()
    {
        RolloutCollector collector = new();
        foreach (string domain in new[] { "b.example", "a.example", "B.example.", "bücher.example", "xn--bcher-kva.example", "" })
        {
            collector.Add(Row(Report(domain)));
        }

        Assert.Equal(["b.example", "a.example", "xn--bcher-kva.example"], collector.Domains.Select(domain => domain.Domain));
        Assert.Equal([2L, 1L, 2L], collector.Domains.Select(domain => domain.Messages));
        Assert.Equal(1, collector.LeftOut);
        Assert.Contains("1 ", collector.LeftOutNotice!, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_of_a_report_without_a_domain_is_counted_as_left_out()
    {
        RolloutCollector collector = new();
        AggregateReport report = Report("");
        collector.Add(Row(report));
        collector.Add(Row(report));
        collector.Add(Row(Report("a.example")));
        collector.Add(Row(report));

        Assert.Equal(3, collector.LeftOut);
    }

    [Fact]
    public void Only_those_that_are_wanted_come_and_all_of_them()
    {
        RolloutCollector collector = new([DomainName.Parse("none.example"), DomainName.Parse("a.example"), DomainName.Parse("none.example")]);
        collector.Add(Row(Report("a.example")));
        collector.Add(Row(Report("b.example")));

        Assert.Equal(["none.example", "a.example"], collector.Domains.Select(domain => domain.Domain));
        Assert.Equal([0L, 1L], collector.Domains.Select(domain => domain.Messages));
        Assert.Equal(0, collector.LeftOut);
    }

    [Fact]
    public void A_flood_of_sources_is_counted_and_not_kept()
    {
        RolloutObservations observations = new("example.com");
        for (int number = 0; number < 60_000; number++)
        {
            observations.Add(Row(ip: "10." + (number / 65536) + "." + (number / 256 % 256) + "." + (number % 256)));
        }

        Assert.InRange(observations.Sources.Count, 50_000, 50_300);
        Assert.Equal(60_000, observations.Sources.Sum(source => source.Messages));
        for (int number = 0; number < 70_000; number++)
        {
            observations.Add(Row(ip: "no address " + number));
        }

        Assert.Equal(100_000, observations.Sources.Count);
        Assert.Equal(130_000, observations.Sources.Sum(source => source.Messages) + observations.Uncounted);
        Assert.Equal(RolloutVerdict.Wait, new RolloutAdvisor().Advise(observations).Verdict);
    }
}
