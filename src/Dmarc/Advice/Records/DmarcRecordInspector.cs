using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Finds the record of a domain, reads it, and says what is wrong with it and around it.</summary>
internal sealed class DmarcRecordInspector
{
    private readonly IDnsResolver? _resolver;
    private readonly DmarcInspectionOptions _options;
    private readonly IOrganizationalDomainSource _suffixes;

    /// <summary>An inspector.</summary>
    /// <param name="resolver">Where to ask; null to look at texts only.</param>
    /// <param name="options">How much to ask; null for everything.</param>
    public DmarcRecordInspector(IDnsResolver? resolver, DmarcInspectionOptions? options = null)
    {
        _resolver = resolver;
        _options = options ?? new DmarcInspectionOptions();
        _suffixes = _options.Suffixes ?? PublicSuffixList.Default;
    }

    /// <summary>
    /// Inspects a domain: one round trip for the search and everything beside it, and one more where reports go to other
    /// organisations. A name that begins with <c>_dmarc.</c> stands for the domain behind that.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Ends the inspection.</param>
    /// <exception cref="InvalidOperationException">The inspector has no resolver.</exception>
    public async Task<DmarcRecordResult> InspectAsync(DomainName domain, CancellationToken cancellationToken = default)
    {
        IDnsResolver resolver = _resolver ?? throw new InvalidOperationException(Strings.Policy_NoResolver);
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
            Record = discovery.Record,
            RecordDomain = discovery.RecordDomain,
            Suffixes = _suffixes,
            Probes = probing is null ? null : await probing.ConfigureAwait(false),
            Authorizations = authorizations,
        };
        return ToResult(inspection, _options.DiscoveryMethod);
    }

    /// <summary>Reads a record that is given as text, without any look-up.</summary>
    /// <param name="record">The text of the record.</param>
    /// <param name="domain">The domain that it is meant for; null if that is not known.</param>
    public DmarcRecordResult InspectText(string record, DomainName? domain = null)
    {
        DmarcRecord parsed = DmarcRecordParser.Parse(record);
        DmarcInspection inspection = new() { Record = parsed, RecordDomain = domain, Suffixes = _suffixes };
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

    /// <summary>What receivers apply below the domain: a record with a policy that is not valid is treated as p=none, or ignored (RFC 9989 §4.10.1).</summary>
    private static DmarcPolicy? BelowDomain(DmarcRecord record, DiscoveryMethod method, DmarcPolicy? written) =>
        !record.HasFaultyPolicyUnder(method) ? written
        : record.IsUsableUnder(method) ? DmarcPolicy.None
        : null;

    private static bool AggregateReportsCome(DmarcRecord record, PrintableList<DmarcReportAuthorization> checks) => record.AggregateReportUris.Any(uri =>
        uri is { IsValid: true, Scheme: "mailto" }
        && (checks.FirstOrDefault(each => each.Tag == DmarcTags.AggregateReports && each.Uri == uri.Text) is not { } check
            || (check.Authorized != false && check.Reception < ReportReception.Nothing)));

    private static DmarcRecordResult ToResult(DmarcInspection inspection, DiscoveryMethod method)
    {
        DmarcDiscovery? discovery = inspection.Discovery;
        DmarcRecordResult result = new()
        {
            Domain = discovery?.Domain.ToString() ?? "",
            Status = discovery?.Status ?? DmarcRecordStatus.Found,
            DnsFailure = discovery?.DnsFailure,
            RecordDomain = discovery?.RecordDomain?.ToString(),
            EffectivePolicy = discovery?.AppliedPolicy,
            PolicyTag = discovery?.PolicyTag is { Length: > 0 } tag ? tag : null,
            OrganizationalDomain = discovery?.OrganizationalDomain?.ToString(),
            DomainExists = discovery?.DomainExists,
            DiscoveryMethod = method,
            Walk = discovery?.Walk ?? PrintableList<DmarcWalkStep>.Empty,
            ReportAuthorization = inspection.Authorizations.Where(each => each.Status != ReportAuthorizationStatus.NotRequired).ToPrintableList(),
            Findings = DmarcRecordRules.Check(inspection).About(discovery?.Domain.ToString() ?? inspection.RecordDomain?.ToString() ?? ""),
        };
        return inspection.Record is not { } record ? result : result with
        {
            Record = record.Text,
            AggregateReportsCome = AggregateReportsCome(record, inspection.Authorizations),
            ParsedRecord = record,
            Policy = record.Policy,
            SubdomainPolicy = BelowDomain(record, result.DiscoveryMethod, record.SubdomainPolicy ?? record.Policy),
            NonexistentSubdomainPolicy = BelowDomain(record, result.DiscoveryMethod, record.NonexistentSubdomainPolicy ?? record.SubdomainPolicy ?? record.Policy),
            Testing = record.Testing,
            Percentage = record.Percentage,
            DkimAlignment = record.DkimAlignment,
            SpfAlignment = record.SpfAlignment,
            AggregateReportUri = record.AggregateReportUris.Select(uri => uri.Text).ToPrintableList(),
            FailureReportUri = record.FailureReportUris.Select(uri => uri.Text).ToPrintableList(),
            FailureOptions = record.FailureOptions,
        };
    }
}
