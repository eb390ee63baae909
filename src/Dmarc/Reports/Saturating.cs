namespace Dmarc.Reports;

/// <summary>Adds untrusted counts: overflow saturates at the maximum.</summary>
internal static class Saturating
{
    /// <summary>The sum of a function over all items.</summary>
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
