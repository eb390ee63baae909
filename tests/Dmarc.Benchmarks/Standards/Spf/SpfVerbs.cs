using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Benchmarks.Standards.Spf;

/// <summary>Checks and analyses against a name server on this machine.</summary>
internal static class SpfVerbs
{
    private const int InFlight = 64;

    private static readonly JsonSerializerOptions Readable = new() { Converters = { new JsonStringEnumConverter() } };

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

    /// <summary>
    /// <c>spf-analyze DOMAINS COUNT PORT [FILE]</c>: one analysis for each line; with a file, the results as a line of JSON each, to
    /// compare those of two builds. The second pass has every answer and every included record in memory.
    /// </summary>
    public static object Analyze(string[] args)
    {
        DomainName[] domains = [.. File.ReadLines(args[0]).Take(Number(args[1])).Select(DomainName.Parse)];
        int asked = 0;
        using DnsResolver resolver = Connect(args[2], () => Interlocked.Increment(ref asked));
        SpfAnalyzer analyzer = new(resolver);
        string? path = args.Length > 3 ? args[3] : null;
        string[] lines = new string[path is null ? 0 : domains.Length];
        int lookups = 0;
        async Task AnalyzeAsync(int at)
        {
            SpfResult result = await analyzer.AnalyzeAsync(domains[at]);
            Interlocked.Add(ref lookups, result.LookupCount ?? 0);
            if (path is not null)
            {
                lines[at] = JsonSerializer.Serialize(result, Readable);
            }
        }

        Stopwatch watch = Stopwatch.StartNew();
        RunAsync(domains.Length, AnalyzeAsync).GetAwaiter().GetResult();
        double seconds = watch.Elapsed.TotalSeconds;
        int total = lookups;
        int queries = asked;
        long allocated = GC.GetTotalAllocatedBytes();
        watch.Restart();
        RunAsync(domains.Length, AnalyzeAsync).GetAwaiter().GetResult();
        double again = watch.Elapsed.TotalSeconds;
        allocated = (GC.GetTotalAllocatedBytes() - allocated) / domains.Length;
        if (path is not null)
        {
            File.WriteAllLines(path, lines);
        }

        return new { n = domains.Length, seconds, dns_queries = queries, queries_per_second = queries / seconds, lookups = total, seconds_second_pass = again, bytes_second_pass = allocated };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DnsResolver Connect(string port, Action? asked = null) =>
        DnsServer.TryParse("127.0.0.1:" + port, out DnsServer? server, out string error)
            ? new DnsResolver(
                new DnsResolverOptions { Servers = [server!], QueryObserver = asked is null ? null : _ => asked() })
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
