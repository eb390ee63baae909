using System.Diagnostics;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>
/// Answers from zone files that cover the name, and otherwise queries another resolver. It treats wildcards, empty
/// non-terminals and aliases as an authoritative server does; an alias may lead from one file to another, or to the
/// other resolver. It does not follow delegations inside a zone: the file is authoritative.
/// </summary>
/// <param name="files">The files; if two have the same record set, the later one counts.</param>
/// <param name="inner">The resolver for names that no file covers.</param>
/// <param name="observer">Receives each answer from a file.</param>
internal sealed class ZoneResolver(
    IEnumerable<ZoneFile> files, IDnsResolver inner, Action<DnsResponse>? observer = null) : IDnsResolver
{
    private readonly ZoneIndex _index = new(files);

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        if (!WireName.TryGetCanonical(name, out string key, out string error))
        {
            return new ValueTask<DnsResponse>(new DnsResponse(name, type, DnsStatus.Malformed) { Detail = error });
        }

        string asked = DnsQuery.WithoutFinalDot(name);
        if (_index.Find(key, asked, type) is not { } answer)
        {
            return inner.QueryAsync(name, type, cancellationToken);
        }

        List<string> path = [];
        HashSet<string> seen = [key];
        uint timeToLive = answer.TimeToLive;
        while (answer.Retry == DnsRetry.ForTarget)
        {
            string target = ((NameRecord)answer.Records[0]).Target;
            path.Add(target);
            key = ZoneIndex.Key(target);
            bool isTooLong = path.Count > AnswerReader.MaximumAliases;
            if (isTooLong || !seen.Add(key))
            {
                return Observe(new DnsResponse(asked, type, DnsStatus.Malformed)
                {
                    CnamePath = path.ToPrintableList(),
                    Server = answer.Server,
                    Detail = isTooLong
                        ? Sentences.Insert(Strings.Dns_CnameTooLong, asked, AnswerReader.MaximumAliases)
                        : Sentences.Insert(Strings.Dns_CnameLoop, asked, target),
                });
            }

            if (_index.Find(key, target, type) is not { } next)
            {
                return new ValueTask<DnsResponse>(
                    LeaveAsync(asked, type, path, timeToLive, answer.Server, cancellationToken));
            }

            answer = next;
            timeToLive = Math.Min(timeToLive, answer.TimeToLive);
        }

        return Observe(answer with
        {
            Name = asked,
            CnamePath = path.ToPrintableList(),
            TimeToLive = timeToLive,
            Duration = Elapsed.Since(start),
        });
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
        observer?.Invoke(new DnsResponse(name, DnsRecordType.CNAME, DnsStatus.NoError)
        {
            Server = source,
            CnamePath = path.ToPrintableList(),
        });
        DnsResponse response =
            await inner.QueryAsync(path[path.Count - 1], type, cancellationToken).ConfigureAwait(false);
        return response with
        {
            Name = name,
            CnamePath = path.Concat(response.CnamePath).ToPrintableList(),
            TimeToLive = response.Status.IsAnswer() ? Math.Min(timeToLive, response.TimeToLive) : 0,
            AuthenticatedData = false,
        };
    }

    private ValueTask<DnsResponse> Observe(DnsResponse response)
    {
        observer?.Invoke(response);
        return new ValueTask<DnsResponse>(response);
    }
}
