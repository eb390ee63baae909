using System.Text;
using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Repair;

/// <summary>
/// Turns the text of a damaged report into well-formed XML while it is read. What is well formed passes unchanged but for
/// comments, declarations and attributes; the rest is repaired where the vocabulary of reports leaves no doubt, and noted
/// in the log. Memory does not grow with the text.
/// </summary>
/// <remarks>
/// Where a record is left open when something ends it that is not its own end tag, a processing instruction
/// (<see cref="CutOffMarker"/>) is put there for the parser. Those of the text are left out, so that none can be forged.
/// </remarks>
internal sealed partial class RepairingTextReader : TextReader
{
    /// <summary>The name of the processing instruction that marks where text is missing.</summary>
    public const string CutOffMarker = "dmarc-cut-off";

    private const int Lookahead = 1 << 13;
    private const int MostOpen = 1000;

    private readonly TextReader _source;
    private readonly RepairLog _log;
    private readonly char[] _input = new char[Lookahead * 2];
    private readonly StringBuilder _output = new();
    private readonly List<OpenElement> _open = [];
    private int _start;
    private int _end;
    private int _taken;
    private long _line = 1;
    private bool _sourceEnded;
    private bool _finished;

    public RepairingTextReader(TextReader source, RepairLog log)
    {
        _source = source;
        _log = log;
    }

    private string Parent => _open.Count == 0 ? "" : _open[_open.Count - 1].Name;

    private bool InLeaf => _open.Count > 0 && _open[_open.Count - 1].IsLeaf;

    public override int Peek() => -1;

    public override int Read(char[] buffer, int index, int count)
    {
        while (_output.Length == _taken && !_finished)
        {
            _output.Clear();
            _taken = 0;
            Step();
        }

        int available = Math.Min(count, _output.Length - _taken);
        _output.CopyTo(_taken, buffer, index, available);
        _taken += available;
        return available;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Handles one piece: a run of text, a reference or a tag.</summary>
    private void Step()
    {
        Fill(Lookahead);
        if (_start == _end)
        {
            Finish();
            return;
        }

        switch (_input[_start])
        {
            case '<':
                ReadMarkup();
                break;
            case '&':
                ReadReference();
                break;
            default:
                ReadTextRun();
                break;
        }
    }

    private void ReadTextRun()
    {
        ReadOnlySpan<char> input = _input.AsSpan(_start, _end - _start);
        int length = input.IndexOfAny('<', '&');
        length = length < 0 ? input.Length : length;

        // A surrogate pair must not be torn apart.
        if (length == input.Length && length > 1 && char.IsHighSurrogate(input[length - 1]) && !_sourceEnded)
        {
            length--;
        }

        EmitText(input.Slice(0, length));
        _start += length;
    }

    /// <summary>Text outside of all elements is left out; elsewhere characters that XML does not allow are replaced.</summary>
    private void EmitText(ReadOnlySpan<char> text)
    {
        bool outside = _open.Count == 0;
        bool visible = false;
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character == '\n')
            {
                _line++;
            }

            if (outside)
            {
                visible |= character > ' ' && character != '\uFEFF';
                continue;
            }

            bool valid = character is >= ' ' and < '\uD800' or '\t' or '\n' or '\r' or (>= '\uE000' and <= '\uFFFD');
            if (!valid && char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _output.Append(character).Append(text[++i]);
                continue;
            }

            if (!valid)
            {
                _log.Add(RepairKind.Character, _line);
                character = '\uFFFD';
            }

            // "]]>" may not stand in text.
            if (character == '>')
            {
                _output.Append("&gt;");
            }
            else
            {
                _output.Append(character);
            }
        }

