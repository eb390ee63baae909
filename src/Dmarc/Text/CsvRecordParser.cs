namespace Dmarc.Text;

/// <summary>The state of a record while its lines are added.</summary>
internal enum CsvState
{
    /// <summary>The record can end here.</summary>
    Complete,

    /// <summary>A quotation mark is open.</summary>
    Open,

    /// <summary>Something other than a delimiter follows a quotation mark that closes (RFC 4180 §2).</summary>
    Broken,
}

/// <summary>Splits a record into cells.</summary>
/// <param name="delimiter">The character between cells.</param>
/// <param name="isLenient">True to treat a quotation mark as text if only text follows it.</param>
internal sealed class CsvRecordParser(char delimiter, bool isLenient)
{
    private readonly StringBuilder _cell = new();
    private bool _wasQuoted;

    public List<string> Cells { get; } = [];

    public CsvState State { get; private set; }

    /// <summary>True if an unquoted value contains a quotation mark, which RFC 4180 §2 does not allow.</summary>
    public bool HasBareQuote { get; private set; }

    /// <summary>Adds a line. If a quotation mark is open, the line continues that cell.</summary>
    public void Add(string text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            char character = text[at];
            if (State == CsvState.Open)
            {
                if (character != '"')
                {
                    _cell.Append(character);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"' && !(isLenient && EndsAt(text, at + 2)))
                {
                    _cell.Append('"');
                    at++;
                }
                else if (EndsAt(text, at + 1))
                {
                    State = CsvState.Complete;
                }
                else if (isLenient)
                {
                    _cell.Append('"');
                }
                else
                {
                    State = CsvState.Broken;
                    return;
                }
            }
            else if (character == '"' && !_wasQuoted && IsBlank())
            {
                _cell.Clear();
                _wasQuoted = true;
                State = CsvState.Open;
            }
            else if (character == delimiter)
            {
                End();
            }
            else if (!_wasQuoted || !char.IsWhiteSpace(character))
            {
                HasBareQuote |= character == '"';
                _cell.Append(character);
            }
        }

        if (State == CsvState.Complete)
        {
            End();
        }
    }

    /// <summary>True if a cell can end here: at a delimiter or at the end of the line, after blanks or not.</summary>
    private bool EndsAt(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' && delimiter != ' ')
        {
            at++;
        }

        return at >= text.Length || text[at] == delimiter;
    }

    private bool IsBlank()
    {
        for (int at = 0; at < _cell.Length; at++)
        {
            if (_cell[at] != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private void End()
    {
        Cells.Add(_cell.ToString());
        _cell.Clear();
        _wasQuoted = false;
    }
}
