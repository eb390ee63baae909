using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Reading.Repair;

/// <content>Parts of a report with escaped tags, or tags in a CDATA section, which are read as tags.</content>
internal sealed partial class RepairingTextReader
{
    private const string SectionEnd = "]]>";

    /// <summary>The longest of the references to markup characters.</summary>
    private const int MarkupReference = 6;

    private static readonly (string Reference, char Character)[] MarkupReferences =
    [
        ("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&apos;", '\''),
        ("&#60;", '<'), ("&#62;", '>'), ("&#x3c;", '<'), ("&#x3e;", '>'),
    ];

    /// <summary>True inside a CDATA section that is read as markup.</summary>
    private bool _isInSection;

    /// <summary>The start of the text still to be decoded, up to the next tag; -1 if none.</summary>
    private int _encoded = -1;

    /// <summary>
    /// True if the first tag of a text is an element allowed here: in a value, it belongs to the value; in a
    /// non-standard element, only elements that identify a part of a report count.
    /// </summary>
    private bool BeginsPart(ReadOnlySpan<char> text, string less)
    {
        int at = text.IndexOf(less.AsSpan());
        while (at >= 0 && at + less.Length < text.Length && text[at + less.Length] is '?' or '!')
        {
            // A declaration or a comment, which may come before the first tag.
            int next = text.Slice(at + less.Length).IndexOf(less.AsSpan());
            at = next < 0 ? -1 : at + less.Length + next;
        }

        if (at < 0 || InLeaf)
        {
            return false;
        }

        text = text.Slice(at + less.Length);
        int length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or ':'))
        {
            length++;
        }

        return length < text.Length
            && (text[length] is '>' or '/' or '&' || char.IsWhiteSpace(text[length]))
            && V.Find(LocalName(text.Slice(0, length)).ToString()) is { } name
            && (Top is { Kind: ElementKind.Container } ? V.IsTelling(name)
                : _hasAny ? V.IsStructural(name) && !_open.Exists(element => element.Name == V.Record)
                : name is V.Feedback or V.ReportMetadata);
    }

    /// <summary>Begins to read escaped tags as tags if one begins a part of a report. False if none does.</summary>
    private bool TakeEscapedPart(ReadOnlySpan<char> input)
    {
        int semicolon = input.IndexOf(';');
        if (_encoded >= 0 || semicolon < 0 || Decoded(input) != '<' || !BeginsPart(input, input.Slice(0, semicolon + 1).ToString()))
        {
            return false;
        }

        _log.Add(RepairKind.RecordText, _line);
        _encoded = _start;
        Decode();
        return true;
    }

    /// <summary>Decodes escaped text read so far.</summary>
    private void Decode()
    {
        int from = _encoded;
        int to = _encoded;
        while (_encoded >= 0 && from < _end)
        {
            ReadOnlySpan<char> rest = _input.AsSpan(from, _end - from);
            if (rest[0] == '&' && rest.Length < MarkupReference && !_sourceEnded)
            {
                break;
            }

            if (rest[0] == '<')
            {
                // A real tag: the text ends here.
                _encoded = -1;
                break;
            }

            char? character = rest[0] == '&' ? Decoded(rest) : null;
            _input[to++] = character ?? rest[0];
            from += character is null ? 1 : rest.IndexOf(';') + 1;
        }

        Array.Copy(_input, from, _input, to, _end - from);
        _end -= from - to;
        _encoded = _encoded < 0 ? -1 : to;
    }

    /// <summary>The markup character whose reference begins a text; otherwise null.</summary>
    private static char? Decoded(ReadOnlySpan<char> text)
    {
        foreach ((string reference, char character) in MarkupReferences)
        {
            if (text.StartsWith(reference.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return character;
            }
        }

        return null;
    }
}
