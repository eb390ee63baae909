using System.Text;

namespace Dmarc.Text;

/// <summary>How far a record has come.</summary>
internal enum CsvState
{
    /// <summary>It can end here.</summary>
    Complete,

    /// <summary>A quotation mark is open.</summary>
    Open,

    /// <summary>Something other than a delimiter follows a quotation mark that closes (RFC 4180 §2).</summary>
    Broken,
}

/// <summary>Cuts a record into its cells.</summary>
/// <param name="delimiter">What stands between cells.</param>
/// <param name="isLenient">True to take a quotation mark that nothing but text follows for a part of that text.</param>
internal sealed class CsvRecordParser(char delimiter, bool isLenient)
{
    private readonly StringBuilder _cell = new();
    private bool _wasQuoted;

    public List<string> Cells { get; } = [];

    public CsvState State { get; private set; }

    /// <summary>True if a value without quotation marks around it has one inside, which RFC 4180 §2 does not allow.</summary>
    public bool HasBareQuote { get; private set; }

    /// <summary>Adds a line. Where a quotation mark is open, it goes on in that cell.</summary>
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

    /// <summary>True if a cell can end: at a delimiter or at the end of the line, with blanks before it or not.</summary>
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
