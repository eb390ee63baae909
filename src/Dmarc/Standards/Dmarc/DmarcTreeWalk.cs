namespace Dmarc.Standards.Dmarc;

/// <summary>The DNS tree walk (RFC 9989 §4.10): the queried names, the end, and the conclusions.</summary>
internal static class DmarcTreeWalk
{
    private const int LabelsAfterShortcut = DmarcLimits.TreeWalkQueries - 1;

    /// <summary>
    /// All names that a walk may query, in order: the start, then each ancestor, except those with more than seven
    /// labels (steps 3 to 7).
    /// </summary>
    public static List<DomainName> GetDomains(DomainName start)
    {
        List<DomainName> domains = new(DmarcLimits.TreeWalkQueries) { start };
        for (int labels = Math.Min(start.LabelCount - 1, LabelsAfterShortcut); labels > 0; labels--)
        {
            domains.Add(start.KeepLast(labels));
        }

        return domains;
    }

    /// <summary>The number of steps until the walk stops: at a record with psd=n or psd=y (steps 2 and 6).</summary>
    public static int CountUntilStop(IReadOnlyList<DmarcWalkStep> steps)
    {
        for (int index = 0; index < steps.Count; index++)
        {
            if (steps[index].ValidRecord is { PublicSuffixDomain: not PublicSuffixDomain.Unknown })
            {
                return index + 1;
            }
        }

        return steps.Count;
    }

    /// <summary>The Organizational Domain according to a walk (§4.10.2).</summary>
    public static DomainName GetOrganizationalDomain(DomainName start, IReadOnlyList<DmarcWalkStep> steps)
    {
        DomainName? fewestLabels = null;
        for (int index = 0; index < steps.Count; index++)
        {
            DmarcWalkStep step = steps[index];
            if (step.ValidRecord is not { } record)
            {
                continue;
            }

            if (record.PublicSuffixDomain == PublicSuffixDomain.No)
            {
                return step.Domain;
            }

            if (record.PublicSuffixDomain == PublicSuffixDomain.Yes && index > 0)
            {
                // Derived from the start, not from the previous step, which the shortcut may have skipped.
                return start.KeepLast(step.Domain.LabelCount + 1);
            }

            fewestLabels = step.Domain;
        }

        return fewestLabels ?? start;
    }
}
