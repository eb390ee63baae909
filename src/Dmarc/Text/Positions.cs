namespace Dmarc.Text;

/// <summary>Finds what stands at a place of a text, among parts that are in the order of their places.</summary>
internal static class Positions
{
    /// <summary>The last part that begins at or before a place; -1 if none does.</summary>
    /// <param name="parts">The parts, in the order of their places.</param>
    /// <param name="positionOf">Where a part begins.</param>
    /// <param name="position">The place.</param>
    public static int LastAt<T>(IReadOnlyList<T> parts, Func<T, int> positionOf, int position)
    {
        int low = 0;
        int high = parts.Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            if (positionOf(parts[middle]) <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
