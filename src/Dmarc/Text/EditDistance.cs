namespace Dmarc.Text;

/// <summary>
/// The distance of two names: characters changed, left out, added or swapped (optimal string alignment).
/// </summary>
internal static class EditDistance
{
    /// <summary>The distance; <paramref name="maximum"/> + 1 if it is larger than <paramref name="maximum"/>.</summary>
    /// <param name="written">The text as written, of any length and in any letter case.</param>
    /// <param name="name">A known name: short and in lower case.</param>
    /// <param name="maximum">The largest distance of interest.</param>
    public static int Of(ReadOnlySpan<char> written, string name, int maximum)
    {
        if (Math.Abs(written.Length - name.Length) > maximum)
        {
            return maximum + 1;
        }

        Span<int> before = stackalloc int[name.Length + 1];
        Span<int> above = stackalloc int[name.Length + 1];
        Span<int> row = stackalloc int[name.Length + 1];
        for (int column = 0; column <= name.Length; column++)
        {
            above[column] = column;
        }

        for (int line = 1; line <= written.Length; line++)
        {
            row[0] = line;
            char character = char.ToLowerInvariant(written[line - 1]);
            for (int column = 1; column <= name.Length; column++)
            {
                int cost = character == name[column - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + cost);
                bool isSwapped = line > 1 && column > 1
                    && character == name[column - 2] && char.ToLowerInvariant(written[line - 2]) == name[column - 1];
                row[column] = isSwapped ? Math.Min(best, before[column - 2] + 1) : best;
            }

            above.CopyTo(before);
            row.CopyTo(above);
        }

        return Math.Min(above[name.Length], maximum + 1);
    }
}