        if (visible)
        {
            _log.Add(RepairKind.Outside, _line);
        }
    }

    private void ReadReference()
    {
        ReadOnlySpan<char> input = _input.AsSpan(_start, Math.Min(_end - _start, 12));
        int semicolon = input.IndexOf(';');
        if (semicolon > 1)
        {
            ReadOnlySpan<char> name = input.Slice(1, semicolon - 1);
            if (IsPredefined(name) || IsCharacterReference(name, out bool valid) && valid)
            {
                if (_open.Count > 0)
                {
                    _output.Append(_input, _start, semicolon + 1);
                }

                _start += semicolon + 1;
                return;
            }

            if (name[0] == '#' && IsCharacterReference(name, out _))
            {
                _log.Add(RepairKind.Character, _line);
                if (_open.Count > 0)
                {
                    _output.Append('\uFFFD');
                }

                _start += semicolon + 1;
                return;
            }
        }

        _log.Add(RepairKind.StrayAmpersand, _line);
        if (_open.Count > 0)
        {
            _output.Append("&amp;");
        }

        _start++;
    }

    private static bool IsPredefined(ReadOnlySpan<char> name) =>
        name.SequenceEqual("amp".AsSpan()) || name.SequenceEqual("lt".AsSpan()) || name.SequenceEqual("gt".AsSpan())
        || name.SequenceEqual("quot".AsSpan()) || name.SequenceEqual("apos".AsSpan());

    private static bool IsCharacterReference(ReadOnlySpan<char> name, out bool valid)
    {
        valid = false;
        if (name.Length < 2 || name[0] != '#')
        {
            return false;
        }

        bool hexadecimal = name[1] == 'x';
        long value = 0;
        ReadOnlySpan<char> digits = name.Slice(hexadecimal ? 2 : 1);
        foreach (char digit in digits)
        {
            int number = digit is >= '0' and <= '9' ? digit - '0'
                : hexadecimal && digit is >= 'a' and <= 'f' ? digit - 'a' + 10
                : hexadecimal && digit is >= 'A' and <= 'F' ? digit - 'A' + 10
                : -1;
            if (number < 0)
            {
                return false;
            }

            value = Math.Min((value * (hexadecimal ? 16 : 10)) + number, int.MaxValue);
        }

        valid = !digits.IsEmpty && value is 9 or 10 or 13 or (>= 0x20 and < 0xD800) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);
        return !digits.IsEmpty;
    }

    /// <summary>At the end of the text, closes what is open.</summary>
    private void Finish()
    {
        _finished = true;
        if (_open.Count == 0)
        {
            return;
        }

        _log.CutOffLine = _line;
        _output.Append("<?" + CutOffMarker + "?>");
        while (_open.Count > 0)
        {
            Pop();
        }
    }

    private void Pop()
    {
        OpenElement element = _open[_open.Count - 1];
        _open.RemoveAt(_open.Count - 1);
        _output.Append("</").Append(element.Name).Append('>');
    }

    /// <summary>Closes elements that are not closed themselves, until so many are open.</summary>
    private void CloseDownTo(int count)
    {
        if (_open.Count == count)
        {
            return;
        }

        _log.Add(RepairKind.MissingEnd, _line);

        // Of a record that is abandoned inside one of its parts, something is missing.
        int record = _open.FindLastIndex(element => element.Name == V.Record);
        if (record >= count && record < _open.Count - 1)
        {
            _output.Append("<?" + CutOffMarker + "?>");
        }

        while (_open.Count > count)
        {
            Pop();
        }
    }

    private void Fill(int wanted)
    {
        if (_sourceEnded || _end - _start >= wanted)
        {
            return;
        }

        Array.Copy(_input, _start, _input, 0, _end - _start);
        _end -= _start;
        _start = 0;
        while (_end < _input.Length)
        {
            int read = _source.Read(_input, _end, _input.Length - _end);
            if (read == 0)
            {
                _sourceEnded = true;
                return;
            }

            _end += read;
            if (_end >= wanted)
            {
                return;
            }
        }
    }

    private readonly struct OpenElement(string name, bool isLeaf)
    {
        public string Name { get; } = name;

        public bool IsLeaf { get; } = isLeaf;
    }
}
