namespace Dmarc.Reports.Reading.Repair;

/// <content>What begins with a less-than sign: tags are told from comments, literal sections and declarations, which are read here.</content>
internal sealed partial class RepairingTextReader
{
    private void ReadMarkup()
    {
        ReadOnlySpan<char> input = _input.AsSpan(_start, _end - _start);
        if (StartsWith(input, "<!--"))
        {
            SkipPast("<!--", "-->", emit: false);
        }
        else if (StartsWith(input, "<![CDATA["))
        {
            if (BeginsPart(input.Slice("<![CDATA[".Length), "<"))
            {
                _log.Add(RepairKind.RecordText, _line);
                _start += "<![CDATA[".Length;
                _isInSection = true;
            }
            else
            {
                SkipPast("<![CDATA[", "]]>", emit: true);
            }
        }
        else if (input.Length > 9 && input.Slice(0, 9).Equals("<!DOCTYPE".AsSpan(), StringComparison.OrdinalIgnoreCase) && !InLeaf)
        {
            throw new ReportRefusedException(ReportErrorIds.DtdProhibited, Strings.Reports_DtdProhibited);
        }
        else if (StartsWith(input, "<?") && !InLeaf)
        {
            ReadDeclaration(input);
        }
        else if (TornEnd(input) is var length and > 0)
        {
            _log.Add(RepairKind.WrongEnd, _line);
            Mark();
            _start += length;
            EndTop();
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

    /// <summary>Skips a comment, or gives the text of a CDATA section, without holding it.</summary>
    private void SkipPast(string start, string end, bool emit)
    {
        _start += start.Length;
        while (true)
        {
            Fill(Lookahead);
            ReadOnlySpan<char> input = _input.AsSpan(_start, _end - _start);
            int found = input.IndexOf(end.AsSpan());
            int length = found >= 0 ? found : _sourceEnded ? input.Length : Math.Max(0, input.Length - start.Length - 1);
            ReadOnlySpan<char> inside = input.Slice(0, length);
            if (inside.IndexOf(start.AsSpan()) >= 0)
            {
                // The first one was never closed: what stands between them was swallowed.
                _log.Add(RepairKind.OpenSection, _line);
                Mark();
            }

            Pass(inside, emit);
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
        if (!emit || _open.Count == 0 || _text.Length > FixedReadLimits.RepairedLength)
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

            EmitReference(text[special] == '<' ? "&lt;" : "&amp;");
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
        int less = input.Slice(1).IndexOf('<') + 1;
        if (end < 0 || less > 0 && less < end)
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
        if (_start + 1 < _end && _input[_start + 1] == '<')
        {
            // One too many in front of a tag, and no part of the value before it.
            Mark();
        }
        else
        {
            EmitReference("&lt;");
        }

        _start++;
    }
}
