using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Reading.Repair;

/// <summary>
/// Converts the text of a damaged report to well-formed XML while it is read. Well-formed text is unchanged except for
/// comments, declarations and attributes; the rest is repaired where the vocabulary of reports leaves no doubt, and
/// recorded in the log. Memory does not grow with the text.
/// </summary>
/// <remarks>
/// Two processing instructions inform the parser: <see cref="V.CutOffMarker"/> if a record is ended by anything but its
/// own end tag, and <see cref="V.MendedMarker"/> if a part of a record was repaired. Those in the text are removed, so
/// that none can be forged.
/// </remarks>
internal sealed partial class RepairingTextReader : TextReader
{
    private const int Lookahead = 1 << 13;

    /// <summary>The maximum length of a reference: that of the longest name in HTML.</summary>
    private const int LongestReference = 34;

    private readonly TextReader _source;
    private readonly RepairLog _log;
    private readonly int _maximumDepth;
    private readonly char[] _input = new char[Lookahead * 2];
    private readonly StringBuilder _output = new();

    /// <summary>The text since the last tag, escaped.</summary>
    private readonly StringBuilder _text = new();
    private readonly List<OpenElement> _open = [];
    private int _start;
    private int _end;
    private int _taken;
    private long _line = 1;
    private bool _sourceEnded;
    private bool _finished;
    private int _unwritten;
    private bool _hasAny;
    private bool _hasEnd;
    private bool _hasMetadata;
    private bool _hasPolicy;

    /// <summary>True if the text since the last tag is not only white space.</summary>
    private bool _hasText;

    /// <param name="source">The text.</param>
    /// <param name="log">Receives the repairs.</param>
    /// <param name="maximumDepth">The maximum nesting; at least <see cref="FixedReadLimits.RepairedDepth"/>.</param>
    public RepairingTextReader(TextReader source, RepairLog log, int maximumDepth = 0)
    {
        _source = source;
        _log = log;
        _maximumDepth = Math.Max(maximumDepth, FixedReadLimits.RepairedDepth);
    }

    private OpenElement? Top => _open.Count == 0 ? null : _open[_open.Count - 1];

    private string Parent => Top?.Name ?? "";

    private bool InLeaf => Top?.Kind == ElementKind.Leaf;

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

    /// <summary>Handles one unit: a run of text, a reference or a tag.</summary>
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
        int sectionEnd = _isInSection ? input.Slice(0, length).IndexOf(SectionEnd.AsSpan()) : -1;
        if (sectionEnd >= 0)
        {
            EmitText(input.Slice(0, sectionEnd));
            _start += sectionEnd + SectionEnd.Length;
            _isInSection = false;
            return;
        }

        // A surrogate pair must not be split.
        if (length == input.Length && length > 1 && char.IsHighSurrogate(input[length - 1]) && !_sourceEnded)
        {
            length--;
        }

