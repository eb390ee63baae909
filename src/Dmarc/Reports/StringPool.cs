namespace Dmarc.Reports;

/// <summary>
/// Gives one string for equal characters. It remembers a fixed number of strings, the last one in each place, so that
/// it neither grows nor has to be cleared, whatever strangers put into reports.
/// </summary>
internal sealed class StringPool
{
    private const int Size = 1 << 13;
    private const int MaximumPooledLength = 80;
    private readonly string?[] _strings = new string?[Size];

    public string Get(ReadOnlySpan<char> characters)
    {
        if (characters.IsEmpty)
        {
            return "";
        }

        if (characters.Length > MaximumPooledLength)
        {
            return characters.ToString();
        }

        uint hash = 2166136261;
        foreach (char character in characters)
        {
            hash = (hash ^ character) * 16777619;
        }

        ref string? place = ref _strings[(hash ^ (hash >> 15)) & (Size - 1)];
        if (place is null || !characters.SequenceEqual(place.AsSpan()))
        {
            place = characters.ToString();
        }

        return place;
    }
}
