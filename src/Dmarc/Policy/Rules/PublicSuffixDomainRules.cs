using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>psd=y at a domain that is no public suffix (RFC 9989 §4.7).</summary>
internal sealed class MisusedPublicSuffixFlagRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Yes }
            && inspection.RecordDomain is { } domain
            && !IsPublicSuffix(inspection.Suffixes, domain))
        {
            findings.Add(DmarcFindings.PublicSuffixMisused, inspection.PositionOf(DmarcTags.PublicSuffixDomain), domain);
        }
    }

    /// <summary>True where a name below it is an organisation of its own.</summary>
    internal static bool IsPublicSuffix(IOrganizationalDomainSource suffixes, DomainName domain) =>
        domain.LabelCount == 1
        || (DomainName.TryParse("a." + domain, out DomainName? below) && suffixes.GetOrganizationalDomain(below) == below);
}

/// <summary>A public suffix's record without psd=y (RFC 9989 §5.2).</summary>
internal sealed class MissingPublicSuffixFlagRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { PublicSuffixDomain: not PublicSuffixDomain.Yes }
            && inspection.RecordDomain is { } domain
            && MisusedPublicSuffixFlagRule.IsPublicSuffix(inspection.Suffixes, domain))
        {
            findings.Add(DmarcFindings.PublicSuffixUnmarked, inspection.PositionOf(DmarcTags.PublicSuffixDomain), domain);
        }
    }
}

/// <summary>psd=y together with ruf (RFC 9991 §2).</summary>
internal sealed class PublicSuffixFailureReportsRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Yes, FailureReportUris.Count: > 0 })
        {
            findings.Add(DmarcFindings.PublicSuffixFailureReports, inspection.PositionOf(DmarcTags.FailureReports));
        }
    }
}

/// <summary>psd=n below a domain that would otherwise be the organisation (RFC 9989 §4.10.2).</summary>
internal sealed class SplitOrganizationRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.No }
            && inspection.RecordDomain is { } domain
            && inspection.Suffixes.GetOrganizationalDomain(domain) is { } registered
            && domain.IsBelow(registered))
        {
            findings.Add(DmarcFindings.OrganizationSplit, inspection.PositionOf(DmarcTags.PublicSuffixDomain), domain, registered);
        }
    }
}
