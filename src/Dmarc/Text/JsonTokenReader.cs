namespace Dmarc.Text;

/// <summary>The next token of JSON.</summary>
internal enum JsonToken
{
    /// <summary>The end of the input.</summary>
    End,

    /// <summary><c>{</c></summary>
    StartObject,

    /// <summary><c>}</c></summary>
    EndObject,

    /// <summary><c>[</c></summary>
    StartArray,

    /// <summary><c>]</c></summary>
    EndArray,

    /// <summary>The name of a member.</summary>
    Name,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, true or false.</summary>
    Literal,

    /// <summary>null</summary>
    Null,
}

/// <summary>
/// Reads JSON (RFC 8259) from untrusted senders: it never fails on content, skips and reports what does not belong,
/// closes what was left open, and limits how much of a text it keeps. System.Text.Json is not part of .NET Standard
/// 2.0, and shipping it causes version conflicts between modules in Windows PowerShell.
/// </summary>
/// <param name="input">The JSON.</param>
/// <param name="maximumText">The maximum number of characters kept of a text.</param>
/// <param name="maximumDepth">The maximum nesting depth of objects and arrays.</param>
/// <param name="tooDeep">Makes the exception for deeper nesting.</param>
internal sealed class JsonTokenReader(TextReader input, int maximumText, int maximumDepth, Func<Exception> tooDeep)
{
    private readonly Stack<bool> _open = new();
    private readonly StringBuilder _text = new();
    private JsonToken? _peeked;
    private int _missingEnds;
    private char _wantedEnd;
    private readonly char[] _buffer = new char[4096];
    private int _position;
    private int _length;
    private bool _valueWanted;

    /// <summary>The text of the last name, text or literal.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The current line, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The line of the first error in the syntax; 0 if there is none.</summary>
    public int DamagedLine { get; private set; }

    /// <summary>The line where the content broke off; 0 if it is complete.</summary>
    public int CutOffLine { get; private set; }

    /// <summary>The number of texts longer than the limit.</summary>
    public int Shortened { get; private set; }

    /// <summary>The line of the first shortened text, from 1; 0 if there is none.</summary>
    public int ShortenedLine { get; private set; }

    /// <summary>
    /// The number of control characters inside the report (invalid, RFC 8259 §7), and the first line.
    /// </summary>
    public (int Count, int Line) ControlCharacters { get; private set; }

    /// <summary>The number of open objects and arrays.</summary>
    public int Depth => _open.Count;

    /// <summary>The next token, without consuming it.</summary>
    public JsonToken Peek() => _peeked ??= ReadNext();

    /// <summary>Consumes the next token.</summary>
    public JsonToken Read()
    {
        JsonToken token = Peek();
        _peeked = null;
        return token;
    }

    /// <summary>Skips a value and its content.</summary>
    public void Skip()
    {
        int depth = 0;
        JsonToken token;
        do
        {
            token = Peek();
            bool ends = token is JsonToken.EndObject or JsonToken.EndArray;
            if (ends && depth == 0)
            {
                return;
            }

            Read();
            depth += token is JsonToken.StartObject or JsonToken.StartArray ? 1 : ends ? -1 : 0;
        }
        while (depth > 0 && token != JsonToken.End);
    }

