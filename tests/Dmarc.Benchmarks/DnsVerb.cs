extern alias Peer;

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dmarc.Dns;
using Dmarc.Dns.Transports;
using Peer::DnsClient;
using OurClient = Dmarc.Dns.Client.DnsClient;

namespace Dmarc.Benchmarks;

/// <summary>
/// <c>dns QUERIES COUNT PORT INFLIGHT [peer | questions a source port]</c>: the TXT lines of a dnsperf file, asked of a server on 127.0.0.1 with so many in
/// flight and no cache, by our client or by the package DnsClient: n, seconds, cpu (of this process), threw (failures of any kind).
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

        if (arguments.Length > 4 && arguments[4] != "peer")
        {
            UdpChannel.MaximumQueries = int.Parse(arguments[4], CultureInfo.InvariantCulture);
        }

        using OurClient client = new([server], TimeSpan.FromSeconds(5));
        LookupClient peer = new(new LookupClientOptions(new IPEndPoint(IPAddress.Loopback, server.Port)) { UseCache = false, Timeout = TimeSpan.FromSeconds(5) });
        Func<string, Task<bool>> ask = arguments is [_, _, _, _, "peer"]
            ? async name => (await peer.QueryAsync(name, QueryType.TXT).ConfigureAwait(false)).Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
            : async name => (await client.QueryAsync(name, DnsRecordType.TXT).ConfigureAwait(false)).Status.IsAnswer();

        // One pass of a tenth first, so that the code is compiled.
        AskAsync(ask, names, count / 10, inFlight).GetAwaiter().GetResult();
        using Process process = Process.GetCurrentProcess();
        TimeSpan cpu = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        int failures = AskAsync(ask, names, count, inFlight).GetAwaiter().GetResult();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new { n = count, seconds = elapsed.TotalSeconds, cpu = (process.TotalProcessorTime - cpu).TotalSeconds, threw = failures };
    }

    private static async Task<int> AskAsync(Func<string, Task<bool>> ask, string[] names, int count, int inFlight)
    {
        int next = -1;
        int failures = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < count)
            {
                if (!await ask(names[number % names.Length]).ConfigureAwait(false))
                {
                    Interlocked.Increment(ref failures);
                }
            }
        }))).ConfigureAwait(false);
        return failures;
    }
}
