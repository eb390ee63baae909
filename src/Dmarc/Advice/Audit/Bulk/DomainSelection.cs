using Dmarc.Domains;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>Which of the domains of a list are looked at: those of one part, and not those that an earlier run has done.</summary>
/// <param name="partition">The part; null for the whole list.</param>
/// <param name="earlier">What an earlier run has done; null for nothing.</param>
internal sealed class DomainSelection(DomainPartition? partition = null, EarlierResults? earlier = null)
{
    private long _index;

    /// <summary>True if the next domain of the list is to be looked at. Not for several threads at once.</summary>
    /// <param name="input">The domain as it was given.</param>
    public bool Takes(string input)
    {
        if (partition is not null && !partition.Includes(_index++))
        {
            return false;
        }

        if (earlier is null)
        {
            return true;
        }

        return !earlier.TryTake(DomainInput.TryRead(input, out DomainName? domain, out _) ? domain!.ToString() : input ?? "");
    }
}
