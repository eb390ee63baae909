using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Repair;

/// <content>Tags, comments and declarations.</content>
internal sealed partial class RepairingTextReader
{
    private void ReadMarkup()
    {
        ReadOnlySpan<char> input = _input.AsSpan(_start, _end - _start);
        if (StartsWith(input, "<!--"))
        {
            SkipPast("-->", 4, emit: false);
        }
        else if (StartsWith(input, "<![CDATA["))
        {
            SkipPast("]]>", 9, emit: true);
        }
        else if (input.Length > 9 && input.Slice(0, 9).Equals("<!DOCTYPE".AsSpan(), StringComparison.OrdinalIgnoreCase) && !InLeaf)
        {
            throw new ReportRefusedException(ReportErrorIds.DtdProhibited, Strings.Reports_DtdProhibited);
        }
        else if (StartsWith(input, "<?") && !InLeaf)
        {
            ReadDeclaration(input);
        }
        else if (StartsWith(input, "</"))
        {
            ReadEndTag(input);
        }
        else
        {
            ReadStartTag(input);
        }
    }

    private static bool StartsWith(ReadOnlySpan<char> input, string text) => input.StartsWith(text.AsSpan());

    /// <summary>Passes over a comment, or gives the text of a CDATA section, without holding it.</summary>
    private void SkipPast(string end, int openingLength, bool emit)
    {
        _start += openingLength;
        while (true)
        {
            Fill(Lookahead);
            ReadOnlySpan<char> input = _input.AsSpan(_start, _end - _start);
            int found = input.IndexOf(end.AsSpan());
            int length = found >= 0 ? found : _sourceEnded ? input.Length : Math.Max(0, input.Length - end.Length - 1);
            Pass(input.Slice(0, length), emit);
            _start += length;
            if (found >= 0)
            {
                _start += end.Length;
                return;
            }

            if (_sourceEnded)
            {
                _log.CutOffLine = _line;
                return;
            }
        }
    }

    private void Pass(ReadOnlySpan<char> text, bool emit)
    {
        // No value is kept as long as this; what follows would only fill memory.
        if (!emit || _open.Count == 0 || _output.Length > 1 << 17)
        {
            CountLines(text);
            return;
        }

        while (!text.IsEmpty)
        {
            int special = text.IndexOfAny('<', '&');
            int length = special < 0 ? text.Length : special;
            EmitText(text.Slice(0, length));
            if (special < 0)
            {
                return;
            }

            _output.Append(text[special] == '<' ? "&lt;" : "&amp;");
            text = text.Slice(special + 1);
        }
    }

