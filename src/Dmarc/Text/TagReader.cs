namespace Dmarc.Text;

/// <summary>
/// The one splitter of tag lists: a text at its semicolons, each part at its first equals sign, with positions and without allocating.
/// What a name and a value may be is for the standard to say: DKIM (RFC 6376 §3.2), DMARC (RFC 9989 §4.8), MTA-STS (RFC 8461 §3.1),
/// TLS-RPT (RFC 8460 §3), BIMI.
/// </summary>
/// <param name="text">The list.</param>
/// <param name="isFolded">True if line breaks are white space too, as in the header fields of messages.</param>
internal ref struct TagReader(string text, bool isFolded = false)
{
    private readonly string _text = text;
    private readonly bool _isFolded = isFolded;
    private int _next;

    /// <summary>Where the current part begins, white space before it skipped.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current part ends, white space after it left out.</summary>
    public int End { get; private set; }

    /// <summary>Where the semicolon behind the current part is, or the text ends.</summary>
    public readonly int Semicolon => _next - 1;

    /// <summary>True if nothing follows the current part, not even a semicolon.</summary>
    public readonly bool IsLast => _next > _text.Length;

    /// <summary>True if the current part is nothing but white space.</summary>
    public readonly bool IsEmpty => Start == End;

    /// <summary>Where the equals sign of the current part is; negative if it has none.</summary>
    public readonly int EqualsSign => _text.IndexOf('=', Start, End - Start);

    /// <summary>The current part.</summary>
    public readonly string Part => _text.Substring(Start, End - Start);

    /// <summary>Goes on to the next part; false if there is none.</summary>
    public bool Read()
    {
        if (_next > _text.Length)
        {
            return false;
        }

        int semicolon = _text.IndexOf(';', _next);
        int end = semicolon < 0 ? _text.Length : semicolon;
        Start = SkipWhiteSpace(_next, end);
        End = TrimWhiteSpace(Start, end);
        _next = end + 1;
        return true;
    }

    /// <summary>Where the name ends, white space after it left out.</summary>
    /// <param name="equalsSign">Where the equals sign is; negative if there is none, and the name is the whole part.</param>
    public readonly int NameEnd(int equalsSign) => equalsSign < 0 ? End : TrimWhiteSpace(Start, equalsSign);

    /// <summary>Where the value begins, white space before it skipped.</summary>
    /// <param name="equalsSign">Where the equals sign is.</param>
    public readonly int ValueStart(int equalsSign) => SkipWhiteSpace(equalsSign + 1, End);

    private readonly int SkipWhiteSpace(int start, int end)
    {
        while (start < end && IsWhiteSpace(_text[start]))
        {
            start++;
        }

        return start;
    }

    private readonly int TrimWhiteSpace(int start, int end)
    {
        while (end > start && IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private readonly bool IsWhiteSpace(char character) => character is ' ' or '\t' || (_isFolded && (character is '\r' or '\n'));
}
