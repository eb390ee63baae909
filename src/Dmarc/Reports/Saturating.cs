namespace Dmarc.Reports;

/// <summary>Adds counts that strangers may have made up: what would be too large stays at the largest number.</summary>
internal static class Saturating
{
    public static long Add(long sum, long count) => count <= 0 ? sum : sum > long.MaxValue - count ? long.MaxValue : sum + count;
}
