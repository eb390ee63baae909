using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Reading.Repair;

/// <content>Start tags and end tags.</content>
internal sealed partial class RepairingTextReader
{
    private void ReadEndTag(ReadOnlySpan<char> input)
    {
        int end = input.IndexOf('>');
        int less = input.Slice(2).IndexOf('<') + 2;
        if (end < 0 && less < 2 && _sourceEnded)
        {
            // The text is truncated in the tag.
            _start = _end;
            return;
        }

        ReadOnlySpan<char> name = end < 0 ? default : LocalName(input.Slice(2, end - 2).Trim().TrimEnd('/'));
        if (name.IsEmpty || less >= 2 && less < end)
        {
            StrayLess();
            return;
        }

        int open = FindOpen(name);
        if (open < 0 && InLeaf && NextEndTagIsOwn(input.Slice(end + 1)))
        {
            // Part of the value, whose own end tag follows.
            StrayLess();
            return;
        }

        _start += end + 1;
        if (open >= 0)
        {
            CloseDownTo(open + 1);
            EndTop();
        }
        else if (InLeaf)
        {
            EndLeaf(name);
        }
        else
        {
            EndUnopened(name);
        }
    }

    private void EndTop()
    {
        if (Top is { IsStartDamaged: true } damaged)
        {
            MendText(TagResidue.AfterStart(_text.ToString(), damaged.Name));
        }

        Pop();
    }

    /// <summary>
    /// The length of the current element's end tag with an extra '&lt;' or '&gt;' inside; 0 if there is none. Read as
    /// two pieces, it would leave one of them in the value, or open an element with the other's name.
    /// </summary>
    private int TornEnd(ReadOnlySpan<char> input)
    {
        string tag = "/" + (Top?.WrittenAs ?? Parent) + ">";
        if (_open.Count == 0 || input.Length < tag.Length + 2 || input[1] == '<')
        {
            return 0;
        }

        int matched = 0;
        int length = 1;
        for (; matched < tag.Length && length <= tag.Length + 1; length++)
        {
            if (char.ToLowerInvariant(input[length]) == char.ToLowerInvariant(tag[matched]))
            {
                matched++;
            }
            else if (input[length] is not ('<' or '>'))
            {
                return 0;
            }
        }

        return matched == tag.Length && length == tag.Length + 2 ? length : 0;
    }

    /// <summary>Ends a value whose end tag has another name.</summary>
    private void EndLeaf(ReadOnlySpan<char> name)
    {
        _log.Add(RepairKind.WrongEnd, _line);
        Mark();
        if (V.Find(name.ToString()) is not null && !TagResidue.IsLike(name, Parent))
        {
            // The end of one value and the beginning of another are missing, and the rest of both cannot be separated.
            MendText(null);
        }

        Pop();
    }

    /// <summary>An end tag of an element that is not open: its start tag, or the end tag itself, is damaged.</summary>
    private void EndUnopened(ReadOnlySpan<char> name)
    {
        string? known = V.Find(name.ToString());
        if (known is null)
        {
            for (int i = _open.Count - 1; i >= 0; i--)
            {
                if (_open[i].Kind != ElementKind.Foreign && TagResidue.IsLike(name, _open[i].Name))
                {
                    _log.Add(RepairKind.WrongEnd, _line);
                    CloseDownTo(i + 1);
                    Pop();
                    return;
                }
            }
        }
        else if (_hasText
            && Top is { Kind: ElementKind.Container }
            && FindPlace(known, default, out int keep, out IReadOnlyList<string> path)
            && keep == _open.Count)
        {
            string parent = path.Count == 0 ? Parent : path[path.Count - 1];
            if (V.IsLeaf(known, parent))
            {
                string? value = TagResidue.AfterStart(_text.ToString(), known);
                _log.Add(RepairKind.MissingStart, _line);
                _text.Clear();
                _hasText = false;
                OpenAll(path, 0);
                Open(known, ElementKind.Leaf);
                Mark();
                MendText(value);
                Pop();
                return;
            }
        }

        _hasEnd |= known == V.Feedback;
        _log.Add(RepairKind.StrayEnd, _line);
        Mark();
    }

