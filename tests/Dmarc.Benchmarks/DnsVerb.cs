using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dmarc.Dns;

namespace Dmarc.Benchmarks;

/// <summary>
/// <c>dns QUERIES COUNT PORT INFLIGHT</c>: the TXT lines of a dnsperf file, asked of a server on 127.0.0.1 with so many in
/// flight and no memory of answers. The last line of output is one JSON object: n, seconds, threw (failures of any kind).
/// </summary>
internal static class DnsVerb
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length != 4
            || !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || !int.TryParse(arguments[3], NumberStyles.None, CultureInfo.InvariantCulture, out int inFlight)
            || !DnsServer.TryParse("127.0.0.1:" + arguments[2], out DnsServer? server, out _))
        {
            Console.Error.WriteLine("dns QUERIES COUNT PORT INFLIGHT");
            return 2;
        }

        string[] names = [.. File.ReadLines(arguments[0])
            .Select(line => line.Split(' '))
            .Where(words => words is [_, "TXT"])
            .Select(words => words[0])];
        using DnsClient client = new([server], TimeSpan.FromSeconds(5));

        // One pass of a tenth first, so that the code is compiled.
        await AskAsync(client, names, count / 10, inFlight).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        int failures = await AskAsync(client, names, count, inFlight).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new { n = count, seconds, threw = failures }));
        return 0;
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
