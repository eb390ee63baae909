namespace Dmarc.Reports.Totals;

/// <summary>Compares the values that name groups, ignoring letter case.</summary>
internal sealed class GroupKeyComparer : IEqualityComparer<string[]>
{
    public static readonly GroupKeyComparer Instance = new();

    public bool Equals(string[]? x, string[]? y)
    {
        for (int index = 0; index < x!.Length; index++)
        {
            if (!ReferenceEquals(x[index], y![index]) && !string.Equals(x[index], y[index], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(string[] obj)
    {
        int hash = obj.Length;
        foreach (string value in obj)
        {
            hash = unchecked((hash * 31) + StringComparer.OrdinalIgnoreCase.GetHashCode(value));
        }

        return hash;
    }
}
