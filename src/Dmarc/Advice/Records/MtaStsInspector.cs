using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Standards.MtaSts;

namespace Dmarc.Advice.Records;

/// <summary>Inspects the MTA-STS record of a domain and, if it can be fetched, the policy.</summary>
/// <param name="resolver">The resolver.</param>
/// <param name="fetcher">Fetches the policy; null to inspect only the record.</param>
/// <param name="clock">The clock for the id of a proposed record.</param>
internal sealed class MtaStsInspector(IDnsResolver resolver, IHttpsFetcher? fetcher, IClock clock)
{
    /// <summary>The maximum wait for the policy host if there is no record: it only adds details.</summary>
    private static readonly TimeSpan LintGrace = TimeSpan.FromMilliseconds(250);

    private readonly RecordLookup _records = new(resolver, new RecordProtocol(
        "MTA-STS", "_mta-sts.", VersionedRecordKind.MtaSts, MtaStsFindings.Multiple, MtaStsFindings.VersionWrong));

    /// <summary>Inspects a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="exchanges">The names of the mail exchanges, needed only if there is a policy.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<MtaStsResult> InspectAsync(
        DomainName domain, Task<IReadOnlyList<string>> exchanges, CancellationToken cancellationToken)
    {
        using CancellationTokenSource lint = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<DnsResponse> host = resolver.QueryAsync("mta-sts." + domain, DnsRecordType.A, lint.Token).AsTask();
        (VersionedRecord record, Finding? alias) =
            await _records.LookAsync(domain, cancellationToken).ConfigureAwait(false);
        RecordFields fields = RecordFields.Parse(record.Text, "id");
        string id = fields["id"] ?? "";
        string proposedId = clock.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        FindingCollector findings = _records.Describe(domain, domain, record, alias);
        findings.AddRange(record.Status switch
        {
            PartStatus.NotFound => [MtaStsFindings.Missing.Create(domain, proposedId)],
            PartStatus.Found => CheckFields("_mta-sts." + domain, fields, id, proposedId),
            _ => [],
        });
        MtaStsResult result = new()
        {
            ProposedRecord = "v=STSv1; id=" + proposedId,
            Status = record.Status,
            DnsFailure = record.DnsFailure,
            Record = record.KnownText,
            Id = record.KnownText is null ? null : id,
        };
        if (record.Status is PartStatus.NotFound or PartStatus.DnsFailure || record.Text.Length == 0)
        {
            // Somebody else can take over the target of an alias left over from a policy.
            if (record.DnsFailure is null && await WaitAsync(host, lint, cancellationToken).ConfigureAwait(false) is { CnamePath.Count: > 0 } left
                && !await _records.IsWildcardAsync(
                    domain, left.CnamePath[0].TrimEnd('.'), DnsRecordType.A, cancellationToken).ConfigureAwait(false))
            {
                _ = await CheckHostAsync(domain, left, findings, onlyDangling: true, cancellationToken).ConfigureAwait(false);
            }

            await EndAsync(host, lint).ConfigureAwait(false);
            return result with { Findings = findings.ToList() };
        }

        bool isSound = record.Status == PartStatus.Found && findings.ToList().All(finding => finding.Severity != Severity.Error);
        (bool isDangling, DnsStatus? failure) = await CheckHostAsync(
            domain, await host.ConfigureAwait(false), findings, onlyDangling: false, cancellationToken).ConfigureAwait(false);
        result = result with
        {
            Status = record.Status != PartStatus.Found
                ? record.Status
                : !isSound ? PartStatus.Invalid
                : isDangling ? PartStatus.Unreachable
                : PartStatus.Found,
            Findings = findings.ToList(),
        };
        if (fetcher is not null && result.Status == PartStatus.Found)
        {
            result = await FetchAsync(domain, result, fetcher, exchanges, cancellationToken).ConfigureAwait(false);
        }

        return failure is null || result.Status == PartStatus.DnsFailure ? result : result with
        {
            HostFailure = failure.Value.ToDnsFailure(),
            Findings = [.. result.Findings, RecordFindings.DetailLookupFailed.Create("mta-sts." + domain, failure, domain)],
        };
    }

    /// <summary>Checks if the policy host is an alias, and if it is dangling.</summary>
    private async Task<(bool IsDangling, DnsStatus? Failure)> CheckHostAsync(
        DomainName domain,
        DnsResponse response,
        FindingCollector findings,
        bool onlyDangling,
        CancellationToken cancellationToken)
    {
        string host = "mta-sts." + domain;
        if (response.CnamePath.Count == 0 || !response.Status.IsAnswer())
        {
            return (false, response.Status.IsAnswer() ? null : response.Status);
        }

        bool isDangling = response.Status == DnsStatus.NxDomain
            || (response.Status == DnsStatus.NoData
                && (await resolver.QueryAsync(host, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false)).Status.IsVoid());
        if (isDangling || !onlyDangling)
        {
            findings.Add(
                (isDangling ? MtaStsFindings.HostDangling : MtaStsFindings.HostAlias).Create(host, response.CnamePath[0].TrimEnd('.'), domain));
        }

        return (isDangling, null);
    }

    /// <summary>The answer to an optional query; null if it does not arrive soon.</summary>
    private static async Task<DnsResponse?> WaitAsync(
        Task<DnsResponse> question, CancellationTokenSource source, CancellationToken cancellationToken)
    {
        if (!question.IsCompleted)
        {
            await Task.WhenAny(question, Task.Delay(LintGrace, source.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return question.Status == TaskStatus.RanToCompletion ? await question.ConfigureAwait(false) : null;
    }

    private static async Task EndAsync(Task<DnsResponse> question, CancellationTokenSource source)
    {
        source.Cancel();
        try
        {
            await question.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The wait has ended.
        }
    }

    private static IEnumerable<Finding> CheckFields(string name, RecordFields fields, string id, string proposedId) =>
        fields.Problems.Select(problem => MtaStsFindings.FieldInvalid.Create(name, problem, proposedId))
            .Concat(fields.Repeated.Select(field => MtaStsFindings.FieldRepeated.Create(name, field)))
            .Concat(id.Length is 0 or > MtaStsLimits.IdLength || !id.All(IsLetterOrDigit)
                ? [MtaStsFindings.IdInvalid.Create(name, id, proposedId)]
                : []);

    private static async Task<MtaStsResult> FetchAsync(
        DomainName domain,
        MtaStsResult result,
        IHttpsFetcher fetcher,
        Task<IReadOnlyList<string>> exchanges,
        CancellationToken cancellationToken)
    {
        Uri uri = new("https://mta-sts." + domain + "/.well-known/mta-sts.txt");
        HttpsAnswer answer = await fetcher.FetchAsync(uri, MtaStsLimits.PolicyBytes, cancellationToken).ConfigureAwait(false);
        if (answer.Status != HttpsStatus.Ok)
        {
            return result with
            {
                Status = answer.PartStatus,
                DnsFailure = answer.DnsFailure,
                PolicyStatus = answer.Status,
                Findings =
                [
                    .. result.Findings,
                    answer.DnsStatus is { } failure
                        ? RecordFindings.LookupFailed.Create(uri.IdnHost, failure, domain)
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
            Findings = findings.ToFindingList(),
        };
    }

    private static IEnumerable<Finding> CheckPolicy(
        DomainName domain, MtaStsPolicy policy, IReadOnlyList<string> hosts, string[] unmatched) => policy.Mode switch
    {
        MtaStsMode.None => [MtaStsFindings.ModeNone.Create(domain)],
        MtaStsMode.Testing =>
            CheckHosts(domain, policy, hosts, unmatched).Prepend(MtaStsFindings.Testing.Create(domain)),
        _ => CheckHosts(domain, policy, hosts, unmatched),
    };

    private static IEnumerable<Finding> CheckHosts(
        DomainName domain, MtaStsPolicy policy, IReadOnlyList<string> hosts, string[] unmatched) =>
        unmatched.Select(host => MtaStsFindings.HostNotAllowed.Create(domain, host))
            .Concat(policy.MxPatterns
                .Where(pattern => hosts.Count > 0 && !hosts.Any(host => MtaStsPolicy.Matches(pattern, host)))
                .Select(pattern => MtaStsFindings.PatternUnused.Create(domain, pattern)));

    private static bool IsLetterOrDigit(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
