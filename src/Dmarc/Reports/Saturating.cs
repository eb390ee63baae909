namespace Dmarc.Reports;

/// <summary>Adds counts that strangers may have made up: what would be too large stays at the largest number.</summary>
internal static class Saturating
{
    /// <summary>The sum of what a function gives for each item.</summary>
    public static long Sum<T>(IEnumerable<T> items, Func<T, long> count)
    {
        long sum = 0;
        foreach (T item in items)
        {
            sum = Add(sum, count(item));
        }

        return sum;
    }

    public static long Add(long sum, long count) => count <= 0 ? sum : sum > long.MaxValue - count ? long.MaxValue : sum + count;
}
