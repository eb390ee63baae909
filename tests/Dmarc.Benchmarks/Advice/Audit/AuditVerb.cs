using System.Diagnostics;
using System.Globalization;
using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;

namespace Dmarc.Benchmarks.Advice.Audit;

/// <summary>
/// <c>audit DOMAINS COUNT PORT [INFLIGHT]</c>: everything that DNS says of each domain, all parts but those that the web has: n, seconds,
/// dns_queries, queries_per_second, and how many domains have each status.
/// </summary>
internal static class AuditVerb
{
    public static object Run(string[] args)
    {
        DomainName[] domains = [.. File.ReadLines(args[0]).Take(int.Parse(args[1], CultureInfo.InvariantCulture)).Select(DomainName.Parse)];
        int inFlight = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 64;
        int asked = 0;
        DnsServer server = DnsServer.TryParse("127.0.0.1:" + args[2], out DnsServer? parsed, out string error) ? parsed : throw new ArgumentException(error);
        using DnsResolver resolver =
            new(new DnsResolverOptions { Servers = [server], QueryObserver = _ => Interlocked.Increment(ref asked) });
        MailDomainInspector inspector = new(resolver, new MailDomainOptions { Parts = MailDomainPart.All & ~MailDomainPart.Https });
        MailDomainStatus[] statuses = new MailDomainStatus[domains.Length];
        int next = -1;
        Stopwatch watch = Stopwatch.StartNew();
        Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            for (int at = Interlocked.Increment(ref next); at < domains.Length; at = Interlocked.Increment(ref next))
            {
                statuses[at] = (await inspector.InspectAsync(domains[at])).Status;
            }
        }))).GetAwaiter().GetResult();
        double seconds = watch.Elapsed.TotalSeconds;
        return new
        {
            n = domains.Length,
            seconds,
            dns_queries = asked,
            queries_per_second = asked / seconds,
            statuses = statuses.GroupBy(status => status.ToString()).ToDictionary(group => group.Key, group => group.Count()),
            allocated_per_domain = GC.GetTotalAllocatedBytes() / domains.Length,
        };
    }
}
