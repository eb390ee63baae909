using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Spf;

namespace Dmarc.Benchmarks.Spf;

/// <summary>Checks and analyses against a name server on this machine.</summary>
internal static class SpfVerbs
{
    private const int InFlight = 64;

    /// <summary><c>spf QUERIES COUNT PORT</c>: one <c>check_host()</c> for each line of <c>ip helo mail-from</c>.</summary>
    public static object Check(string[] args)
    {
        string[][] queries = [.. File.ReadLines(args[0]).Take(Number(args[1])).Select(line => line.Split(' ', 3))];
        using DnsResolver resolver = Connect(args[2]);
        SpfEvaluator evaluator = new(resolver, new SpfEvaluatorOptions { Traces = false });
        string[] results = new string[queries.Length];
        Stopwatch watch = Stopwatch.StartNew();
        RunAsync(queries.Length, async at =>
        {
            SpfEvaluation evaluation = await evaluator.CheckHostAsync(IPAddress.Parse(queries[at][0]), queries[at][2], queries[at][1]);
            results[at] = evaluation.Result.ToWord();
        }).GetAwaiter().GetResult();
        return new { n = results.Length, seconds = watch.Elapsed.TotalSeconds, list = results };
    }

    /// <summary><c>spf-analyze DOMAINS COUNT PORT</c>: one analysis for each line.</summary>
    public static object Analyze(string[] args)
    {
        DomainName[] domains = [.. File.ReadLines(args[0]).Take(Number(args[1])).Select(DomainName.Parse)];
        int asked = 0;
        using DnsResolver resolver = Connect(args[2], () => Interlocked.Increment(ref asked));
        SpfAnalyzer analyzer = new(resolver);
        int lookups = 0;
        Stopwatch watch = Stopwatch.StartNew();
        RunAsync(domains.Length, async at =>
        {
            SpfResult result = await analyzer.AnalyzeAsync(domains[at]);
            Interlocked.Add(ref lookups, result.LookupCount);
        }).GetAwaiter().GetResult();
        double seconds = watch.Elapsed.TotalSeconds;
        return new { n = domains.Length, seconds, dns_queries = asked, queries_per_second = asked / seconds, lookups };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DnsResolver Connect(string port, Action? asked = null) =>
        DnsServer.TryParse("127.0.0.1:" + port, out DnsServer? server, out string error)
            ? DnsResolverFactory.Create(new DnsResolverOptions { Servers = [server!], QueryObserver = asked is null ? null : _ => asked() })
            : throw new ArgumentException(error);

    private static async Task RunAsync(int count, Func<int, Task> work)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            await Task.Yield();
            for (int at = Interlocked.Increment(ref next); at < count; at = Interlocked.Increment(ref next))
            {
                await work(at);
            }
        }));
    }
}
