using System.Collections.Concurrent;
using Dmarc.Dns.Transports;
using Dmarc.Dns.Wire;
using Dmarc.Text;

namespace Dmarc.Dns.Client;

/// <summary>
/// Remembers answers for as long as they may be kept, and lets all who ask the same at once wait for one query. An answer
/// from memory is given at once, with a duration of zero and the TTL that it came with.
/// </summary>
internal sealed class CachingResolver : IDnsResolver
{
    /// <summary>
    /// What an answer is kept for at the least, failures among them (RFC 2308 §7 allows five minutes for these): one look at a
    /// domain asks the same from several sides, and should neither wait for a silent server nor see a change midway.
    /// </summary>
    internal static readonly TimeSpan MinimumAge = TimeSpan.FromSeconds(10);

    /// <summary>What an answer is kept for at the most.</summary>
    internal static readonly TimeSpan MaximumAge = TimeSpan.FromDays(1);

    private const int BytesPerUnit = 1024;

    /// <summary>What an answer without records takes: itself, its entry, and its place in the table.</summary>
    private const int BytesPerAnswer = 450;

    /// <summary>What a record takes apart from its texts.</summary>
    private const int BytesPerRecord = 120;

    private readonly ConcurrentDictionary<Question, Entry> _entries = new(QuestionComparer.Instance);
    private readonly IDnsResolver _inner;
    private readonly IClock _clock;
    private readonly int _capacity;
    private readonly object _trimming = new();
    private int _held;
    private long _added;

    /// <summary>A memory without answers.</summary>
    /// <param name="inner">What is asked where the memory has no answer.</param>
    /// <param name="clock">Tells the age of answers.</param>
    /// <param name="capacity">How much is held: so many answers of common size, which take up to a kilobyte each.</param>
    public CachingResolver(IDnsResolver inner, IClock clock, int capacity)
    {
        _inner = inner;
        _clock = clock;
        _capacity = capacity;
    }

    /// <summary>How much is held now.</summary>
    internal int Held => Volatile.Read(ref _held);

    /// <inheritdoc/>
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
            && _clock.UtcNow.UtcTicks < entry.ExpiresAt)
        {
            entry.Touch(Volatile.Read(ref _added));
            return new ValueTask<DnsResponse>(Named(entry.Kept(), asked));
        }

        return new ValueTask<DnsResponse>(FetchAsync(question, cancellationToken));
    }

    /// <summary>Asks, or waits for whoever asks already.</summary>
    private Task<DnsResponse> FetchAsync(Question question, CancellationToken cancellationToken)
    {
        Entry? mine = null;
        while (true)
        {
            bool exists = _entries.TryGetValue(question, out Entry? entry);
            if (exists && (entry!.Response is null || _clock.UtcNow.UtcTicks < entry.ExpiresAt))
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

    /// <summary>Waits for an answer that others asked for. The wait may be given up; the query goes on for the others.</summary>
    private static async Task<DnsResponse> JoinAsync(Question question, Entry entry, CancellationToken cancellationToken) =>
        Named(await TaskDeadline.WaitAsync(entry.Task, cancellationToken).ConfigureAwait(false), question.Name);

    /// <summary>
    /// True for a selector of DKIM that is not there: of each domain some seventy are tried, and none of them twice.
    /// Kept, they would be nearly all that is held, and outlive what is asked again.
    /// </summary>
    private static bool IsAskedOnce(in Question question, DnsResponse response) =>
        response.Status == DnsStatus.NxDomain
        && question.Name.IndexOf("._domainkey.", StringComparison.OrdinalIgnoreCase) > 0;

    /// <summary>
    /// Asks, and hands the answer to all who wait. Until then everything runs on the thread that received it, and nothing at all is started
    /// for an answer that nobody waits for yet, as for most of the many questions that are asked at once.
    /// </summary>
    private async Task AskAsync(Question question, Entry entry)
    {
        try
        {
            DnsResponse response = await _inner.QueryAsync(question.Name, question.Type, CancellationToken.None).ConfigureAwait(false);
            // Servers that are down may be back at any moment, and asking again costs nothing until they are.
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
            entry.Complete(response, _clock.UtcNow.UtcTicks + age.Ticks, units);
            if (held > _capacity)
            {
                Trim();
            }
        }
#pragma warning disable CA1031 // Whatever it is, those who wait must hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _entries.TryRemove(question, out _);
            entry.Fail(exception);
        }
    }

    /// <summary>
    /// Makes room: what is too old goes first, then what was not asked for the longest, until half is free (finding it costs a look at
    /// everything). So what many domains share stays, and what one domain asked makes room once it was looked at.
    /// </summary>
    private void Trim()
    {
        if (!Monitor.TryEnter(_trimming))
        {
            return;
        }

        try
        {
            long now = _clock.UtcNow.UtcTicks;
            int target = _capacity / 2;
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

    /// <summary>How much an answer takes, in kilobytes: all that depends on it, as it is after somebody has read the texts.</summary>
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
        string.Equals(response.Name, name, StringComparison.Ordinal) ? response : response with { Name = name };

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

    /// <summary>A question and, once it is there, its answer. Who waits goes on on another thread than the one that received it.</summary>
    private sealed class Entry() : TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private DnsResponse? _response;
        private bool _isKept;
        private long _usedAt;

        /// <summary>The answer, if it is kept; null while it is on its way.</summary>
        public DnsResponse? Response => Volatile.Read(ref _response);

        public long ExpiresAt { get; private set; }

        public int Units { get; private set; }

        /// <summary>How many answers had come when this one was last asked for.</summary>
        public long UsedAt => Volatile.Read(ref _usedAt);

        /// <summary>The answer as memory gives it: at once.</summary>
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

        /// <summary>Tells those who wait what went wrong.</summary>
        public void Fail(Exception exception)
        {
            SetException(exception);
            _ = Task.Exception;
        }
    }
}
