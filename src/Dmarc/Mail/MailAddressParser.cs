namespace Dmarc.Mail;

/// <summary>
/// Reads address lists (RFC 5322 §3.4 with the obsolete forms of §4.4) from left to right: the text of an entry is a
/// phrase if an angle bracket follows, and an address otherwise.
/// </summary>
internal sealed class MailAddressParser(string text)
{
    private static readonly char[] EntryEnds = [',', ';', '<'];

    private readonly List<MailAddress> _addresses = [];
    private readonly StringBuilder _phrase = new();
    private readonly StringBuilder _bare = new();
    private readonly StringBuilder _comment = new();
    private int _position;
    private string _group = "";
    private string? _angle;
    private bool _hasAt;
    private int _entryEnd;
    private int _angleAt;
    private bool _isAfterSemicolon;

    /// <summary>
    /// True if the addresses are ambiguous: a comma between two is missing, a semicolon replaces it outside a group,
    /// words follow an address without angle brackets, or an address has two at signs.
    /// </summary>
    public bool IsAmbiguous { get; private set; }

    public List<MailAddress> Parse()
    {
        while (_position < text.Length && _addresses.Count < MailLimits.Addresses)
        {
            char character = text[_position];
            switch (character)
            {
                case '"':
                    ReadQuoted();
                    break;
                case '(':
                    ReadComment(_comment);
                    break;
                case '<':
                    ReadAngle();
                    break;
                case '[':
                    ReadLiteral();
                    break;
                case ',':
                    _position++;
                    Finish();
                    break;
                case ';':
                    _position++;
                    Finish();
                    _isAfterSemicolon |= _group.Length == 0 && _addresses.Count > 0;
                    _group = "";
                    break;
                case ':' when _angle is null && !_hasAt:
                    _position++;
                    _group = EncodedWords.Decode(_phrase.ToString()).Trim();
                    Clear();
                    break;
                default:
                    if (char.IsWhiteSpace(character) && !char.IsWhiteSpace(text[Math.Max(_position - 1, 0)]) && IsEndOfAddress())
                    {
                        IsAmbiguous = true;
                        Finish();
                        break;
                    }

                    _phrase.Append(character);
                    if (!char.IsWhiteSpace(character))
                    {
                        _bare.Append(character);
                        _hasAt |= character == '@';
                    }

                    _position++;
                    break;
            }
        }

        Finish();
        return _addresses;
    }

