using System.Diagnostics;
using System.Globalization;
using Dmarc.Dns;

namespace Dmarc.Benchmarks;

/// <summary>
/// <c>dns QUERIES COUNT PORT INFLIGHT</c>: the TXT lines of a dnsperf file, asked of a server on 127.0.0.1 with so many in
/// flight and no memory of answers: n, seconds, threw (failures of any kind).
/// </summary>
internal static class DnsVerb
{
    public static object Run(string[] arguments)
    {
        string[] names = [.. File.ReadLines(arguments[0])
            .Select(line => line.Split(' '))
            .Where(words => words is [_, "TXT"])
            .Select(words => words[0])];
        int count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int inFlight = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        if (!DnsServer.TryParse("127.0.0.1:" + arguments[2], out DnsServer? server, out string error))
        {
            throw new ArgumentException(error, nameof(arguments));
        }

        using DnsClient client = new([server], TimeSpan.FromSeconds(5));

        // One pass of a tenth first, so that the code is compiled.
        AskAsync(client, names, count / 10, inFlight).GetAwaiter().GetResult();
        long start = Stopwatch.GetTimestamp();
        int failures = AskAsync(client, names, count, inFlight).GetAwaiter().GetResult();
        return new { n = count, seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, threw = failures };
    }

    private static async Task<int> AskAsync(DnsClient client, string[] names, int count, int inFlight)
    {
        int next = -1;
        int failures = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < count)
            {
                DnsResponse response = await client.QueryAsync(names[number % names.Length], DnsRecordType.TXT).ConfigureAwait(false);
                if (!response.Status.IsAnswer())
                {
                    Interlocked.Increment(ref failures);
                }
            }
        }))).ConfigureAwait(false);
        return failures;
    }
}
