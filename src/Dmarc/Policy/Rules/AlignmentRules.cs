using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>
/// A strict mode lets only the domain itself count. What SPF and DKIM publish shows in DNS only in part: see
/// <see cref="StrictSpfRule"/>.
/// </summary>
internal sealed class StrictAlignmentRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is not { } record)
        {
            return;
        }

        string domain = (inspection.Discovery?.Domain ?? inspection.RecordDomain)?.ToString() ?? Strings.Policy_TheDomain;
        if (record.DkimAlignment == AlignmentMode.Strict)
        {
            findings.Add(
                DmarcFindings.StrictAlignment,
                inspection.PositionOf(DmarcTags.DkimAlignment),
                DmarcTags.DkimAlignment,
                Strings.Policy_DkimSignatures,
                domain);
        }

        if (record.SpfAlignment == AlignmentMode.Strict && !StrictSpfRule.Applies(inspection))
        {
            findings.Add(
                DmarcFindings.StrictAlignment,
                inspection.PositionOf(DmarcTags.SpfAlignment),
                DmarcTags.SpfAlignment,
                Strings.Policy_SpfPasses,
                domain);
        }
    }
}

/// <summary>aspf=s with no SPF record at the domain: SPF can then never give an aligned pass.</summary>
internal sealed class StrictSpfRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (Applies(inspection))
        {
            findings.Add(
                DmarcFindings.StrictSpfWithoutRecord,
                inspection.PositionOf(DmarcTags.SpfAlignment),
                inspection.Discovery!.Domain);
        }
    }

    public static bool Applies(DmarcInspection inspection) =>
        inspection.ValidRecord is { SpfAlignment: AlignmentMode.Strict }
        && inspection.Discovery is not null
        && inspection.Probes?.Apex is { } apex
        && apex.Status.IsAnswer()
        && !apex.Records.Any(record => record is TxtRecord txt && IsSpf(txt.Text));

    private static bool IsSpf(string text) =>
        text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' ');
}
