namespace Dmarc.Advice.Audit.Bulk;

/// <summary>One of several equal parts of a list: every n-th item from a given one on.</summary>
public sealed record DomainPartition
{
    /// <summary>The maximum number of parts.</summary>
    public const int MaximumCount = 1_000_000;

    private DomainPartition(int number, int count)
    {
        Number = number;
        Count = count;
    }

    /// <summary>The number of the part, from 1 to <see cref="Count"/>.</summary>
    public int Number { get; }

    /// <summary>The number of parts.</summary>
    public int Count { get; }

    /// <summary>Reads <c>3/64</c>: the third of 64 parts.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not such a pair of numbers.</exception>
    public static DomainPartition Parse(string text) => TryParse(text, out DomainPartition? partition)
        ? partition!
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, Strings.Bulk_PartitionInvalid, text, MaximumCount));

    /// <summary>Reads <c>3/64</c>: the third of 64 parts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="partition">The part; null if the text is not valid.</param>
    public static bool TryParse(string? text, out DomainPartition? partition)
    {
        string[] numbers = (text ?? "").Split('/');
        partition = numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and <= MaximumCount
            && number >= 1 && number <= count
            ? new DomainPartition(number, count)
            : null;
        return partition is not null;
    }

    /// <summary>True if an item belongs to the part.</summary>
    /// <param name="index">The index of the item in the whole list, from 0.</param>
    public bool Includes(long index) => index % Count == Number - 1;

    /// <summary>The part as <c>3/64</c>.</summary>
    public override string ToString() =>
        Number.ToString(CultureInfo.InvariantCulture) + "/" + Count.ToString(CultureInfo.InvariantCulture);
}
