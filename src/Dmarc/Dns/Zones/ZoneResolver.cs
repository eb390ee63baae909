using System.Diagnostics;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>
/// Answers from zone files that cover the name, and otherwise queries another resolver. It treats wildcards, empty
/// non-terminals and aliases as an authoritative server does; an alias may lead from one file to another, or to the
/// other resolver. It does not follow delegations inside a zone: the file is authoritative.
/// </summary>
internal sealed class ZoneResolver : IDnsResolver
{
    private readonly ZoneIndex _index;
    private readonly IDnsResolver _inner;
    private readonly Action<DnsResponse>? _observer;

    /// <summary>A resolver.</summary>
    /// <param name="files">The files; if two have the same record set, the later one counts.</param>
    /// <param name="inner">The resolver for names that no file covers.</param>
    /// <param name="observer">Receives each answer from a file.</param>
    public ZoneResolver(IEnumerable<ZoneFile> files, IDnsResolver inner, Action<DnsResponse>? observer = null)
    {
        _index = new ZoneIndex(files ?? throw new ArgumentNullException(nameof(files)));
        _inner = inner ?? throw new ArgumentNullException(nameof(inner));
        _observer = observer;
    }

    /// <inheritdoc/>
    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        cancellationToken.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        if (!WireName.TryGetCanonical(name, out string key, out string error))
        {
            return new ValueTask<DnsResponse>(new DnsResponse(name, type, DnsStatus.Malformed) { Detail = error });
        }

        string asked = DnsQuery.WithoutFinalDot(name);
        ZoneAnswer answer = _index.Find(key, asked, type);
        if (answer.Outcome == ZoneOutcome.Outside)
        {
            return _inner.QueryAsync(name, type, cancellationToken);
        }

        List<string> path = [];
        HashSet<string> seen = [key];
        uint timeToLive = answer.TimeToLive;
        while (answer.Outcome == ZoneOutcome.Alias)
        {
            string target = ((NameRecord)answer.Records[0]).Target;
            path.Add(target);
            key = ZoneIndex.Key(target);
            if (!seen.Add(key) || path.Count > AnswerReader.MaximumAliases)
            {
                string format = path.Count > AnswerReader.MaximumAliases ? Strings.Dns_CnameTooLong : Strings.Dns_CnameLoop;
                object detail = path.Count > AnswerReader.MaximumAliases ? AnswerReader.MaximumAliases : target;
                return new ValueTask<DnsResponse>(Observe(new DnsResponse(asked, type, DnsStatus.Malformed)
                {
                    CnamePath = path.ToPrintableList(),
                    Server = answer.Source,
                    Detail = Sentences.Insert(format, asked, detail),
                }));
            }

            ZoneAnswer next = _index.Find(key, target, type);
            if (next.Outcome == ZoneOutcome.Outside)
            {
                return new ValueTask<DnsResponse>(LeaveAsync(asked, type, path, timeToLive, answer.Source, cancellationToken));
            }

            answer = next;
            timeToLive = Math.Min(timeToLive, answer.TimeToLive);
        }

        DnsStatus status = answer.Outcome switch
        {
            ZoneOutcome.Found => DnsStatus.NoError,
            ZoneOutcome.NxDomain => DnsStatus.NxDomain,
            _ => DnsStatus.NoData,
        };
        return new ValueTask<DnsResponse>(Observe(new DnsResponse(asked, type, status)
        {
            Records = answer.Records,
            CnamePath = path.ToPrintableList(),
            TimeToLive = timeToLive,
            Server = answer.Source,
            Duration = Elapsed.Since(start),
        }));
    }

    /// <summary>The alias leads out of the files.</summary>
    private async Task<DnsResponse> LeaveAsync(
        string name,
        DnsRecordType type,
        List<string> path,
        uint timeToLive,
        string source,
        CancellationToken cancellationToken)
    {
        _observer?.Invoke(
            new DnsResponse(
                name, DnsRecordType.CNAME, DnsStatus.NoError) { Server = source, CnamePath = path.ToPrintableList() });
        DnsResponse response = await _inner.QueryAsync(path[path.Count - 1], type, cancellationToken).ConfigureAwait(false);
        return response with
        {
            Name = name,
            CnamePath = path.Concat(response.CnamePath).ToPrintableList(),
            TimeToLive = response.Status.IsAnswer() ? Math.Min(timeToLive, response.TimeToLive) : 0,
            AuthenticatedData = false,
        };
    }

    private DnsResponse Observe(DnsResponse response)
    {
        _observer?.Invoke(response);
        return response;
    }
}
