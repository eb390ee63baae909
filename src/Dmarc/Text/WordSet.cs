namespace Dmarc.Text;

/// <summary>
/// The words of a standard for the members of an enumeration, read and written. Letter case does not count; any other
/// word becomes the first member.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class WordSet<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<T, string> _words = [];

    /// <summary>The words and their members. If a member has several words, the first one is written.</summary>
    public WordSet(params (string Word, T Value)[] words)
    {
        // From last to first, so that the first word of a member is kept.
        for (int index = words.Length - 1; index >= 0; index--)
        {
            _values.Add(words[index].Word, words[index].Value);
            _words[words[index].Value] = words[index].Word;
        }
    }

    /// <summary>The member for a word.</summary>
    public T Read(string word) => _values.TryGetValue(word, out T value) ? value : default;

    /// <summary>The word for a member; empty if it has none.</summary>
    public string Write(T value) => _words.TryGetValue(value, out string? word) ? word : "";
}
