using System.Globalization;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Advice.Sources;

/// <summary>What is said of sources, and the advice for a roll-out, take time in proportion to the rows.</summary>
[Collection(GrowthTestsAlone.Name)]
public class SourceGrowthTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sources_are_told_apart(bool areManyDomains) => Growth.IsLinear(500, size =>
    {
        AggregateReportRow[] rows = Rows(size, areManyDomains);
        return () =>
        {
            Dictionary<(string, string), SourceEvidence> sources = [];
            foreach (AggregateReportRow row in rows)
            {
                if (!sources.TryGetValue((row.SourceIP, row.HeaderFrom), out SourceEvidence? evidence))
                {
                    sources.Add((row.SourceIP, row.HeaderFrom), evidence = new SourceEvidence(row.SourceIP, row.HeaderFrom));
                }

                evidence.Add(row);
            }

            _ = new SourceClassifier().ClassifyAll([.. sources.Values]);
        };
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_roll_out_is_advised(bool areManyDomains) => Growth.IsLinear(500, size =>
    {
        AggregateReportRow[] rows = Rows(size, areManyDomains);
        return () =>
        {
            RolloutObservations observations = new("example.com");
            foreach (AggregateReportRow row in rows)
            {
                observations.Add(row);
            }

            _ = new RolloutAdvisor().Advise(observations);
        };
    });

    private static AggregateReportRow[] Rows(int size, bool areManyDomains)
    {
        AggregateReport[] reports =
        [
            .. Enumerable.Range(0, 40).Select(day => Report(
                id: "r" + day.ToString(CultureInfo.InvariantCulture),
                begin: new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).ToString("O", CultureInfo.InvariantCulture))),
        ];
        return
        [
            .. Enumerable.Range(0, size).Select(row => Row(
                reports[row % reports.Length],
                $"11.{row / 62_500}.{row / 250 % 250}.{row % 250}",
                3,
                row % 3 == 0,
                from: areManyDomains ? $"d{row}.example.com" : null,
                signatures: [Signature(row % 2 == 0 ? "sendgrid.net" : "example.com")],
                checks: [Check("bounce.example", row % 5 == 0 ? AuthenticationResult.Pass : AuthenticationResult.Fail)])),
        ];
    }
}
