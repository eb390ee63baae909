using System.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// Walks through the unfolded value of a structured header field: names, values, quoted strings and comments
/// (RFC 5322 §3.2, RFC 8601 §2.2). It never fails: what does not fit is skipped by whoever drives it.
/// </summary>
internal sealed class FieldScanner
{
    private readonly string _text;

    public FieldScanner(string text) => _text = text;

    /// <summary>Where the next character stands, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Where a comment or quoted string begins that has no end; null if all have one.</summary>
    public int? UnclosedAt { get; private set; }

    public bool IsEnd => Position >= _text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek => IsEnd ? '\0' : _text[Position];

    /// <summary>Consumes one character where it is the next one.</summary>
    public bool TryTake(char character)
    {
        if (IsEnd || _text[Position] != character)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Skips white space and comments; the comments' texts are added to the list, where there is one.</summary>
    public void SkipBlank(ICollection<string>? comments = null)
    {
        while (!IsEnd)
        {
            char character = _text[Position];
            if (IsWhiteSpace(character))
            {
                Position++;
            }
            else if (character == '(')
            {
                string comment = ReadComment();
                if (comments is not null && comment.Length > 0)
                {
                    comments.Add(comment);
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Reads what stands up to white space, a comment, a quote or one of these characters.</summary>
    public string ReadWord(string stops)
    {
        int start = Position;
        while (!IsEnd
            && !IsWhiteSpace(_text[Position])
            && _text[Position] is not ('(' or '"')
            && stops.IndexOf(_text[Position]) < 0)
        {
            Position++;
        }

        return _text.Substring(start, Position - start);
    }

    /// <summary>Reads a value: words and quoted strings without space between them, such as <c>"a b"@example.com</c>.</summary>
    public string ReadValue(string stops)
    {
        if (Peek != '"')
        {
            string word = ReadWord(stops);
            if (Peek != '"')
            {
                return word;
            }

            Position -= word.Length;
        }

        StringBuilder builder = new();
        while (!IsEnd)
        {
            if (_text[Position] == '"')
            {
                ReadQuoted(builder);
                continue;
            }

            string word = ReadWord(stops);
            if (word.Length == 0)
            {
                break;
            }

            builder.Append(word);
        }

        return builder.ToString();
    }

    /// <summary>Reads what stands up to one of these characters, whatever it is.</summary>
    public string ReadUntil(char stop)
    {
        int end = IsEnd ? -1 : _text.IndexOf(stop, Position);
        string text = IsEnd ? "" : end < 0 ? _text.Substring(Position) : _text.Substring(Position, end - Position);
        Position += text.Length;
        return text;
    }

    internal static bool IsWhiteSpace(char character) => character is ' ' or '\t' or '\r' or '\n' or '\u00A0';

    /// <summary>Reads a comment with those in it; one without end stops before the next semicolon.</summary>
    private string ReadComment()
    {
        int start = Position;
        int end = EndOfSearch();
        int depth = 0;
        bool escaped = false;
        StringBuilder builder = new();
        while (Position < end)
        {
            char character = _text[Position++];
            if (!escaped && character == '\\' && !IsEnd)
            {
                escaped = true;
                continue;
            }

            if (!escaped && character == '(' && ++depth == 1)
            {
                continue;
            }

            if (!escaped && character == ')' && --depth == 0)
            {
                return builder.ToString().Trim();
            }

            escaped = false;
            builder.Append(character);
        }

        UnclosedAt ??= start;
        Position = start + 1;
        return ReadUntil(';').Trim();
    }

    /// <summary>
    /// How far the end of a comment or quoted string is looked for. After one without end it is the next semicolon, so
    /// that a value of nothing but beginnings is not read over and over.
    /// </summary>
    private int EndOfSearch()
    {
        int semicolon = UnclosedAt is null || IsEnd ? -1 : _text.IndexOf(';', Position);
        return semicolon < 0 ? _text.Length : semicolon;
    }

    private void ReadQuoted(StringBuilder builder)
    {
        int start = Position++;
        int end = EndOfSearch();
        int length = builder.Length;
        while (Position < end)
        {
            char character = _text[Position++];
            if (character == '"')
            {
                return;
            }

            if (character == '\\' && !IsEnd)
            {
                character = _text[Position++];
            }

            builder.Append(character);
        }

        UnclosedAt ??= start;
        builder.Length = length;
        Position = start + 1;
        builder.Append(ReadUntil(';').Trim());
    }
}
