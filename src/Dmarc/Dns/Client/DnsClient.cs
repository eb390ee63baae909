using System.Diagnostics;
using System.Net.Security;
using Dmarc.Dns.Transports;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Client;

/// <summary>
/// Queries the servers in turn until one answers, again if none did in time, and for the target if an answer ends in an
/// alias. It caches nothing except which server answers.
/// </summary>
internal sealed class DnsClient : IDnsResolver, IDisposable
{
    /// <summary>The maximum number of servers; further ones are ignored.</summary>
    public const int MaximumServers = 32;

    private const int MaximumInFlight = 1024;
    private const int BusyInFlight = MaximumInFlight * 3 / 4;
    private const int Rounds = 4;
    private const double MinimumSeconds = 0.8;

    /// <summary>How long a server that limits its answers over UDP is queried over TCP.</summary>
    internal static readonly TimeSpan StreamPeriod = TimeSpan.FromMinutes(1);

    private static readonly DnsQuery RootQuery =
        DnsQuery.TryCreate(".", DnsRecordType.NS, out DnsQuery? query, out _) ? query : throw new InvalidOperationException();

    private readonly IDnsTransport[] _transports;
    private readonly StreamTransport?[] _streams;
    private readonly long[] _streamsUntil;
    private readonly RateLimiter[] _paces;
    private readonly ServerHealth[] _health;
    private readonly DnsQuery?[] _answered;
    private readonly string[] _names;
    private readonly IClock _clock;
    private readonly TimeSpan _timeout;
    private readonly Action<DnsResponse>? _observer;
    private readonly SemaphoreSlim _gate = new(MaximumInFlight, MaximumInFlight);
    private int _preferred;

    /// <summary>The time of the last message from any server.</summary>
    internal DateTimeOffset HeardAt => _health.Max(health => health.HeardAt);

    /// <summary>True while so many queries are in flight that more would soon wait.</summary>
    internal bool IsBusy => MaximumInFlight - _gate.CurrentCount >= BusyInFlight;

    /// <summary>A client.</summary>
    /// <param name="servers">The servers, in the order in which they are queried.</param>
    /// <param name="timeout">The maximum duration of a query, with all its retries.</param>
    /// <param name="observer">Receives each exchange.</param>
    /// <param name="validation">Validates certificates; null for the system's trust.</param>
    /// <param name="queriesPerSecond">The maximum number of queries a second to each server; 0 for no limit.</param>
    /// <param name="clock">The clock for the query rate; null for the system clock.</param>
    /// <param name="continuesInline">
    /// True if the code after an answer is short and never blocks, so that it may run on the receiving thread.
    /// </param>
    public DnsClient(
        IEnumerable<DnsServer> servers,
        TimeSpan timeout,
        Action<DnsResponse>? observer = null,
        RemoteCertificateValidationCallback? validation = null,
        int queriesPerSecond = 0,
        IClock? clock = null,
        bool continuesInline = false)
    {
        DnsServer[] asked = servers.Take(MaximumServers).ToArray();
        _names = Array.ConvertAll(asked, server => server.ToString());
        _clock = clock ??= SystemClock.Instance;

        // With other servers to try, each gets less time.
        TimeSpan patience = TimeSpan.FromTicks(timeout.Ticks / Math.Max(1, Math.Min(Rounds, asked.Length)));
        _health = Array.ConvertAll(asked, _ => new ServerHealth(clock, patience));
        _answered = new DnsQuery?[asked.Length];
        _paces = Array.ConvertAll(asked, _ => new RateLimiter(clock, queriesPerSecond));
        _transports = new IDnsTransport[asked.Length];
        _streams = new StreamTransport?[asked.Length];
        _streamsUntil = new long[asked.Length];
        for (int index = 0; index < asked.Length; index++)
        {
            _health[index].WentDown += _paces[index].Reset;
            _streams[index] = asked[index].Transport == DnsTransport.Https
                ? null
                : new StreamTransport(new Connector(asked[index], validation).ConnectAsync, _health[index]);
            _transports[index] = asked[index].Transport switch
            {
                DnsTransport.Udp => new UdpTransport(asked[index], _health[index], continuesInline),
                DnsTransport.Https => new HttpsTransport(asked[index].Uri!, _health[index], validation),
                _ => _streams[index]!,
            };
        }

        _timeout = timeout;
        _observer = observer;
    }

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        if (!DnsQuery.TryCreate(name, type, out DnsQuery? query, out string error))
        {
            return new ValueTask<DnsResponse>(new DnsResponse(name, type, DnsStatus.Malformed) { Detail = error });
        }

