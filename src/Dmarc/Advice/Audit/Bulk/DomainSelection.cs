namespace Dmarc.Advice.Audit.Bulk;

/// <summary>Selects the domains of a list to audit: those of one part, without those of earlier runs.</summary>
/// <param name="partition">The part; null for the whole list.</param>
/// <param name="earlier">The results of earlier runs; null for none.</param>
internal sealed class DomainSelection(DomainPartition? partition = null, EarlierResults? earlier = null)
{
    private long _index;

    /// <summary>True if the next domain of the list is to be audited. Not thread-safe.</summary>
    public bool Takes(string input)
    {
        if (partition is not null && !partition.Includes(_index++))
        {
            return false;
        }

        return earlier is null
            || !earlier.TryTake(DomainInput.TryRead(input, out DomainName? domain, out _) ? domain!.ToString() : input ?? "");
    }
}
