using System.Text;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>Cuts the text of a file of results into lines, each of which may hold one JSON object.</summary>
internal sealed class ResultLineReader
{
    private const int MaximumLength = 64 * 1024 * 1024;

    private readonly TextReader _reader;
    private readonly StringBuilder _text = new();
    private long _lines;

    public ResultLineReader(TextReader reader)
    {
        _reader = reader;
        while (reader.Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _lines += reader.Read() == '\n' ? 1 : 0;
        }
    }

    /// <summary>The first character that is no white space, before anything was read; -1 for an empty file.</summary>
    public int First => _reader.Peek();

    /// <summary>The line read last.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where it begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>True if the line has its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True if the line was given up because of its length.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false at the end.</summary>
    public bool TryRead()
    {
        _text.Clear();
        Line = _lines + 1;
        IsComplete = IsTooLong = false;
        int character;
        while ((character = _reader.Read()) >= 0)
        {
            if (character == '\n')
            {
                _lines++;
                IsComplete = true;
                break;
            }

            _text.Append((char)character);
            if (_text.Length > MaximumLength)
            {
                IsTooLong = IsComplete = true;
                break;
            }
        }

        Text = _text.ToString().TrimEnd('\r');
        return IsComplete || _text.Length > 0;
    }
}