    private void CountLines(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            _line += character == '\n' ? 1 : 0;
        }
    }

    private void ReadDeclaration(ReadOnlySpan<char> input)
    {
        int end = input.IndexOf('>');
        if (end < 0)
        {
            StrayLess();
            return;
        }

        bool regular = input[end - 1] == '?' && (_open.Count > 0 || _line == 1);
        if (!regular)
        {
            _log.Add(RepairKind.Declaration, _line);
        }

        CountLines(input.Slice(0, end));
        _start += end + 1;
    }

    private void StrayLess()
    {
        _log.Add(RepairKind.StrayLess, _line);
        if (_open.Count > 0)
        {
            _output.Append("&lt;");
        }

        _start++;
    }

    private void ReadEndTag(ReadOnlySpan<char> input)
    {
        int end = input.IndexOf('>');
        if (end < 0 && _sourceEnded)
        {
            // The text breaks off in the tag.
            _start = _end;
            return;
        }

        ReadOnlySpan<char> name = end < 0 ? default : LocalName(input.Slice(2, end - 2).Trim());
        if (name.IsEmpty || input.Slice(2, end - 2).IndexOf('<') >= 0)
        {
            StrayLess();
            return;
        }

        int open = FindOpen(name);
        if (open == _open.Count - 1 && open >= 0)
        {
            _start += end + 1;
            Pop();
            return;
        }

        if (open >= 0)
        {
            _start += end + 1;
            CloseDownTo(open + 1);
            Pop();
            return;
        }

        if (InLeaf)
        {
            // Either a wrong name for the end of the value, or part of its text: its own end tag tells.
            if (NextEndTagIsOwn(input.Slice(end + 1)))
            {
                StrayLess();
                return;
            }

            _log.Add(RepairKind.WrongEnd, _line);
            _start += end + 1;
            Pop();
            return;
        }

        _log.Add(RepairKind.StrayEnd, _line);
        _start += end + 1;
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
                // The text breaks off in the tag.
                _start = _end;
                return;
            }

            StrayLess();
            return;
        }

        ReadOnlySpan<char> qualified = input.Slice(1, nameLength - 1);
        string local = LocalName(qualified).ToString();
        string? known = V.Find(local);
        bool isEmpty = input[end - 1] == '/';
        if (!Place(known, input.Slice(end + 1)))
        {
            StrayLess();
            return;
        }

        ReadOnlySpan<char> attributes = input.Slice(nameLength, end - nameLength - (isEmpty ? 1 : 0));
        CountLines(attributes);
        _start += end + 1;
        string parent = Parent;
        if (known is null && _open.Count == 0)
        {
            _log.Add(RepairKind.Foreign, _line);
            return;
        }

        if (_open.Count >= MostOpen)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxXmlDepth), MostOpen, Strings.Reports_Limit_XmlDepth);
        }

        // A name keeps its case where it is none of ours, so that an extension keeps its name.
        string name = known ?? local;
        _output.Append('<').Append(name);
        if (known == V.Feedback)
        {
            EmitNamespace(attributes, qualified);
        }

        if (isEmpty)
        {
            _output.Append("/>");
            return;
        }

        _output.Append('>');
        _open.Add(new OpenElement(name, known is not null && V.IsLeaf(known, parent)));
    }

    /// <summary>Makes room for an element where it may stand. False where the tag is part of a value's text.</summary>
    private bool Place(string? known, ReadOnlySpan<char> after)
    {
        if (InLeaf)
        {
            if (known is null || NextEndTagIsOwn(after))
            {
                return false;
            }

            int home = FindHome(known);
            if (home < 0)
            {
                return false;
            }

            CloseDownTo(home);
            return true;
        }

        if (known is null || V.MayContain(Parent, known))
        {
            return true;
        }

        int place = FindHome(known);
        if (place >= 0 && (V.Find(Parent) is not null && Parent != V.Extension || known is V.Record or V.ReportMetadata or V.PolicyPublished))
        {
            CloseDownTo(place);
        }

        return true;
    }

    /// <summary>How many elements stay open so that the element may stand in the last of them; -1 where it may stand nowhere.</summary>
    private int FindHome(string name)
    {
        for (int count = _open.Count; count >= 0; count--)
        {
            if (count > 0 && _open[count - 1].IsLeaf)
            {
                continue;
            }

            if (V.MayContain(count == 0 ? "" : _open[count - 1].Name, name))
            {
                return count;
            }
        }

        return -1;
    }

    private int FindOpen(ReadOnlySpan<char> name)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (name.Equals(_open[i].Name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True where the next end tag that belongs to the vocabulary closes the present element.</summary>
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

    /// <summary>Keeps the namespace of the report, by which its edition is told.</summary>
    private void EmitNamespace(ReadOnlySpan<char> attributes, ReadOnlySpan<char> qualified)
    {
        int colon = qualified.IndexOf(':');
        string declaration = colon < 0 ? "xmlns=" : "xmlns:" + qualified.Slice(0, colon).ToString() + "=";
        foreach (string known in new[] { V.Rfc9990Namespace, V.Rfc7489Namespace })
        {
            if (attributes.IndexOf((declaration + '"' + known + '"').AsSpan()) >= 0 || attributes.IndexOf((declaration + '\'' + known + '\'').AsSpan()) >= 0)
            {
                _output.Append(" xmlns=\"").Append(known).Append('"');
                return;
            }
        }
    }

    /// <summary>The end of a tag, outside of quoted values; -1 where another '&lt;' or the end of what was read comes first.</summary>
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

        // A quote that is never closed: the tag ends at the first '>'.
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

    // Letters beyond ASCII may stand in names, but not in those of reports; a tag with one is an extension.
    private static bool IsNameCharacter(char character, bool first) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || character == ':' && !first
        || !first && character is (>= '0' and <= '9') or '-' or '.';
}