        EmitText(input.Slice(0, length));
        _start += length;
    }

    /// <summary>Removes text outside all elements; elsewhere replaces characters that XML does not allow.</summary>
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

            visible |= character > ' ' && character != '\uFEFF';
            if (outside || _text.Length > FixedReadLimits.RepairedLength)
            {
                continue;
            }

            bool valid = character is >= ' ' and < '\uD800' or '\t' or '\n' or '\r' or (>= '\uE000' and <= '\uFFFD');
            if (!valid && char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                _text.Append(character).Append(text[++i]);
                continue;
            }

            if (!valid)
            {
                _log.Add(RepairKind.Character, _line);
                character = '\uFFFD';
            }

            // "]]>" is not allowed in text.
            if (character == '>')
            {
                _text.Append("&gt;");
            }
            else
            {
                _text.Append(character);
            }
        }

        if (visible && outside)
        {
            _log.Add(RepairKind.Outside, _line);
        }

        _hasText |= visible && !outside;
    }

    /// <summary>Adds a reference, or the character it stands for, to the text.</summary>
    private void EmitReference(string reference)
    {
        if (_open.Count > 0 && _text.Length <= FixedReadLimits.RepairedLength)
        {
            _text.Append(reference);
            _hasText = true;
        }
    }

    private void ReadReference()
    {
        ReadOnlySpan<char> input = _input.AsSpan(_start, Math.Min(_end - _start, LongestReference));
        if (TakeEscapedPart(_input.AsSpan(_start, Math.Min(_end - _start, LongestReference * 2))))
        {
            return;
        }

        int semicolon = input.IndexOf(';');
        if (semicolon > 1)
        {
            ReadOnlySpan<char> name = input.Slice(1, semicolon - 1);
            if (IsPredefined(name) || IsCharacterReference(name, out bool valid) && valid)
            {
                EmitReference(new string(_input, _start, semicolon + 1));
                _start += semicolon + 1;
                return;
            }

            if (name[0] == '#' && IsCharacterReference(name, out _))
            {
                _log.Add(RepairKind.Character, _line);
                EmitReference("\uFFFD");
                _start += semicolon + 1;
                return;
            }
        }

        // Only the missing definition knows the character for a name.
        _log.Add(IsName(input) ? RepairKind.UnknownReference : RepairKind.StrayAmpersand, _line);
        EmitReference("&amp;");
        _start++;
    }

    /// <summary>True for a name with a semicolon, as in HTML.</summary>
    private static bool IsName(ReadOnlySpan<char> reference)
    {
        int end = reference.IndexOf(';');
        for (int i = 1; i < end; i++)
        {
            if (!char.IsLetterOrDigit(reference[i]) || (i == 1 && char.IsDigit(reference[i])))
            {
                return false;
            }
        }

        return end > 1;
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

    /// <summary>Closes the open elements at the end of the text.</summary>
    private void Finish()
    {
        _finished = true;
        if (_open.Count == 0)
        {
            // Without the root element, only its end tag shows that the report is complete.
            _log.CutOffLine = _hasAny && !_hasEnd ? _line : _log.CutOffLine;
            return;
        }

        _log.CutOffLine = _line;
        _output.Append("<?" + V.CutOffMarker + "?>");
        while (_open.Count > 0)
        {
            Pop();
        }
    }

    /// <summary>Opens an element. A foreign one is written with its content: it may prove to be a known one.</summary>
    private void Open(string name, ElementKind kind, string? writtenAs = null, string attributes = "")
    {
        if (_open.Count >= _maximumDepth)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxXmlDepth), _maximumDepth, Strings.Reports_Limit_XmlDepth);
        }

        _hasAny |= kind != ElementKind.Foreign;
        _hasMetadata |= name == V.ReportMetadata;
        _hasPolicy |= name == V.PolicyPublished;
        if (kind != ElementKind.Foreign)
        {
            WriteForeign();
            _output.Append('<').Append(name).Append(attributes).Append('>');
        }

        _unwritten += kind == ElementKind.Foreign ? 1 : 0;
        _open.Add(new OpenElement(name, kind, writtenAs));
    }

    /// <summary>Writes the start tags of the open foreign elements.</summary>
    private void WriteForeign()
    {
        for (int i = 0; _unwritten > 0; i++)
        {
            OpenElement element = _open[i];
            if (element.Kind == ElementKind.Foreign && !element.IsWritten)
            {
                element.IsWritten = true;
                _unwritten--;
                _output.Append('<').Append(element.Name).Append('>');
            }
        }
    }

    /// <summary>Removes the innermost foreign element, which proves to be a known one or around one.</summary>
    private string TakeBack()
    {
        OpenElement element = _open[_open.Count - 1];
        if (element.IsWritten)
        {
            Pop();
        }
        else
        {
            _unwritten--;
            _open.RemoveAt(_open.Count - 1);
            if (_hasText)
            {
                _log.Add(RepairKind.LostValue, _line);
            }

            _text.Clear();
            _hasText = false;
        }

        return element.Name;
    }

    /// <summary>Closes the innermost element, with the text before its end.</summary>
    private void Pop()
    {
        OpenElement element = _open[_open.Count - 1];
        TakeText();
        if (element.Kind == ElementKind.Foreign)
        {
            WriteForeign();
        }

        _open.RemoveAt(_open.Count - 1);
        _hasEnd |= element.Name == V.Feedback;
        _output.Append("</").Append(element.Name).Append('>');
    }

    /// <summary>Returns the text since the last tag if allowed; else part of a tag, or an untagged value.</summary>
    private void TakeText()
    {
        if (_text.Length == 0)
        {
            return;
        }

        if (Top is { Kind: ElementKind.Container })
        {
            if (_hasText)
            {
                _log.Add(TagResidue.IsOfTag(_text.ToString()) ? RepairKind.StrayText : RepairKind.LostValue, _line);
                Mark();
            }
        }
        else if (_open.Count > 0)
        {
            WriteForeign();
            _output.Append(_text);
        }

        _text.Clear();
        _hasText = false;
    }

    /// <summary>Informs the parser that the current record was repaired.</summary>
    private void Mark()
    {
        if (_open.Exists(element => element.Name == V.Record))
        {
            WriteForeign();
            _output.Append("<?" + V.MendedMarker + "?>");
        }
    }

    /// <summary>Closes unclosed elements until the given number is open.</summary>
    private void CloseDownTo(int count)
    {
        if (_open.Count == count)
        {
            return;
        }

        // A value without its end may be incomplete; elements around values are complete.
        _log.Add(RepairKind.MissingEnd, _line, isCertain: Top is not { Kind: ElementKind.Leaf });
        if (Top is { Kind: ElementKind.Leaf } leaf)
        {
            MendText(TagResidue.BeforeEnd(_text.ToString(), leaf.Name));
        }

        // A record ended inside one of its parts is incomplete.
        int record = _open.FindLastIndex(element => element.Name == V.Record);
        if (record >= count && record < _open.Count - 1)
        {
            WriteForeign();
            _output.Append("<?" + V.CutOffMarker + "?>");
        }
        else
        {
            Mark();
        }

        while (_open.Count > count)
        {
            Pop();
        }
    }

    /// <summary>Replaces the text of a value with its certain part; without any, the value is lost.</summary>
    private void MendText(string? value)
    {
        if (value is null)
        {
            _log.Add(RepairKind.LostValue, _line);
        }

        _text.Clear().Append(value);
        _hasText = value is { Length: > 0 };
    }

    private void Fill(int wanted)
    {
        if (_sourceEnded || _end - _start >= wanted)
        {
            return;
        }

        Array.Copy(_input, _start, _input, 0, _end - _start);
        _end -= _start;
        _encoded = _encoded < 0 ? -1 : _encoded - _start;
        _start = 0;
        while (_end < _input.Length)
        {
            int read = _source.Read(_input, _end, _input.Length - _end);
            _sourceEnded = read == 0;
            _end += read;
            if (_encoded >= 0)
            {
                Decode();
            }

            if (_sourceEnded || _end >= wanted)
            {
                return;
            }
        }
    }
}
