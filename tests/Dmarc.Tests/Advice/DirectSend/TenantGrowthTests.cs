using System.Globalization;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>Traces, saved audits and settings are read in proportion to their size.</summary>
[Collection(GrowthTestsAlone.Name)]
public class TenantGrowthTests
{
    [Theory]
    [InlineData("a@contoso.com,b@contoso.com,x,192.0.{0}.{1}\n")]
    [InlineData("a@contoso.com,b@contoso.com,\"x,192.0.{0}.{1}\n")]
    [InlineData("a{0}@d{1}.contoso.com,b@contoso.com,x,192.0.2.1\n")]
    public void A_trace(string line) => Growth.IsLinear(1_000, size =>
    {
        string text = "SenderAddress,RecipientAddress,Subject,FromIP\n" + string.Concat(Enumerable.Range(0, size).Select(row => string.Format(CultureInfo.InvariantCulture, line, row / 250, row % 250)));
        return () =>
        {
            DirectSendTraffic traffic = new();
            foreach (CsvItem item in new CsvReader(new StringReader(text)).Read())
            {
                if (item.Row is { } row)
                {
                    traffic.AddTrace(name => row[name], "t");
                }
            }
        };
    });

    [Theory]
    [InlineData("\"d{0}.example\",\"Complete\",\"A\",\"Found\",\"v=spf1 ip4:11.0.0.0/24 -all\"\r\n")]
    [InlineData("\"d{0}.example\",\"Complete\",\"A\",\"Found\",\"v=spf1 ip4:11.0.0.0/24 -all\r\n")]
    public void A_saved_audit(string line) => Growth.IsLinear(1_000, size =>
    {
        string text = "\"Domain\",\"Status\",\"Grade\",\"SpfStatus\",\"SpfRecord\"\r\n" + string.Concat(Enumerable.Range(0, size).Select(row => string.Format(CultureInfo.InvariantCulture, line, row)));
        return () =>
        {
            List<string> lost = [];
            MailDomainComparer comparer = new(Snapshots(text, lost.Add));
            lost.ForEach(comparer.AddLostBefore);
            int changes = Snapshots(text, comparer.AddLostAfter).Sum(snapshot => comparer.Compare(snapshot).Count);
            _ = changes + comparer.Complete().Count;
        };
    });

    [Fact]
    public void An_SPF_record_in_a_saved_audit() => Growth.IsLinear(100, size =>
    {
        string record = "v=spf1 " + string.Concat(Enumerable.Range(0, size).Select(block => $"{(block % 2 == 0 ? "" : "-")}ip4:11.{block / 250 % 250}.{block % 250}.1 ")) + "-all";
        return () => _ = new MailDomainComparer([Spf(record)]).Compare(Spf(record.Replace("ip4:11.", "ip4:12.", StringComparison.Ordinal))).Count;
    });

    [Fact]
    public void Settings_of_a_tenant() => Growth.IsLinear(5_000, size =>
    {
        string text = string.Join(", ", Enumerable.Range(0, size).Select(number => $"smtp:d{number}.example;1"));
        return () => _ = TenantFactReader.ReadConnector(name => name == "Enabled" ? true : text);
    });

    private static MailDomainSnapshot Spf(string record) => new() { Domain = "a.test", SpfStatus = SpfRecordStatus.Found, SpfRecord = record };

    private static IEnumerable<MailDomainSnapshot> Snapshots(string csv, Action<string> lost)
    {
        foreach (SnapshotTableItem item in SnapshotTable.Read(new StringReader(csv)))
        {
            if (item.Snapshot is { } snapshot)
            {
                yield return snapshot;
            }
            else
            {
                lost(item.LostText ?? "");
            }
        }
    }
}
