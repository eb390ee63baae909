using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>Beside the record stands a text that is none.</summary>
internal sealed class OtherTextRule : IDmarcRule
{
    private const int LongestShown = 60;

    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is not { Walk.Count: > 0 } discovery)
        {
            return;
        }

        DmarcWalkStep own = discovery.Walk[0];
        HashSet<string> wildcard = [.. inspection.Probes?.Wildcard?.Records.OfType<TxtRecord>().Select(record => record.Text) ?? []];
        foreach (string text in own.OtherTexts)
        {
            // A mistaken record is the subject of findings of its own; what a wildcard answers was not put there.
            if (own.Mistaken?.Text != text && !wildcard.Contains(text))
            {
                string shown = text.Length <= LongestShown ? text : text.Substring(0, LongestShown) + "…";
                findings.Add(own.RecordCount == 1 && IsRest(text) ? DmarcFindings.RecordSplit : DmarcFindings.OtherTextAtName, null, own.QueryName, shown);
            }
        }
    }

    /// <summary>True for a text that begins with a tag of DMARC records.</summary>
    private static bool IsRest(string text)
    {
        DmarcTagReader reader = new(text);
        return reader.Read() && reader.ToTag() is { Value.Length: > 0 } tag && Array.IndexOf(DmarcTags.All, tag.Name) > 0;
    }
}

/// <summary>A record stands at the domain itself.</summary>
internal sealed class RecordAtDomainRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        // Where the name is answered by a wildcard only, nobody put a record there.
        if (inspection.Discovery is { } discovery
            && DmarcProbes.FindRecord(inspection.Probes?.Apex) is { } record
            && record != DmarcProbes.FindRecord(inspection.Probes?.Wildcard))
        {
            findings.Add(DmarcFindings.RecordAtDomain, null, discovery.Domain);
        }
    }
}

/// <summary>A record stands at a name to which part of it was added twice.</summary>
internal sealed class RecordAtDoubledNameRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is not { } discovery || inspection.Probes is not { } probes)
        {
            return;
        }

        // A wildcard answers there as well, and is the subject of a finding of its own.
        string? wildcard = DmarcProbes.FindRecord(probes.Wildcard);
        foreach (DnsResponse response in probes.Doubled)
        {
            if (DmarcProbes.FindRecord(response) is { } record && record != wildcard)
            {
                findings.Add(DmarcFindings.RecordAtDoubledName, null, response.Name, discovery.Domain);
            }
        }
    }
}

/// <summary>A wildcard gives every name below the domain a DMARC record.</summary>
internal sealed class WildcardRecordRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is { } discovery && DmarcProbes.FindRecord(inspection.Probes?.Wildcard) is not null)
        {
            findings.Add(DmarcFindings.WildcardRecord, null, discovery.Domain, inspection.Probes!.Wildcard!.Name);
        }
    }
}

/// <summary>np is published, but every name below the domain exists.</summary>
internal sealed class WildcardExistenceRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { NonexistentSubdomainPolicy: { } nonexistent } record
            && inspection.Discovery is { Status: DmarcRecordStatus.Found } discovery
            && nonexistent != (record.SubdomainPolicy ?? record.Policy)
            && inspection.Probes?.Wildcard is { Status: DnsStatus.NoError or DnsStatus.NoData })
        {
            findings.Add(
                DmarcFindings.WildcardHidesNonexistence,
                inspection.PositionOf(DmarcTags.NonexistentSubdomainPolicy),
                discovery.Domain);
        }
    }
}
