namespace Dmarc.Dns.Zones;

/// <summary>One word of a zone file, with its escapes.</summary>
/// <param name="Text">The word, without surrounding quotes.</param>
/// <param name="IsQuoted">True if it was in quotes.</param>
internal readonly record struct ZoneToken(string Text, bool IsQuoted);

/// <summary>One entry: a line, or several lines joined by parentheses.</summary>
/// <param name="Tokens">The words.</param>
/// <param name="StartsWithBlank">True if its first line begins with a blank: it repeats the previous owner.</param>
/// <param name="Line">The line where it begins, from 1.</param>
/// <param name="Position">The offset where it begins, from 0.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record ZoneEntry(List<ZoneToken> Tokens, bool StartsWithBlank, int Line, int Position, string? Problem);

/// <summary>Splits the text of a zone file into entries (RFC 1035 §5.1).</summary>
internal sealed class ZoneTokenizer(string text)
{
    private int _position;
    private int _line = 1;

    /// <summary>The next entry that has words or a problem; null at the end of the text.</summary>
    public ZoneEntry? Next()
    {
        while (_position < text.Length)
        {
            ZoneEntry entry = ReadEntry();
            if (entry.Tokens.Count > 0 || entry.Problem is not null)
            {
                return entry;
            }
        }

        return null;
    }

    private ZoneEntry ReadEntry()
    {
        List<ZoneToken> tokens = [];
        int line = _line;
        int start = _position;
        bool blank = IsBlank(text[_position]);
        string? problem = null;
        int depth = 0;
        while (_position < text.Length)
        {
            char character = text[_position];
            if (character == '\n')
            {
                _position++;
                _line++;
                if (depth == 0)
                {
                    return new ZoneEntry(tokens, blank, line, start, problem);
                }
            }
            else if (IsBlank(character))
            {
                _position++;
            }
            else if (character == ';')
            {
                SkipLine();
            }
            else if (character == '(')
            {
                _position++;
                depth++;
            }
            else if (character == ')')
            {
                _position++;
                problem ??= depth == 0 ? Strings.Dns_ZoneClosingParenthesis : null;
                depth = Math.Max(0, depth - 1);
            }
            else if (character == '"')
            {
                string? unclosed = ReadQuoted(tokens);
                problem ??= unclosed;
            }
            else
            {
                ReadWord(tokens);
            }
        }

        return new ZoneEntry(tokens, blank, line, start, depth > 0 ? problem ?? Strings.Dns_ZoneUnclosedParenthesis : problem);
    }

    /// <summary>Reads a quoted string. Without a closing quote it ends with the line.</summary>
    private string? ReadQuoted(List<ZoneToken> tokens)
    {
        int start = ++_position;
        while (_position < text.Length && text[_position] is not ('"' or '\n'))
        {
            _position += text[_position] == '\\' && _position + 1 < text.Length && text[_position + 1] != '\n' ? 2 : 1;
        }

        tokens.Add(new ZoneToken(text.Substring(start, _position - start), true));
        if (_position >= text.Length || text[_position] != '"')
        {
            return Strings.Dns_ZoneUnclosedQuote;
        }

        _position++;
        return null;
    }

    private void ReadWord(List<ZoneToken> tokens)
    {
        int start = _position;
        while (_position < text.Length && !IsBlank(text[_position]) && text[_position] is not ('\n' or ';' or '(' or ')' or '"'))
        {
            _position += text[_position] == '\\' && _position + 1 < text.Length && text[_position + 1] != '\n' ? 2 : 1;
        }

        tokens.Add(new ZoneToken(text.Substring(start, _position - start), false));
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', _position);
        _position = end < 0 ? text.Length : end;
    }

    private static bool IsBlank(char character) => character is ' ' or '\t' or '\r' or '\f' or '\v';
}
