using System.Text;
using Dmarc.Diagnostics;
using Dmarc.Dkim;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Posture.Https;

namespace Dmarc.Posture.MtaSts;

/// <summary>Looks at the MTA-STS record of a domain and, where it can fetch, at the policy behind it.</summary>
/// <param name="resolver">Where it asks.</param>
/// <param name="fetcher">Fetches the policy; null to look at the record only.</param>
internal sealed class MtaStsInspector(IDnsResolver resolver, IHttpsFetcher? fetcher)
{
    /// <summary>The most bytes of a policy that are read (RFC 8461 §3.3).</summary>
    public const int MaximumPolicy = 64 * 1024;

    private const int MaximumId = 32;

    /// <summary>Looks at a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="exchanges">The names of its mail exchanges, waited for only once there is a policy.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<MtaStsResult> InspectAsync(DomainName domain, Task<IReadOnlyList<string>> exchanges, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync("_mta-sts." + domain, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        VersionedRecord record = VersionedRecord.Select(response, "v=STSv1");
        string id = TagList.Parse(record.Text)["id"]?.Value ?? "";
        MtaStsResult result = new() { Status = record.Status, Record = record.Text, Id = id, Findings = [.. CheckRecord(domain, record, id)] };
        if (record.Status != PartStatus.Found)
        {
            return result;
        }

        if (result.Findings.Count > 0)
        {
            return result with { Status = PartStatus.Invalid };
        }

        return fetcher is null ? result : await FetchAsync(domain, result, fetcher, exchanges, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<Finding> CheckRecord(DomainName domain, VersionedRecord record, string id)
    {
        string name = "_mta-sts." + domain;
        switch (record.Status)
        {
            case PartStatus.NotFound:
                yield return MtaStsFindings.Missing.Create(domain);
                break;
            case PartStatus.Multiple:
                yield return MtaStsFindings.Multiple.Create(name, record.Count);
                break;
            case PartStatus.Invalid:
                yield return MtaStsFindings.VersionWrong.Create(name);
                break;
            case PartStatus.Found when id.Length is 0 or > MaximumId || !id.All(IsLetterOrDigit):
                yield return MtaStsFindings.IdInvalid.Create(name, id);
                break;
            case PartStatus failed when failed.IsDnsFailure():
                yield return MailDomainFindings.LookupFailed.Create(name, failed.ToDnsStatus(), domain);
                break;
        }
    }

    private static async Task<MtaStsResult> FetchAsync(
        DomainName domain,
        MtaStsResult result,
        IHttpsFetcher fetcher,
        Task<IReadOnlyList<string>> exchanges,
        CancellationToken cancellationToken)
    {
        Uri uri = new("https://mta-sts." + domain + "/.well-known/mta-sts.txt");
        HttpsAnswer answer = await fetcher.FetchAsync(uri, MaximumPolicy, cancellationToken).ConfigureAwait(false);
        if (answer.Status != HttpsStatus.Ok)
        {
            return result with
            {
                Status = answer.PartStatus,
                PolicyStatus = answer.Status,
                Findings =
                [
                    .. result.Findings,
                    answer.DnsStatus is { } failure
                        ? MailDomainFindings.LookupFailed.Create(uri.IdnHost, failure, domain)
                        : MtaStsFindings.PolicyUnreachable.Create(uri, answer.Detail),
                ],
            };
        }

        List<Finding> findings = [.. result.Findings];
        if (answer.MediaType != "text/plain")
        {
            findings.Add(MtaStsFindings.MediaType.Create(uri, answer.MediaType));
        }

        MtaStsPolicy policy = MtaStsPolicy.Parse(Encoding.UTF8.GetString(answer.Body.ToArray()));
        findings.AddRange(policy.Findings);
        string[] unmatched = [];
        if (policy.IsUsable)
        {
            IReadOnlyList<string> hosts = await exchanges.ConfigureAwait(false);
            unmatched = policy.Mode == MtaStsMode.None ? [] : [.. hosts.Where(host => !policy.Allows(host))];
            findings.AddRange(CheckPolicy(domain, policy, hosts, unmatched));
        }

        return result with
        {
            Status = policy.IsUsable ? PartStatus.Found : PartStatus.Invalid,
            PolicyStatus = answer.Status,
            Mode = policy.IsUsable ? policy.Mode : null,
            MaxAge = policy.MaxAge,
            MxPatterns = policy.MxPatterns,
            UnmatchedHosts = unmatched.ToPrintableList(),
            Findings = findings.ToPrintableList(),
        };
    }

    private static IEnumerable<Finding> CheckPolicy(DomainName domain, MtaStsPolicy policy, IReadOnlyList<string> hosts, string[] unmatched)
    {
        if (policy.Mode == MtaStsMode.None)
        {
            yield return MtaStsFindings.ModeNone.Create(domain);
            yield break;
        }

        if (policy.Mode == MtaStsMode.Testing)
        {
            yield return MtaStsFindings.Testing.Create(domain);
        }

        foreach (string host in unmatched)
        {
            yield return MtaStsFindings.HostNotAllowed.Create(domain, host);
        }

        foreach (string pattern in policy.MxPatterns.Where(pattern => hosts.Count > 0 && !hosts.Any(host => MtaStsPolicy.Matches(pattern, host))))
        {
            yield return MtaStsFindings.PatternUnused.Create(domain, pattern);
        }
    }

    private static bool IsLetterOrDigit(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