    private void ReadStartTag(ReadOnlySpan<char> input)
    {
        int nameLength = 1;
        while (nameLength < input.Length && IsNameCharacter(input[nameLength], first: nameLength == 1))
        {
            nameLength++;
        }

        if (nameLength == 1 || nameLength < input.Length && !(input[nameLength] is '>' or '/' or ' ' or '\t' or '\r' or '\n'))
        {
            StrayLess();
            return;
        }

        int end = FindTagEnd(input, nameLength);
        if (end < 0)
        {
            if (_sourceEnded && input.IndexOf('>') < 0 && input.Slice(1).IndexOf('<') < 0)
            {
                // The text is truncated in the tag.
                _start = _end;
                return;
            }

            StrayLess();
            return;
        }

        ReadOnlySpan<char> qualified = input.Slice(1, nameLength - 1);
        string local = LocalName(qualified).ToString();
        string? known = V.Find(local);
        ReadOnlySpan<char> after = input.Slice(end + 1);
        bool isEmpty = input[end - 1] == '/';
        if (InLeaf)
        {
            if (known == Parent && !isEmpty && (!_hasText || !NextEndTagIsOwn(after)))
            {
                // The end tag without its '/', or a repeated start tag.
                _log.Add(RepairKind.WrongEnd, _line);
                Mark();
                _start += end + 1;
                if (_hasText)
                {
                    MendText(TagResidue.BeforeEnd(_text.ToString(), Parent));
                    Pop();
                }

                return;
            }

            if (known is null || NextEndTagIsOwn(after) || !FindPlace(known, after, out _, out _))
            {
                StrayLess();
                return;
            }
        }
        else if (Top is { Kind: ElementKind.Container }
            && (known is null || !V.MayContain(Parent, known))
            && ValueOf(after, local) is { } meant)
        {
            // Only the end tag of a value has its correct name.
            _log.Add(RepairKind.WrongEnd, _line);
            TakeText();
            Open(meant, ElementKind.Leaf);
            Top!.IsStartDamaged = true;
            Mark();
            _start += end + 1;
            return;
        }

        ReadOnlySpan<char> attributes = input.Slice(nameLength, end - nameLength - (isEmpty ? 1 : 0));
        CountLines(attributes);
        _start += end + 1;
        if (known is null && _open.Count == 0)
        {
            _log.Add(RepairKind.Foreign, _line);
            return;
        }

        if (known is not null)
        {
            MakePlace(known, after);
        }

        TakeText();

        // An unknown name keeps its letter case, so that an extension keeps its name.
        string name = known ?? local;
        if (isEmpty)
        {
            WriteForeign();
            _output.Append('<').Append(name).Append("/>");
            return;
        }

        ElementKind kind = known is null or V.Extension ? ElementKind.Foreign
            : V.IsLeaf(known, Parent) ? ElementKind.Leaf
            : ElementKind.Container;
        Open(name, kind, attributes: known == V.Feedback ? Namespace(attributes, qualified) : "");
    }

    /// <summary>The value under a damaged name: the known one with the next end tag and only text before it.</summary>
    private string? ValueOf(ReadOnlySpan<char> after, string written)
    {
        int less = after.IndexOf('<');
        if (less < 0 || less + 1 >= after.Length || after[less + 1] != '/')
        {
            return null;
        }

        after = after.Slice(less + 2);
        int end = after.IndexOf('>');
        string? known = end < 0 ? null : V.Find(LocalName(after.Slice(0, end).Trim()).ToString());
        return known is not null && !known.Equals(written, StringComparison.OrdinalIgnoreCase)
            && V.MayContain(Parent, known) && V.IsLeaf(known, Parent) ? known : null;
    }

    private int FindOpen(ReadOnlySpan<char> name)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (name.Equals((_open[i].WrittenAs ?? _open[i].Name).AsSpan(), StringComparison.OrdinalIgnoreCase)
                || name.Equals(_open[i].Name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True if the next known end tag closes the current element.</summary>
    private bool NextEndTagIsOwn(ReadOnlySpan<char> input)
    {
        while (true)
        {
            int at = input.IndexOf("</".AsSpan());
            if (at < 0)
            {
                return false;
            }

            input = input.Slice(at + 2);
            int end = input.IndexOf('>');
            if (end < 0)
            {
                return false;
            }

            ReadOnlySpan<char> name = LocalName(input.Slice(0, end).Trim());
            if (name.Equals(Parent.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (V.Find(name.ToString()) is not null)
            {
                return false;
            }
        }
    }

    /// <summary>Keeps the namespace of the report, which shows its edition.</summary>
    private static string Namespace(ReadOnlySpan<char> attributes, ReadOnlySpan<char> qualified)
    {
        int colon = qualified.IndexOf(':');
        string declaration = colon < 0 ? "xmlns=" : "xmlns:" + qualified.Slice(0, colon).ToString() + "=";
        foreach (string known in new[] { V.Rfc9990Namespace, V.Rfc7489Namespace })
        {
            if (attributes.IndexOf((declaration + '"' + known + '"').AsSpan()) >= 0
                || attributes.IndexOf((declaration + '\'' + known + '\'').AsSpan()) >= 0)
            {
                return " xmlns=\"" + known + '"';
            }
        }

        return "";
    }

    /// <summary>The end of a tag, outside quoted values; -1 if another '&lt;' or the buffer's end is first.</summary>
    private int FindTagEnd(ReadOnlySpan<char> input, int from)
    {
        char quote = '\0';
        for (int i = from; i < input.Length; i++)
        {
            char character = input[i];
            if (quote == 0 && character == '>')
            {
                return i;
            }

            if (character == '<')
            {
                break;
            }

            if (character == quote)
            {
                quote = '\0';
            }
            else if (quote == 0 && character is '"' or '\'')
            {
                quote = character;
            }
        }

        if (quote == 0)
        {
            return -1;
        }

        // An unclosed quote: the tag ends at the first '>'.
        int end = input.IndexOf('>');
        int less = input.Slice(1).IndexOf('<');
        if (end < 0 || less >= 0 && less + 1 < end)
        {
            return -1;
        }

        _log.Add(RepairKind.Attribute, _line);
        return end;
    }

    private static ReadOnlySpan<char> LocalName(ReadOnlySpan<char> qualified)
    {
        int space = qualified.IndexOfAny(' ', '\t', '\n');
        ReadOnlySpan<char> name = space < 0 ? qualified : qualified.Slice(0, space);
        int colon = name.LastIndexOf(':');
        return colon < 0 || colon == name.Length - 1 ? name.TrimEnd(':') : name.Slice(colon + 1);
    }

    // XML allows non-ASCII letters in names, but reports have none; a tag with one is an extension.
    private static bool IsNameCharacter(char character, bool first) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || character == ':' && !first
        || !first && character is (>= '0' and <= '9') or '-' or '.';
}
