using System.Collections.Concurrent;
using Dmarc.Dns.Transports;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Client;

/// <summary>
/// Caches answers for their time to live, and lets concurrent callers share one query. A cached answer returns at once,
/// with a duration of zero and its original TTL.
/// </summary>
/// <param name="inner">The resolver for answers not in the cache.</param>
/// <param name="clock">Measures the age of answers.</param>
/// <param name="capacity">The capacity as a number of average answers, which take up to a kilobyte each.</param>
internal sealed class CachingResolver(IDnsResolver inner, IClock clock, int capacity) : IDnsResolver
{
    /// <summary>
    /// The minimum time in the cache, also for failures (RFC 2308 §7 allows five minutes for these): one audit of a
    /// domain repeats queries, and should neither wait again for a silent server nor see a change midway.
    /// </summary>
    internal static readonly TimeSpan MinimumAge = TimeSpan.FromSeconds(10);

    /// <summary>The maximum time in the cache.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromDays(1);

    private const int BytesPerUnit = 1024;

    /// <summary>The size of an answer without records, with its entry and its slot in the table.</summary>
    private const int BytesPerAnswer = 450;

    /// <summary>The size of a record without its texts.</summary>
    private const int BytesPerRecord = 120;

    private readonly ConcurrentDictionary<Question, Entry> _entries = new(QuestionComparer.Instance);
    private readonly object _trimming = new();
    private int _held;
    private long _added;