        return _transports.Length == 0
            ? new ValueTask<DnsResponse>(new DnsResponse(query.Name, type, DnsStatus.NetworkError) { Detail = Strings.Dns_NoServers })
            : new ValueTask<DnsResponse>(QueryAsync(query, cancellationToken));
    }

    /// <summary>Closes all sockets. Waiting queries fail.</summary>
    public void Dispose()
    {
        foreach (IDisposable? part in _transports.Concat<IDisposable?>(_streams).Concat(_health))
        {
            part?.Dispose();
        }
    }

    /// <summary>
    /// The first attempt is inlined here: nearly all queries end with it, and each further async method costs memory
    /// for every query.
    /// </summary>
    private async Task<DnsResponse> QueryAsync(DnsQuery query, CancellationToken cancellationToken)
    {
        // The time starts once the query may be sent, so that a million queries at once do not time out.
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long start = Stopwatch.GetTimestamp();
            int index = Volatile.Read(ref _preferred);
            DnsResponse? first = null;
            if (!_health[index].IsDown && double.IsPositiveInfinity(_paces[index].Rate))
            {
                TimeSpan share = Share(_timeout, 0, _transports.Length, _transports.Length);
                first = await TransportOf(index).ExchangeAsync(query, share, cancellationToken).ConfigureAwait(false);
                if (first.Retry == DnsRetry.None && first.Status.IsAnswer())
                {
                    _paces[index].Note(first.Status);
                    _answered[index] = query;
                    Sign(first, index, start);
                    _observer?.Invoke(first);
                    return first;
                }
            }

            (DnsResponse answer, long begun) = await AskAsync(query, start, index, first, cancellationToken).ConfigureAwait(false);
            if (answer is { Status: DnsStatus.Timeout, WasAsked: true } && DropsQueries())
            {
                // The server dropped what was too much for it, which says nothing about the name.
                (answer, begun) = await AskAsync(
                    query, Stopwatch.GetTimestamp(), Volatile.Read(ref _preferred), null, cancellationToken).ConfigureAwait(false);
            }

            answer = answer.Retry == DnsRetry.ForTarget
                ? await ChaseAsync(query, answer, begun, cancellationToken).ConfigureAwait(false)
                : answer;
            return answer with { Duration = Elapsed.Since(start) };
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Queries the servers in turn, beginning with the one that answered last. A server that failed is not queried
    /// again; a silent one is, with a longer wait each time; one that is down is skipped.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="start">When its time began.</param>
    /// <param name="first">The server to query first.</param>
    /// <param name="given">The answer of that server; null if it was not queried.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, and when its time began: delayed by the time spent waiting for the rate limit.</returns>
    private async ValueTask<(DnsResponse Answer, long Start)> AskAsync(
        DnsQuery query, long start, int first, DnsResponse? given, CancellationToken cancellationToken)
    {
        int count = _transports.Length;
        uint silent = uint.MaxValue >> (MaximumServers - count);
        DnsResponse? best = null;
        bool firstWasSilent = false;
        for (int round = 0; round < Rounds && silent != 0; round++)
        {
            for (int turn = 0; turn < count; turn++)
            {
                int index = (first + turn) % count;
                if ((silent & (1u << index)) == 0)
                {
                    continue;
                }

                if (given is null && _timeout - Elapsed.Since(start) <= TimeSpan.Zero)
                {
                    return (best ?? NotAsked(), start);
                }

                // Waiting for the rate limit does not reduce the time to answer.
                TimeSpan wait = given is not null || IsDown(index, query) ? TimeSpan.Zero : _paces[index].Reserve();
                start += wait > TimeSpan.Zero ? await WaitAsync(wait, index, cancellationToken).ConfigureAwait(false) : 0;
                if (given is null && _health[index].IsDown)
                {
                    silent &= ~(1u << index);
                    continue;
                }

                TimeSpan left = _timeout - Elapsed.Since(start);
                TimeSpan share = Share(left, round, count - turn, count);
                DnsResponse answer = await AttemptAsync(
                    query, index, share, given, given is null ? 0 : start, cancellationToken).ConfigureAwait(false);
                given = null;
                if (answer.Retry == DnsRetry.WithoutEdns)
                {
                    answer = await AttemptAsync(
                        query.WithoutEdns(), index, left, null, 0, cancellationToken).ConfigureAwait(false);
                }

                if (answer.Status.IsAnswer())
                {
                    _answered[index] = query;
                    if (firstWasSilent)
                    {
                        Volatile.Write(ref _preferred, index);
                    }

                    return (answer, start);
                }

                if (answer.Status == DnsStatus.Timeout)
                {
                    Probe(index, query, _health[index].NoteSilence());
                }

                firstWasSilent |= index == first && answer.Status is DnsStatus.Timeout or DnsStatus.NetworkError;
                silent = answer.Status == DnsStatus.Timeout ? silent : silent & ~(1u << index);
                best = best is null || Rank(answer.Status) >= Rank(best.Status) ? answer : best;
            }
        }

        return (best ?? NotAsked(), start);

        DnsResponse NotAsked()
        {
            DnsResponse none = new(query.Name, query.Type, DnsStatus.Timeout) { WasAsked = false };
            Sign(none, first, start);
            return none;
        }
    }

    /// <summary>Waits until a server may be queried, or is down.</summary>
    /// <returns>The time waited, in stopwatch ticks.</returns>
    private async ValueTask<long> WaitAsync(TimeSpan wait, int index, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _health[index].Down);
        try
        {
            await Task.Delay(wait, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Stopwatch.GetTimestamp() - start;
    }

    /// <summary>True if a server is down. Now and then it gets the same query as a probe, without a wait.</summary>
    private bool IsDown(int index, DnsQuery query)
    {
        if (!_health[index].IsDown)
        {
            return false;
        }

        if (_health[index].IsTrialDue())
        {
            Probe(index, query, ServerProbe.Long, _timeout);
        }

        return true;
    }

    /// <summary>
    /// Sends a query that any server answers: the last one that this server answered, otherwise one about the root. It
    /// also sends the current query, because some servers do not answer about the root.
    /// </summary>
    private void Probe(int index, DnsQuery query, ServerProbe probe, TimeSpan least = default)
    {
        if (probe != ServerProbe.None)
        {
            TimeSpan patience = _health[index].Patience(probe);
            patience = patience > least ? patience : least;
            _ = ProbeAsync(index, _answered[index] ?? RootQuery, probe, patience);
            _ = AttemptAsync(query, index, patience, null, 0, CancellationToken.None).AsTask();
        }
    }

    private async Task ProbeAsync(int index, DnsQuery query, ServerProbe probe, TimeSpan patience)
    {
        DnsResponse answer = await AttemptAsync(query, index, patience, null, 0, CancellationToken.None).ConfigureAwait(false);
        if (answer.Status == DnsStatus.Timeout)
        {
            Probe(index, query, _health[index].NoteSilence(probe));
        }
    }

    /// <summary>Queries one server once: over TCP too if the answer is truncated.</summary>
    private async ValueTask<DnsResponse> AttemptAsync(
        DnsQuery query,
        int index,
        TimeSpan timeout,
        DnsResponse? given,
        long askedAt,
        CancellationToken cancellationToken)
    {
        long start = given is null ? Stopwatch.GetTimestamp() : askedAt;
        DnsResponse answer = given ?? await TransportOf(index).ExchangeAsync(query, timeout, cancellationToken).ConfigureAwait(false);
        if (answer.Status == DnsStatus.NetworkError && Interlocked.Exchange(ref _streamsUntil[index], 0) != 0)
        {
            // TCP does not work any more: the server gets the query as before.
            answer = await AskAgainAsync(_transports[index]).ConfigureAwait(false);
        }

        if (answer.Retry == DnsRetry.OverTcp && _streams[index] is { } stream)
        {
            answer = await AskAgainAsync(stream).ConfigureAwait(false);
            if (answer.Status.IsVoid())
            {
                // Such an answer fits in any datagram: the server limits the rate of its answers and asks for TCP.
                Volatile.Write(ref _streamsUntil[index], (_clock.UtcNow + StreamPeriod).UtcTicks);
            }
        }

        _paces[index].Note(answer.Status);
        Sign(answer, index, start);
        _observer?.Invoke(answer);
        return answer;

        ValueTask<DnsResponse> AskAgainAsync(IDnsTransport transport)
        {
            TimeSpan left = timeout - Elapsed.Since(start);
            return left > TimeSpan.Zero
                ? transport.ExchangeAsync(query, left, cancellationToken)
                : new ValueTask<DnsResponse>(query.Failed(DnsStatus.Timeout));
        }
    }

    /// <summary>True if a server answers, but drops what is too much for it.</summary>
    private bool DropsQueries()
    {
        DateTimeOffset recently = _clock.UtcNow - _timeout;
        for (int index = 0; index < _paces.Length; index++)
        {
            if (_paces[index].IsReduced && _health[index].HeardAt >= recently)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The transport for the next query to a server: TCP for a while after it limited its answers over UDP.</summary>
    private IDnsTransport TransportOf(int index)
    {
        long until = Volatile.Read(ref _streamsUntil[index]);
        return until != 0 && _clock.UtcNow.UtcTicks < until ? _streams[index]! : _transports[index];
    }

    /// <summary>Queries the targets of a chain that the server left incomplete, until it ends.</summary>
    private async ValueTask<DnsResponse> ChaseAsync(DnsQuery query, DnsResponse answer, long start, CancellationToken cancellationToken)
    {
        List<string> path = [];
        uint timeToLive = uint.MaxValue;
        bool authenticated = true;
        while (true)
        {
            timeToLive = Math.Min(timeToLive, answer.TimeToLive);
            authenticated &= answer.AuthenticatedData;
            string? again = null;
            foreach (string alias in answer.CnamePath)
            {
                bool seen = path.Contains(alias, StringComparer.OrdinalIgnoreCase)
                    || string.Equals(alias, query.Name, StringComparison.OrdinalIgnoreCase);
                again ??= seen ? alias : null;
                path.Add(alias);
            }

            string problem = "";
            DnsQuery? next = null;
            if (again is not null)
            {
                problem = Sentences.Fill(Strings.Dns_CnameLoop, query.Name, again);
            }
            else if (path.Count > AnswerReader.MaximumAliases)
            {
                problem = Sentences.Fill(Strings.Dns_CnameTooLong, query.Name, AnswerReader.MaximumAliases);
            }
            else if (answer.Retry == DnsRetry.ForTarget)
            {
                DnsQuery.TryCreate(path[path.Count - 1], query.Type, out next, out problem);
            }

            if (next is null)
            {
                DnsResponse last = problem.Length > 0 ? query.Failed(DnsStatus.Malformed, problem) : answer;
                return last with
                {
                    Name = query.Name,
                    Server = answer.Server,
                    CnamePath = path.ToPrintableList(),
                    TimeToLive = last.Status.IsAnswer() ? timeToLive : 0,
                    AuthenticatedData = last.Status.IsAnswer() && authenticated,
                };
            }

            (answer, start) = await AskAsync(next, start, Volatile.Read(ref _preferred), null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds the server and the duration to an answer.</summary>
    private void Sign(DnsResponse answer, int server, long start)
    {
        string name = _names[server];
        answer.Sign(name, Elapsed.Since(start), answer.Status == DnsStatus.Timeout
            ? Sentences.Insert(answer.WasAsked ? Strings.Dns_TimedOut : Strings.Dns_ServerDown, name)
            : answer.Detail);
    }

    /// <summary>
    /// The share of the remaining time for one attempt: doubled in each round, at least 0.8 seconds (or a quarter of the
    /// whole if that is less), and at most two seconds, then four, then eight, then the whole rest.
    /// </summary>
    private TimeSpan Share(TimeSpan left, int round, int leftInRound, int servers)
    {
        double weights = leftInRound;
        double weight = 1;
        for (int later = round + 1; later < Rounds; later++)
        {
            weight *= 2;
            weights += weight * servers;
        }

        double least = Math.Min(MinimumSeconds, _timeout.TotalSeconds / Rounds);
        double most = round == Rounds - 1 ? left.TotalSeconds : Math.Min(left.TotalSeconds, 2 << round);
        return TimeSpan.FromSeconds(Math.Min(most, Math.Max(least, left.TotalSeconds / weights)));
    }

    /// <summary>Ranks failures: the one that says most about the name is reported.</summary>
    private static int Rank(DnsStatus status) => status switch
    {
        DnsStatus.ServFail => 4,
        DnsStatus.Refused => 3,
        DnsStatus.Malformed => 2,
        DnsStatus.NetworkError => 1,
        _ => 0,
    };
}