    /// <summary>
    /// True if a comma is missing after a bare address: an address with its domain precedes the blank, and a word
    /// follows before the next comma, semicolon or angle bracket. Blanks around dots and at sign are allowed (RFC 5322
    /// §4.4).
    /// </summary>
    private bool IsEndOfAddress()
    {
        if (!_hasAt || _angle is not null || _bare[_bare.Length - 1] is '@' or '.')
        {
            return false;
        }

        if (_entryEnd <= _position)
        {
            int end = text.IndexOfAny(EntryEnds, _position);
            _entryEnd = end < 0 ? text.Length : end;
        }

        int next = _position;
        while (next < _entryEnd && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        return next < _entryEnd
            && text[next] is not ('@' or '.' or '(' or '"' or '>')
            && (_entryEnd == text.Length || text[_entryEnd] != '<');
    }

    private void Finish()
    {
        string comment = EncodedWords.Decode(_comment.ToString()).Trim();
        if (_angle is not null)
        {
            // An address after the one in brackets is a further address, not a name.
            string bare = _bare.ToString();
            bool isFollowed = SplitAt(bare) >= 0;
            string name = EncodedWords.Decode(isFollowed ? _phrase.ToString(0, _angleAt) : _phrase.ToString()).Trim();
            Add(name.Length == 0 ? comment : name, _angle);
            if (isFollowed)
            {
                IsAmbiguous = true;
                Add("", bare);
            }
        }
        else if (_bare.Length > 0)
        {
            string bare = _bare.ToString();
            if (SplitAt(bare) >= 0)
            {
                Add(comment, bare);
            }
            else
            {
                // Words without an address: a name, or a local part without its domain.
                string words = EncodedWords.Decode(_phrase.ToString()).Trim();
                _addresses.Add(new MailAddress(words.IndexOf(' ') < 0 ? comment : words, words.IndexOf(' ') < 0 ? words : "", "", _group));
            }
        }

        Clear();
    }

    private void Add(string name, string address)
    {
        int at = SplitAt(address);
        IsAmbiguous |= _isAfterSemicolon || (at > 0 && SplitAt(address.Substring(0, at)) >= 0);
        string local = at < 0 ? address : address.Substring(0, at);
        string domain = at < 0 ? "" : address.Substring(at + 1);
        _addresses.Add(new MailAddress(name, Unquote(local), domain.TrimEnd('.'), _group));
    }

    /// <summary>The separating at sign: the last one outside quotes.</summary>
    private static int SplitAt(string address)
    {
        int at = -1;
        bool quoted = false;
        for (int i = 0; i < address.Length; i++)
        {
            if (address[i] == '\\')
            {
                i++;
            }
            else if (address[i] == '"')
            {
                quoted = !quoted;
            }
            else if (address[i] == '@' && !quoted)
            {
                at = i;
            }
        }

        return at;
    }

    private void Clear()
    {
        _phrase.Clear();
        _bare.Clear();
        _comment.Clear();
        _angle = null;
        _hasAt = false;
    }

    /// <summary>Reads a quoted string: unquoted in a phrase, as written in a local part.</summary>
    private void ReadQuoted()
    {
        int start = _position++;
        while (_position < text.Length && text[_position] != '"')
        {
            if (text[_position] == '\\' && _position + 1 < text.Length)
            {
                _position++;
            }

            _phrase.Append(text[_position++]);
        }

        _position = Math.Min(_position + 1, text.Length);
        _bare.Append(text, start, _position - start);
    }

    private void ReadComment(StringBuilder target)
    {
        int depth = 0;
        if (target.Length > 0)
        {
            target.Append(' ');
        }

        while (_position < text.Length)
        {
            char character = text[_position++];
            if (character == '(')
            {
                depth++;
                if (depth == 1)
                {
                    continue;
                }
            }
            else if (character == ')' && --depth == 0)
            {
                return;
            }
            else if (character == '\\' && _position < text.Length)
            {
                character = text[_position++];
            }

            target.Append(character);
        }
    }

    private void ReadLiteral()
    {
        int end = text.IndexOf(']', _position);
        end = end < 0 ? text.Length : end + 1;
        _phrase.Append(text, _position, end - _position);
        _bare.Append(text, _position, end - _position);
        _position = end;
    }

    /// <summary>Reads an address in brackets, without comments, white space and source route (RFC 5322 §4.4).</summary>
    private void ReadAngle()
    {
        StringBuilder address = new();
        StringBuilder ignored = new();
        _position++;
        while (_position < text.Length && text[_position] != '>')
        {
            char character = text[_position];
            if (character == '"')
            {
                int start = _position++;
                while (_position < text.Length && text[_position] != '"')
                {
                    _position += text[_position] == '\\' ? 2 : 1;
                }

                _position = Math.Min(_position + 1, text.Length);
                address.Append(text, start, _position - start);
            }
            else if (character == '(')
            {
                ReadComment(ignored);
            }
            else
            {
                if (!char.IsWhiteSpace(character) && character != '<')
                {
                    address.Append(character);
                }

                _position++;
            }
        }

        while (_position < text.Length && text[_position] == '>')
        {
            _position++;
        }

        string read = address.ToString();
        int route = read.Length > 0 && read[0] == '@' ? read.IndexOf(':') : -1;
        read = route < 0 ? read : read.Substring(route + 1);

        if (_angle is not null && SplitAt(_angle) >= 0 && SplitAt(read) >= 0)
        {
            // The words between the two are the name of the second.
            string between = _phrase.ToString(_angleAt, _phrase.Length - _angleAt);
            _phrase.Length = _angleAt;
            _bare.Clear();
            IsAmbiguous = true;
            Finish();
            _phrase.Append(between);
        }

        // Bracketed text without an address is a name beside the bracketed address.
        _angle = read.Length == 0 && _angle is not null ? _angle : read;
        _angleAt = _phrase.Length;
        _bare.Clear();
    }

    private static string Unquote(string local)
    {
        if (local.IndexOf('"') < 0)
        {
            return local;
        }

        StringBuilder builder = new();
        for (int i = 0; i < local.Length; i++)
        {
            if (local[i] == '\\' && i + 1 < local.Length)
            {
                builder.Append(local[++i]);
            }
            else if (local[i] != '"')
            {
                builder.Append(local[i]);
            }
        }

        return builder.ToString();
    }
}