    private JsonToken ReadNext()
    {
        while (true)
        {
            if (_missingEnds > 0)
            {
                _missingEnds--;
                return Close();
            }

            if (_wantedEnd != '\0')
            {
                _wantedEnd = '\0';
                return Close();
            }

            int next = Next();
            switch (next)
            {
                case -1:
                    if (_open.Count == 0)
                    {
                        return JsonToken.End;
                    }

                    CutOffLine = CutOffLine == 0 ? Line : CutOffLine;
                    return Close();
                case '\n':
                    Line++;
                    break;
                case ' ' or '\t' or '\r' or '\uFEFF':
                    break;
                case >= 0 and < ' ':
                    // Between values a control character changes nothing; outside the report it is padding.
                    if (_open.Count > 0)
                    {
                        NoteControlCharacter();
                    }

                    break;
                case ',':
                    if (_valueWanted)
                    {
                        // A name without a value.
                        _valueWanted = false;
                        Damage();
                    }

                    break;
                case ':':
                    break;
                case '{':
                    return Open(isObject: true);
                case '[':
                    return Open(isObject: false);
                case '}':
                case ']':
                    if (End(next == '}'))
                    {
                        _wantedEnd = (char)next;
                    }

                    break;
                case '"':
                    if (ReadText() is { } token)
                    {
                        return token;
                    }

                    break;
                default:
                    if (next is '-' or '+' or '.' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                    {
                        return ReadWord((char)next);
                    }

                    Damage();
                    break;
            }
        }
    }

    private JsonToken Open(bool isObject)
    {
        if (_open.Count >= maximumDepth)
        {
            throw tooDeep();
        }

        if (NameWanted)
        {
            Damage();
        }

        _open.Push(isObject);
        _valueWanted = false;
        return isObject ? JsonToken.StartObject : JsonToken.StartArray;
    }

    /// <summary>True if a bracket closes an open object or array; it also closes everything open inside that.</summary>
    private bool End(bool isObject)
    {
        int above = _open.TakeWhile(open => open != isObject).Count();
        bool isOpen = above < _open.Count;
        _missingEnds = isOpen ? above : 0;
        if (above > 0 || !isOpen)
        {
            Damage();
        }

        return isOpen;
    }

    private JsonToken Close()
    {
        bool isObject = _open.Pop();
        _valueWanted = false;
        return isObject ? JsonToken.EndObject : JsonToken.EndArray;
    }

    /// <summary>A name or text; null if a name broke off, which carries no information.</summary>
    private JsonToken? ReadText()
    {
        _text.Clear();
        bool shortened = false;
        bool isName = NameWanted;
        while (true)
        {
            int next = Next();
            if (next < 0)
            {
                CutOffLine = CutOffLine == 0 ? Line : CutOffLine;

                // A value that broke off inside is not the intended one.
                _valueWanted = false;
                Text = isName ? Text : "";
                return isName ? null : JsonToken.Null;
            }

            if (next == '"')
            {
                break;
            }

            if (next == '\n')
            {
                // A text spans lines only if its closing quotation mark was lost.
                Damage();
                Line++;
                while (_text.Length > 0 && _text[_text.Length - 1] is ',' or '\r' or ' ')
                {
                    _text.Length--;
                }

                break;
            }

            if (IsControlCharacter(next))
            {
                NoteControlCharacter();
                next = '\uFFFD';
            }
            else if (next == '\\')
            {
                next = ReadEscaped();
            }

            if (next < 0)
            {
                continue;
            }

            if (_text.Length < maximumText)
            {
                _text.Append((char)next);
            }
            else
            {
                shortened = true;
            }
        }

        ShortenedLine = shortened && Shortened == 0 ? Line : ShortenedLine;
        Shortened += shortened ? 1 : 0;
        _valueWanted = isName;
        Text = _text.ToString();
        return isName ? JsonToken.Name : JsonToken.Text;
    }

    /// <summary>The character that an escape stands for; -1 if it is not a valid escape.</summary>
    private int ReadEscaped()
    {
        int next = Next();
        return next switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadCodeUnit(),
            _ => next,
        };
    }

    private int ReadCodeUnit()
    {
        int value = 0;
        for (int digit = 0; digit < 4; digit++)
        {
            int hex = AsciiBytes.HexValue(PeekCharacter());
            if (hex < 0)
            {
                Damage();
                return -1;
            }

            Next();
            value = (value << 4) | hex;
        }

        return value;
    }

    private JsonToken ReadWord(char first)
    {
        _text.Clear();
        _text.Append(first);
        while (PeekCharacter() is int next
            and (>= '0' and <= '9' or >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '.' or '-' or '+' or '_' or (>= 0 and < ' ' and not ('\t' or '\r' or '\n'))))
        {
            Next();
            if (IsControlCharacter(next))
            {
                // A control character may replace a digit.
                NoteControlCharacter();
                next = '\uFFFD';
            }

            if (_text.Length < maximumText)
            {
                _text.Append((char)next);
            }
        }

        string word = _text.ToString();
        Text = word;
        if (NameWanted)
        {
            Damage();
            _valueWanted = true;
            return JsonToken.Name;
        }

        _valueWanted = false;
        if (word == "null")
        {
            Text = "";
            return JsonToken.Null;
        }

        if (word is not ("true" or "false") && !(first is '-' or (>= '0' and <= '9')))
        {
            Damage();
        }

        return JsonToken.Literal;
    }

    private bool NameWanted => _open.Count > 0 && _open.Peek() && !_valueWanted;

    private int PeekCharacter()
    {
        if (_position == _length)
        {
            _length = input.Read(_buffer, 0, _buffer.Length);
            _position = 0;
        }

        return _length <= 0 ? -1 : _buffer[_position];
    }

    private int Next()
    {
        int next = PeekCharacter();
        _position += next < 0 ? 0 : 1;
        return next;
    }

    /// <summary>True for a control character that is not white space.</summary>
    public static bool IsControlCharacter(int character) => character is >= 0 and < ' ' and not ('\t' or '\r' or '\n');

    private void NoteControlCharacter() =>
        ControlCharacters = (ControlCharacters.Count + 1, ControlCharacters.Count == 0 ? Line : ControlCharacters.Line);

    private void Damage() => DamagedLine = DamagedLine == 0 ? Line : DamagedLine;
}
