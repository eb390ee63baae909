using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>Finds the record of a domain, reads it, and says what is wrong with it and around it.</summary>
/// <param name="resolver">Where to ask; null to look at texts only.</param>
/// <param name="options">How much to ask; null for everything.</param>
internal sealed class DmarcRecordInspector(IDnsResolver? resolver, DmarcInspectionOptions? options = null)
{
    private readonly DmarcInspectionOptions _options = options ?? new DmarcInspectionOptions();
    private readonly IOrganizationalDomainSource _suffixes = options?.Suffixes ?? PublicSuffixList.Default;

    /// <summary>
    /// Inspects a domain: one round trip for the search and everything beside it, and one more where reports go to other
    /// organisations. A name that begins with <c>_dmarc.</c> stands for the domain behind that.
    /// </summary>
    /// <exception cref="InvalidOperationException">The inspector has no resolver.</exception>
    public async Task<DmarcRecordResult> InspectAsync(DomainName domain, CancellationToken cancellationToken = default)
    {
        if (resolver is null)
        {
            throw new InvalidOperationException(Strings.Policy_NoResolver);
        }

        if (domain is { FirstLabel: "_dmarc", Parent: { } behind })
        {
            DmarcRecordResult result = await InspectAsync(behind, cancellationToken).ConfigureAwait(false);
            return result with { Findings = [.. result.Findings, DmarcFindings.PrefixRemoved.Create(domain, behind) with { Domain = result.Domain }] };
        }

        DmarcDiscoverer discoverer = new(resolver, _options.DiscoveryMethod, _suffixes);
        Task<DmarcProbes>? probing = _options.ProbeWrongNames
            ? DmarcProbes.AskAsync(resolver, domain, _options.WildcardProbeLabel, cancellationToken)
            : null;
        DmarcDiscovery discovery = await discoverer.DiscoverAsync(domain, cancellationToken).ConfigureAwait(false);
        PrintableList<DmarcReportAuthorization> authorizations = PrintableList<DmarcReportAuthorization>.Empty;
        if (_options.CheckReportDestinations
            && discovery is { RecordDomain: { } recordDomain, Record: { IsUsable: true } record, OrganizationalDomain: { } organization })
        {
            // A Public Suffix Domain is no part of the organisation that its policy falls on.
            DomainName recordOrganization = recordDomain.IsEqualToOrBelow(organization) ? organization : recordDomain;
            authorizations = await new DmarcReportAuthorizer(resolver, discoverer)
                .CheckAllAsync(record, recordDomain, recordOrganization, cancellationToken)
                .ConfigureAwait(false);
        }

        DmarcInspection inspection = new()
        {
            Discovery = discovery,
            Suffixes = _suffixes,
            Probes = probing is null ? null : await probing.ConfigureAwait(false),
            Authorizations = authorizations,
        };
        DmarcRecordResult found = ToResult(inspection, _options.DiscoveryMethod);
        return _options.FindReportDomain ? await WithReportDomainAsync(found, cancellationToken).ConfigureAwait(false) : found;
    }

    /// <summary>
    /// The result with the first domain of the organisation that takes mail: that of the record, because a subdomain often takes none, then
    /// the domain itself, then the Organizational Domain. One with mail exchanges goes before one with no more than an
    /// address. The result as
    /// it is where reports come already, where that was asked before, or where there is nobody to ask.
    /// </summary>
    internal async Task<DmarcRecordResult> WithReportDomainAsync(DmarcRecordResult result, CancellationToken cancellationToken)
    {
        if (result is not { Discovery: { } discovery, ReportDomain: null, LacksReportDomain: false, Status: not DmarcRecordStatus.DnsFailure }
            || result.AggregateReportsCome == true
            || resolver is null)
        {
            return result;
        }

        DomainName domain = discovery.Domain;
        // Without any record the walk ends at the domain itself, which says nothing of the organisation.
        DomainName organization = discovery.RecordDomain is null
            ? _suffixes.GetOrganizationalDomain(domain)
            : discovery.OrganizationalDomain ?? domain;
        DomainName[] candidates =
        [
            .. new[] { discovery.RecordDomain, domain, organization }
                .OfType<DomainName>()
                .Where(candidate => candidate.IsEqualToOrBelow(organization))
                .Distinct(),
        ];
        (ReportReception Reception, DnsFailure? Failure)[] answers = await Task
            .WhenAll(candidates.Select(candidate => ReportReceptions.AskAsync(resolver, candidate, cancellationToken)))
            .ConfigureAwait(false);
        int best = Array.FindIndex(answers, answer => answer.Reception <= ReportReception.Exchanges);
        best = best >= 0 ? best : Array.FindIndex(answers, answer => answer.Reception == ReportReception.AddressOnly);
        return best >= 0 ? result with { ReportDomain = candidates[best] } : result with { LacksReportDomain = true };
    }

    /// <summary>Reads a record that is given as text, without any look-up.</summary>
    public DmarcRecordResult InspectText(string record, DomainName? domain = null)
    {
        DmarcRecord parsed = DmarcRecordParser.Parse(record);
        DmarcInspection inspection = new() { Text = parsed, TextDomain = domain, Suffixes = _suffixes };
        bool usable = parsed.IsUsableUnder(_options.DiscoveryMethod);
        DmarcRecordResult result = ToResult(inspection, _options.DiscoveryMethod) with
        {
            Domain = domain?.ToString() ?? "",
            Status = usable ? DmarcRecordStatus.Found : DmarcRecordStatus.Invalid,
            RecordDomain = domain?.ToString(),
            OrganizationalDomain = domain is null ? null
                : parsed.PublicSuffixDomain == PublicSuffixDomain.No ? domain.ToString()
                : _suffixes.GetOrganizationalDomain(domain).ToString(),
        };
        if (!usable)
        {
            return result;
        }

        DmarcPolicy policy = parsed.HasFaultyPolicyUnder(_options.DiscoveryMethod) ? DmarcPolicy.None : parsed.Policy!.Value;
        return result with
        {
            EffectivePolicy = DmarcPolicySelection.Apply(policy, parsed, _options.DiscoveryMethod),
            PolicyTag = DmarcTags.Policy,
        };
    }

    private static DmarcRecordResult ToResult(DmarcInspection inspection, DiscoveryMethod method)
    {
        DmarcDiscovery? discovery = inspection.Discovery;
        (bool? reportsCome, DnsFailure? reportFailure) = DmarcReportingRules.FindReception(inspection);
        return new DmarcRecordResult
        {
            Discovery = discovery,
            ParsedRecord = inspection.Record,
            Domain = discovery?.Domain.ToString() ?? "",
            Status = discovery?.Status ?? DmarcRecordStatus.Found,
            DnsFailure = discovery?.FirstFailure,
            RecordDomain = discovery?.RecordDomain?.ToString(),
            EffectivePolicy = discovery?.AppliedPolicy,
            PolicyTag = discovery?.PolicyTag is { Length: > 0 } tag ? tag : null,
            OrganizationalDomain = discovery?.OrganizationalDomain?.ToString(),
            DiscoveryMethod = method,
            ReportAuthorization = inspection.Authorizations.Where(each =>
                each.Status != ReportAuthorizationStatus.NotRequired).ToPrintableList(),
            AggregateReportsCome = reportsCome,
            ReportFailure = reportFailure,
            Findings = DmarcRecordRules.Check(inspection).About(discovery?.Domain.ToString() ?? inspection.RecordDomain?.ToString() ?? ""),
        };
    }
}
