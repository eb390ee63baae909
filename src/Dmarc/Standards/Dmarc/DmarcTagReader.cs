namespace Dmarc.Standards.Dmarc;

/// <summary>Splits a record at its semicolons and each part at its first equals sign, with positions and without allocating.</summary>
internal ref struct DmarcTagReader(string text)
{
    private readonly string _text = text;
    private int _next;

    /// <summary>Where the current part begins, white space before it passed over.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current part ends, white space after it left out.</summary>
    public int End { get; private set; }

    /// <summary>True where nothing follows the current part, not even a semicolon.</summary>
    public readonly bool IsLast => _next > _text.Length;

    public bool Read()
    {
        if (_next > _text.Length)
        {
            return false;
        }

        int semicolon = _text.IndexOf(';', _next);
        int end = semicolon < 0 ? _text.Length : semicolon;
        Start = _next;
        End = end;
        while (Start < End && IsWhiteSpace(_text[Start]))
        {
            Start++;
        }

        while (End > Start && IsWhiteSpace(_text[End - 1]))
        {
            End--;
        }

        _next = end + 1;
        return true;
    }

    /// <summary>The current part as a tag.</summary>
    public readonly DmarcTag ToTag()
    {
        int equals = _text.IndexOf('=', Start, End - Start);
        int nameEnd = equals < 0 ? End : equals;
        while (nameEnd > Start && IsWhiteSpace(_text[nameEnd - 1]))
        {
            nameEnd--;
        }

        ReadOnlySpan<char> written = _text.AsSpan(Start, nameEnd - Start);
        string name = DmarcTags.Find(written) ?? Lower(written);
        if (equals < 0)
        {
            return new DmarcTag(name, null, Start, End);
        }

        int value = equals + 1;
        while (value < End && IsWhiteSpace(_text[value]))
        {
            value++;
        }

        return new DmarcTag(name, _text.Substring(value, End - value), Start, value);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "Tags are written in lower case.")]
    private static string Lower(ReadOnlySpan<char> text) => text.ToString().ToLowerInvariant();

    private static bool IsWhiteSpace(char character) => character is ' ' or '\t';
}
