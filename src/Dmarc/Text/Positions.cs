namespace Dmarc.Text;

/// <summary>Finds the part at a position in a text, among parts sorted by position.</summary>
internal static class Positions
{
    /// <summary>The last part that begins at or before a position; -1 if there is none.</summary>
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
