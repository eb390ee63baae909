using Dmarc.Advice.Audit;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Tests.Support;

/// <summary>An audit of many domains as the cmdlet does it: 64 at a time, in the order of the input.</summary>
internal static class AuditRun
{
    /// <summary>The rows of all domains.</summary>
    public static List<MailDomainResult> RowsOf(MailDomainInspector inspector, IEnumerable<string> domains)
    {
        using OrderedPump<MailDomainResult> pump = new(64, 16, CancellationToken.None);
        foreach (string name in domains)
        {
            DomainName domain = DomainName.Parse(name);
            pump.Add(async (lane, token) => lane.Write(await inspector.InspectAsync(domain, token), token));
        }

        List<MailDomainResult> rows = [];
        PumpSignal signal;
        while ((signal = pump.Take(TimeSpan.FromSeconds(1), out MailDomainResult? row)) != PumpSignal.Done)
        {
            if (signal == PumpSignal.Item)
            {
                rows.Add(row!);
            }
        }

        return rows;
    }
}
