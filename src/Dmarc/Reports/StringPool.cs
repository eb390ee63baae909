namespace Dmarc.Reports;

/// <summary>
/// Returns one string for equal characters. It keeps a fixed number of strings, the last one in each slot, so that it
/// neither grows nor needs clearing, even with untrusted reports.
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
