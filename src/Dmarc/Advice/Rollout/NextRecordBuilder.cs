using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>Builds the record that the advice asks for, out of the present one.</summary>
internal static class NextRecordBuilder
{
    /// <summary>
    /// A proposal for where reports could go; whoever publishes it creates the mailbox first. Where nobody looked who takes mail, it is at
    /// the domain of the record, because a subdomain often takes none. Null where it is known that none of the domains does.
    /// </summary>
    public static string? ReportAddress(DomainName domain, RolloutRecord? present, DmarcRecordResult? search) =>
        search is { LacksReportDomain: true } ? null : "dmarc-reports@" + (search?.ReportDomain ?? present?.Domain ?? domain);

    /// <summary>The record to publish; null if nothing should change, or where the present one is not known in full.</summary>
    public static DmarcRecordDraft? Build(RolloutFacts facts, RolloutAdvice advice, IOrganizationalDomainSource? suffixes)
    {
        if (!advice.Publishes || facts.Record is { Origin: RolloutRecordOrigin.Reports })
        {
            return null;
        }

        return Prepare(facts.Domain, facts.Record, facts.Search, advice, suffixes)?.Build();
    }

    /// <summary>
    /// What makes the record, without reports; null where only an address for reports is missing and none can be
    /// proposed.
    /// </summary>
    public static DmarcRecordBuilder? Prepare(
        DomainName domain,
        RolloutRecord? present,
        DmarcRecordResult? search,
        RolloutAdvice advice,
        IOrganizationalDomainSource? suffixes)
    {
        string? address = ReportAddress(domain, present, search);
        bool publishesPolicy = advice.Publish is not null || advice.PublishSubdomains is not null || advice.PublishNonexistent is not null;
        if ((address is null && !publishesPolicy) || !DomainName.TryParse("_dmarc." + domain, out _))
        {
            return null;
        }

        DmarcRecordBuilder builder = new()
        {
            Domain = domain,
            From = present?.Text ?? search?.Record,
            FromDomain = present is { } record ? record.Domain : ParseDomain(search?.RecordDomain),
            FromStatus = search?.Status,
            Stage = advice.Publish,
            SubdomainPolicy = advice.PublishSubdomains,
            NonexistentSubdomainPolicy = advice.PublishNonexistent,
            AggregateReportUri = advice.AddsReportAddress && address is not null ? [address] : null,
            Suffixes = suffixes,
        };
        if (advice.Verdict == RolloutVerdict.FixRecord || search?.ParsedRecord is { HasFaultyPolicy: true })
        {
            // Whatever the void record says had no effect: fixed, it must not begin to.
            DmarcRecord taken = DmarcRecordParser.Parse(builder.Build().Value);
            builder = builder with
            {
                Policy = advice.Publish is null ? DmarcPolicy.None : null,
                SubdomainPolicy = taken.SubdomainPolicy is null ? null : advice.PublishSubdomains ?? DmarcPolicy.None,
                NonexistentSubdomainPolicy = taken.NonexistentSubdomainPolicy is null
                    ? null
                    : advice.PublishNonexistent ?? DmarcPolicy.None,
            };
        }
        else if (advice.Publish is null && present is { Percentage: < 100, Policy: not DmarcPolicy.None } partly)
        {
            // pct goes out of the record, so that the policy would fall on all mail where receivers heed it.
            builder = builder with { Policy = partly.Policy.OneLevelDown(), SubdomainPolicy = partly.SubdomainPolicy?.OneLevelDown() };
        }

        // A void record is taken over as far as it can be read: only then it is known whether its address for reports is among that.
        return advice.NeedsReportAddress && address is not null && !DmarcRecordParser.Parse(builder.Build().Value).AsksForReports
            ? builder with { AggregateReportUri = [address] }
            : builder;
    }

    private static DomainName? ParseDomain(string? text) => DomainName.TryParse(text, out DomainName? domain) ? domain : null;
}
