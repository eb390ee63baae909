using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>Builds the record that the advice asks for, out of the present one.</summary>
internal static class NextRecordBuilder
{
    /// <summary>
    /// A proposal for where reports could go; whoever publishes it creates the mailbox first. It is at the domain of the record, because a
    /// subdomain often takes no mail.
    /// </summary>
    public static string ReportAddress(DomainName domain, RolloutRecord? present) => "dmarc-reports@" + (present?.Domain ?? domain);

    /// <summary>The record to publish; null if nothing should change, or where the present one is not known in full.</summary>
    public static DmarcRecordDraft? Build(RolloutFacts facts, RolloutAdvice advice, IOrganizationalDomainSource? suffixes)
    {
        if (!advice.Publishes || facts.Record is { Origin: RolloutRecordOrigin.Reports })
        {
            return null;
        }

        return Build(facts.Domain, facts.Record, facts.Search, advice, suffixes);
    }

    /// <summary>The same without reports.</summary>
    public static DmarcRecordDraft Build(
        DomainName domain,
        RolloutRecord? present,
        DmarcRecordResult? search,
        RolloutAdvice advice,
        IOrganizationalDomainSource? suffixes)
    {
        DmarcRecordBuilder builder = new()
        {
            Domain = domain,
            From = present?.Text ?? search?.Record,
            FromDomain = present is { } record ? record.Domain : ParseDomain(search?.RecordDomain),
            FromStatus = search?.Status,
            Stage = advice.Publish,
            SubdomainPolicy = advice.PublishSubdomains,
            NonexistentSubdomainPolicy = advice.PublishNonexistent,
            AggregateReportUri = advice.AddsReportAddress ? [ReportAddress(domain, present)] : null,
            Suffixes = suffixes,
        };
        if (advice.Verdict == RolloutVerdict.FixRecord)
        {
            // Whatever the void record says had no effect: fixed, it must not begin to.
            builder = builder with { SubdomainPolicy = Mentions(search, DmarcTags.SubdomainPolicy), NonexistentSubdomainPolicy = Mentions(search, DmarcTags.NonexistentSubdomainPolicy) };
        }
        else if (advice.Publish is null && present is { Percentage: < 100, Policy: not DmarcPolicy.None } partly)
        {
            // pct goes out of the record, so that the policy would fall on all mail where receivers heed it.
            builder = builder with { Policy = partly.Policy.OneLevelDown(), SubdomainPolicy = partly.SubdomainPolicy?.OneLevelDown() };
        }

        return builder.Build();
    }

    private static DmarcPolicy? Mentions(DmarcRecordResult? search, string tag) =>
        search?.Record is { } text && DmarcRecordParser.Parse(text).Find(tag) is not null ? DmarcPolicy.None : null;

    private static DomainName? ParseDomain(string? text) => DomainName.TryParse(text, out DomainName? domain) ? domain : null;
}
