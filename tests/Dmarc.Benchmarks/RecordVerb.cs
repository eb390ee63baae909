using System.Diagnostics;
using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;

namespace Dmarc.Benchmarks;

/// <summary>
/// <c>records DOMAINS COUNT PORT INFLIGHT</c>: what <c>Get-DmarcRecord</c> does for each domain of a file, against a server on
/// 127.0.0.1, with the cache that one invocation has: n, seconds, found, failed, dns_queries.
/// </summary>
internal static class RecordVerb
{
    public static object Run(string[] arguments)
    {
        int count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        DomainName[] domains = [.. File.ReadLines(arguments[0]).Take(count).Select(DomainName.Parse)];
        int inFlight = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        if (!DnsServer.TryParse("127.0.0.1:" + arguments[2], out DnsServer? server, out string error))
        {
            throw new ArgumentException(error, nameof(arguments));
        }

        // A tenth first, so that the code is compiled; its answers are forgotten with its resolver.
        InspectAsync(server, domains[..(domains.Length / 10)], inFlight).GetAwaiter().GetResult();
        long start = Stopwatch.GetTimestamp();
        (int found, int failed, int queries) = InspectAsync(server, domains, inFlight).GetAwaiter().GetResult();
        return new
        {
            n = domains.Length,
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            found,
            failed,
            dns_queries = queries,
        };
    }

    private static async Task<(int Found, int Failed, int Queries)> InspectAsync(DnsServer server, DomainName[] domains, int inFlight)
    {
        int queries = 0;
        int found = 0;
        int failed = 0;
        int next = -1;
        using DnsResolver resolver = new(new DnsResolverOptions
        {
            Servers = [server],
            QueryObserver = _ => Interlocked.Increment(ref queries),
        });
        DmarcRecordInspector inspector = new(resolver, new DmarcInspectionOptions());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < domains.Length)
            {
                DmarcRecordResult result = await inspector.InspectAsync(domains[number], CancellationToken.None).ConfigureAwait(false);
                Interlocked.Add(ref found, result.Record is null ? 0 : 1);
                Interlocked.Add(ref failed, result.DnsFailure is null ? 0 : 1);
            }
        }))).ConfigureAwait(false);
        return (found, failed, queries);
    }
}
