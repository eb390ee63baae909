namespace Dmarc.Advice.Audit.Bulk;

/// <summary>The kind of a piece of a JSON file.</summary>
internal enum ResultJsonKind
{
    /// <summary>A complete piece in the place of an object; its reader decides if it is one.</summary>
    Whole,

    /// <summary>The file ends within the object or the list of objects.</summary>
    Incomplete,

    /// <summary>Longer than the maximum length of a result.</summary>
    TooLong,
}

/// <summary>A piece of a JSON file.</summary>
/// <param name="Text">The text; empty if a list is truncated.</param>
/// <param name="Line">The line where it begins, from 1.</param>
/// <param name="Kind">The kind.</param>
internal sealed record ResultJson(string Text, long Line, ResultJsonKind Kind);

/// <summary>
/// Splits the text of saved results into objects: one per line, as scripts append them, or, if the first line is
/// incomplete, a list or objects over many lines, as ConvertTo-Json writes them.
/// </summary>
internal sealed class ResultJsonReader(TextReader reader)
{
    private const int MaximumLength = 64 * 1024 * 1024;

    private readonly StringBuilder _text = new();
    private long _line = 1;

    /// <summary>True once each line is known to contain an object.</summary>
    public bool IsLines { get; private set; }

    /// <summary>Skips white space, and returns the next character; -1 at the end.</summary>
    public int SkipSpace()
    {
        while (reader.Peek() is ' ' or '\t' or '\r' or '\n')
        {
            Next();
        }

        return reader.Peek();
    }

    /// <summary>The pieces in order.</summary>
    public IEnumerable<ResultJson> Read()
    {
        bool isList = SkipSpace() == '[';
        if (isList)
        {
            return ReadObjects(isList: true);
        }

        ResultJson? first = ReadLine();
        return first is null ? []
            : first.Kind != ResultJsonKind.Whole || first.Text.TrimEnd().EndsWith("}", StringComparison.Ordinal) ? ReadLines(first)
            : ReadObjects(isList: false, first.Text);
    }

    private IEnumerable<ResultJson> ReadLines(ResultJson first)
    {
        IsLines = true;
        for (ResultJson? line = first; line is not null; line = ReadLine())
        {
            if (line.Text.Length > 0)
            {
                yield return line;
            }

            if (line.Kind != ResultJsonKind.Whole)
            {
                yield break;
            }
        }
    }

    private ResultJson? ReadLine()
    {
        long line = _line;
        _text.Clear();
        int character;
        while ((character = Next()) >= 0)
        {
            if (character == '\n')
            {
                return new ResultJson(_text.ToString().TrimEnd('\r'), line, ResultJsonKind.Whole);
            }

            _text.Append((char)character);
            if (_text.Length > MaximumLength)
            {
                return new ResultJson(_text.ToString(), line, ResultJsonKind.TooLong);
            }
        }

        return _text.Length > 0 ? new ResultJson(_text.ToString().TrimEnd('\r'), line, ResultJsonKind.Incomplete) : null;
    }

    /// <summary>Objects by their brackets. Other text between them is a separate piece.</summary>
    private IEnumerable<ResultJson> ReadObjects(bool isList, string head = "")
    {
        // The first line was read before its format was known.
        (int depth, bool isText, bool isEscaped, bool isOpen) = (0, false, false, isList);
        long start = head.Length > 0 ? _line - 1 : _line;
        int at = 0;
        _text.Clear();
        while (true)
        {
            int character = at < head.Length ? head[at++] : at++ == head.Length && head.Length > 0 ? '\n' : Next();
            if (character < 0)
            {
                break;
            }

            bool isBetween = depth == 0 && !isText;
            if (isBetween && character is ' ' or '\t' or '\r' or '\n' or ',' or '[' or ']' or '{')
            {
                if (_text.Length > 0)
                {
                    yield return new ResultJson(_text.ToString(), start, ResultJsonKind.Whole);
                    _text.Clear();
                }

                isOpen = character == ']' ? false : isOpen;
                if (character != '{')
                {
                    continue;
                }
            }

            if (_text.Length == 0 && at > head.Length + 1)
            {
                start = _line;
            }

            _text.Append((char)character);
            if (_text.Length > MaximumLength)
            {
                yield return new ResultJson(_text.ToString(), start, ResultJsonKind.TooLong);
                yield break;
            }

            if (isText)
            {
                isText = isEscaped || character != '"';
                isEscaped = !isEscaped && character == '\\';
                continue;
            }

            isText = character == '"';
            depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
            if (depth == 0 && character == '}')
            {
                yield return new ResultJson(_text.ToString(), start, ResultJsonKind.Whole);
                _text.Clear();
            }
        }

        if (_text.Length > 0 || isOpen)
        {
            yield return new ResultJson(_text.ToString(), _text.Length > 0 ? start : _line, ResultJsonKind.Incomplete);
        }
    }

    private int Next()
    {
        int character = reader.Read();
        _line += character == '\n' ? 1 : 0;
        return character;
    }
}
