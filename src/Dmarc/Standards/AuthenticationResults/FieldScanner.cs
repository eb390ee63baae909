namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// Scans the unfolded value of a structured header field: names, values, quoted strings and comments (RFC 5322 §3.2,
/// RFC 8601 §2.2). It never fails: the caller skips what does not fit.
/// </summary>
internal sealed class FieldScanner(string text)
{
    /// <summary>The offset of the next character, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The start of the first unclosed comment or quoted string; null if there is none.</summary>
    public int? UnclosedAt { get; private set; }

    public bool IsEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek => IsEnd ? '\0' : text[Position];

    /// <summary>Consumes this character if it is next.</summary>
    public bool TryTake(char character)
    {
        if (IsEnd || text[Position] != character)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Skips white space and comments; adds the comments to the list, if given.</summary>
    public void SkipBlank(ICollection<string>? comments = null)
    {
        while (!IsEnd)
        {
            char character = text[Position];
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

    /// <summary>Reads up to white space, a comment, a quote or one of these characters.</summary>
    public string ReadWord(string stops)
    {
        int start = Position;
        while (!IsEnd
            && !IsWhiteSpace(text[Position])
            && text[Position] is not ('(' or '"')
            && stops.IndexOf(text[Position]) < 0)
        {
            Position++;
        }

        return text.Substring(start, Position - start);
    }

    /// <summary>Reads a value: adjoining words and quoted strings, such as <c>"a b"@example.com</c>.</summary>
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
            if (text[Position] == '"')
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

    /// <summary>Reads any text up to this character.</summary>
    public string ReadUntil(char stop)
    {
        int end = IsEnd ? -1 : text.IndexOf(stop, Position);
        string read = IsEnd ? "" : end < 0 ? text.Substring(Position) : text.Substring(Position, end - Position);
        Position += read.Length;
        return read;
    }

    internal static bool IsWhiteSpace(char character) => character is ' ' or '\t' or '\r' or '\n' or '\u00A0';

    /// <summary>Reads a comment with nested ones; an unclosed comment stops before the next semicolon.</summary>
    private string ReadComment()
    {
        int start = Position;
        int end = EndOfSearch();
        int depth = 0;
        bool escaped = false;
        StringBuilder builder = new();
        while (Position < end)
        {
            char character = text[Position++];
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
    /// The limit of the search for the end of a comment or quoted string. After an unclosed one, it is the next
    /// semicolon, so that a value full of opening marks is not scanned repeatedly.
    /// </summary>
    private int EndOfSearch()
    {
        int semicolon = UnclosedAt is null || IsEnd ? -1 : text.IndexOf(';', Position);
        return semicolon < 0 ? text.Length : semicolon;
    }

    private void ReadQuoted(StringBuilder builder)
    {
        int start = Position++;
        int end = EndOfSearch();
        int length = builder.Length;
        while (Position < end)
        {
            char character = text[Position++];
            if (character == '"')
            {
                return;
            }

            if (character == '\\' && !IsEnd)
            {
                character = text[Position++];
            }

            builder.Append(character);
        }

        UnclosedAt ??= start;
        builder.Length = length;
        Position = start + 1;
        builder.Append(ReadUntil(';').Trim());
    }
}
