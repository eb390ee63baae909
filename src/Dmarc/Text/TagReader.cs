namespace Dmarc.Text;

/// <summary>
/// The only splitter of tag lists: it splits at semicolons and each part at its first equals sign, with positions and
/// without allocating. The standard concerned defines valid names and values: DKIM (RFC 6376 §3.2), DMARC (RFC 9989
/// §4.8), MTA-STS (RFC 8461 §3.1), TLS-RPT (RFC 8460 §3), BIMI.
/// </summary>
/// <param name="text">The list.</param>
/// <param name="isFolded">True if line breaks are white space too, as in the header fields of messages.</param>
internal ref struct TagReader(string text, bool isFolded = false)
{
    private readonly bool _isFolded = isFolded;
    private int _next;

    /// <summary>The list.</summary>
    public readonly string Text { get; } = text;

    /// <summary>Where the current part begins, after leading white space.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current part ends, before trailing white space.</summary>
    public int End { get; private set; }

    /// <summary>The position of the semicolon after the current part, or the end of the text.</summary>
    public readonly int Semicolon => _next - 1;

    /// <summary>True if nothing follows the current part, not even a semicolon.</summary>
    public readonly bool IsLast => _next > Text.Length;

    /// <summary>True if the current part is only white space.</summary>
    public readonly bool IsEmpty => Start == End;

    /// <summary>The position of the equals sign in the current part; negative if it has none.</summary>
    public readonly int EqualsSign => Text.IndexOf('=', Start, End - Start);

    /// <summary>The current part.</summary>
    public readonly string Part => Text.Substring(Start, End - Start);

    /// <summary>Moves to the next part; false if there is none.</summary>
    public bool Read()
    {
        if (_next > Text.Length)
        {
            return false;
        }

        int semicolon = Text.IndexOf(';', _next);
        int end = semicolon < 0 ? Text.Length : semicolon;
        Start = SkipWhiteSpace(_next, end);
        End = TrimWhiteSpace(Start, end);
        _next = end + 1;
        return true;
    }

    /// <summary>Where the name ends, before trailing white space.</summary>
    /// <param name="equalsSign">The position of the equals sign; negative if the whole part is the name.</param>
    public readonly int NameEnd(int equalsSign) => equalsSign < 0 ? End : TrimWhiteSpace(Start, equalsSign);

    /// <summary>Where the value begins, after leading white space.</summary>
    public readonly int ValueStart(int equalsSign) => SkipWhiteSpace(equalsSign + 1, End);

    private readonly int SkipWhiteSpace(int start, int end)
    {
        while (start < end && IsWhiteSpace(Text[start]))
        {
            start++;
        }

        return start;
    }

    private readonly int TrimWhiteSpace(int start, int end)
    {
        while (end > start && IsWhiteSpace(Text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private readonly bool IsWhiteSpace(char character) => character is ' ' or '\t' || (_isFolded && (character is '\r' or '\n'));
}