    /// <summary>The amount held now.</summary>
    internal int Held => Volatile.Read(ref _held);

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new ValueTask<DnsResponse>(Task.FromCanceled<DnsResponse>(cancellationToken));
        }

        string asked = DnsQuery.WithoutFinalDot(name);
        Question question = new(asked, type);
        if (_entries.TryGetValue(question, out Entry? entry)
            && entry.Response is not null
            && clock.UtcNow.UtcTicks < entry.ExpiresAt)
        {
            entry.Touch(Volatile.Read(ref _added));
            return new ValueTask<DnsResponse>(Named(entry.Kept(), asked));
        }

        return new ValueTask<DnsResponse>(FetchAsync(question, cancellationToken));
    }

    /// <summary>Sends the query, or waits for the same query of another caller.</summary>
    private Task<DnsResponse> FetchAsync(Question question, CancellationToken cancellationToken)
    {
        Entry? mine = null;
        while (true)
        {
            bool exists = _entries.TryGetValue(question, out Entry? entry);
            if (exists && (entry!.Response is null || clock.UtcNow.UtcTicks < entry.ExpiresAt))
            {
                return JoinAsync(question, entry, cancellationToken);
            }

            mine ??= new Entry();
            if (exists ? _entries.TryUpdate(question, mine, entry!) : _entries.TryAdd(question, mine))
            {
                Interlocked.Add(ref _held, -(entry?.Units ?? 0));
                _ = AskAsync(question, mine);
                return TaskDeadline.WaitAsync(mine.Task, cancellationToken);
            }
        }
    }

    /// <summary>Waits for another caller's query. Cancelling ends only the wait; the query goes on.</summary>
    private static async Task<DnsResponse> JoinAsync(Question question, Entry entry, CancellationToken cancellationToken) =>
        Named(await TaskDeadline.WaitAsync(entry.Task, cancellationToken).ConfigureAwait(false), question.Name);

    /// <summary>
    /// True for a missing DKIM selector: some seventy are tried for each domain, none of them twice. Cached, they would
    /// fill nearly the whole cache and displace answers that are needed again.
    /// </summary>
    private static bool IsAskedOnce(in Question question, DnsResponse response) =>
        response.Status == DnsStatus.NxDomain
        && question.Name.IndexOf("._domainkey.", StringComparison.OrdinalIgnoreCase) > 0;

    /// <summary>
    /// Sends the query, and passes the answer to all callers. Until then everything runs on the receiving thread, and
    /// nothing is started for an answer without waiting callers, which is usual when many queries are sent at once.
    /// </summary>
    private async Task AskAsync(Question question, Entry entry)
    {
        try
        {
            DnsResponse response =
                await inner.QueryAsync(question.Name, question.Type, CancellationToken.None).ConfigureAwait(false);
            // A server that is down may return at any moment, and a query costs nothing until it does.
            if (!response.WasAsked || IsAskedOnce(question, response))
            {
                _entries.TryRemove(question, out _);
                entry.SetResult(response);
                return;
            }

            TimeSpan age = TimeSpan.FromSeconds(response.TimeToLive);
            age = age < MinimumAge ? MinimumAge : age > MaximumAge ? MaximumAge : age;
            int units = Measure(response);
            int held = Interlocked.Add(ref _held, units);
            entry.Touch(Interlocked.Increment(ref _added));
            entry.Complete(response, clock.UtcNow.UtcTicks + age.Ticks, units);
            if (held > capacity)
            {
                Trim();
            }
        }
#pragma warning disable CA1031 // Every exception must reach the waiting callers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _entries.TryRemove(question, out _);
            entry.Fail(exception);
        }
    }

    /// <summary>
    /// Frees half of the cache (finding old entries means scanning all): expired answers go first, then the least
    /// recently used ones. So answers shared by many domains stay, and those of one domain go after its audit.
    /// </summary>
    private void Trim()
    {
        if (!Monitor.TryEnter(_trimming))
        {
            return;
        }

        try
        {
            long now = clock.UtcNow.UtcTicks;
            int target = capacity / 2;
            KeyValuePair<Question, Entry>[] known = [.. _entries.Where(pair => pair.Value.Response is not null)];
            Array.Sort(Array.ConvertAll(known, pair => pair.Value.ExpiresAt > now ? pair.Value.UsedAt : -1), known);
            foreach (KeyValuePair<Question, Entry> pair in known)
            {
                if (Volatile.Read(ref _held) <= target && pair.Value.ExpiresAt > now)
                {
                    break;
                }

                if (((ICollection<KeyValuePair<Question, Entry>>)_entries).Remove(pair))
                {
                    Interlocked.Add(ref _held, -pair.Value.Units);
                }
            }
        }
        finally
        {
            Monitor.Exit(_trimming);
        }
    }

    /// <summary>The size of an answer in kilobytes, including its texts once they are decoded.</summary>
    private static int Measure(DnsResponse response)
    {
        int bytes = BytesPerAnswer + (4 * response.Name.Length) + (2 * response.Detail.Length);
        foreach (string name in response.CnamePath.AsSpan())
        {
            bytes += 32 + (2 * name.Length);
        }

        foreach (DnsRecord record in response.Records.AsSpan())
        {
            bytes += BytesPerRecord + (2 * record.Name.Length) + record switch
            {
                TxtRecord text => text.Strings.Sum(part => 32 + (3 * part.Length)),
                MxRecord exchange => 2 * exchange.Exchange.Length,
                NameRecord name => 2 * name.Target.Length,
                TlsaRecord certificate => certificate.Data.Count,
                SoaRecord zone => 2 * (zone.PrimaryServer.Length + zone.ResponsibleMailbox.Length),
                _ => 0,
            };
        }

        return 1 + (bytes / BytesPerUnit);
    }

    private static DnsResponse Named(DnsResponse response, string name) =>
        response.Name == name ? response : response with { Name = name };

    private readonly struct Question(string name, DnsRecordType type)
    {
        public string Name { get; } = name;

        public DnsRecordType Type { get; } = type;
    }

    private sealed class QuestionComparer : IEqualityComparer<Question>
    {
        public static QuestionComparer Instance { get; } = new();

        public bool Equals(Question x, Question y) =>
            x.Type == y.Type && string.Equals(x.Name, y.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode(Question obj) =>
            StringComparer.OrdinalIgnoreCase.GetHashCode(obj.Name) ^ ((int)obj.Type * 0x5BD1E995);
    }

    /// <summary>A query and, later, its answer. Callers continue on another thread than the receiving one.</summary>
    private sealed class Entry() : TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private DnsResponse? _response;
        private bool _isKept;
        private long _usedAt;

        /// <summary>The cached answer; null while the query is pending.</summary>
        public DnsResponse? Response => Volatile.Read(ref _response);

        public long ExpiresAt { get; private set; }

        public int Units { get; private set; }

        /// <summary>The number of answers received when this one was last used.</summary>
        public long UsedAt => Volatile.Read(ref _usedAt);

        /// <summary>The answer as the cache returns it: with a duration of zero.</summary>
        public DnsResponse Kept()
        {
            DnsResponse response = Response!;
            if (!Volatile.Read(ref _isKept))
            {
                response = response with { Duration = TimeSpan.Zero };
                Volatile.Write(ref _response, response);
                Volatile.Write(ref _isKept, true);
            }

            return response;
        }

        public void Touch(long added)
        {
            if (UsedAt != added)
            {
                Volatile.Write(ref _usedAt, added);
            }
        }

        public void Complete(DnsResponse response, long expiresAt, int units)
        {
            ExpiresAt = expiresAt;
            Units = units;
            Volatile.Write(ref _response, response);
            SetResult(response);
        }

        /// <summary>Passes an exception to the waiting callers.</summary>
        public void Fail(Exception exception)
        {
            SetException(exception);
            _ = Task.Exception;
        }
    }
}
