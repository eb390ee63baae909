using System.Xml;
using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Aggregate;

/// <content>The parts of a report outside its records, and the elements in no standard.</content>
internal sealed partial class AggregateXmlParser
{
    /// <summary>
    /// Reads a header section of a report. A second section that says the same, or adds missing data, is merged; one
    /// that contradicts begins another report if records lie between the two, and is otherwise ignored.
    /// </summary>
    private void ReadHeader(bool isPolicy, bool isRepeated)
    {
        if (!isRepeated && !_header!.IsInherited)
        {
            ReadSection(isPolicy);
            return;
        }

        AggregateReport first = _report!;
        AggregateReport second = new(_path, _organizationalDomains);
        _report = second;
        ReadSection(isPolicy);
        _report = first;
        if (!isRepeated)
        {
            first.Take(second, isPolicy);
            _header!.IsInherited &= !isPolicy;
            return;
        }

        if (first.Complete(second, isPolicy))
        {
            return;
        }

        RepeatedHeader ??= (isPolicy ? V.PolicyPublished : V.ReportMetadata, first, second);
        if (Records > 0)
        {
            int depth = _feedbackDepth;
            FinishReport();
            BeginReport();
            _feedbackDepth = depth;
            _report.Namespace = first.Namespace;
            _report.Version = first.Version;
            _report.Take(first, !isPolicy);
            _report.Take(second, isPolicy);
            _header!.HasMetadata = true;
            _header.HasPolicy = isPolicy;
            _header.IsInherited = !isPolicy;
        }
    }

    private static readonly Section InDateRange = new(
        "date_range/",
        (V.Begin, parser => parser._report!.WrittenBegin = ReportValueParser.Time(parser.ReadText())),
        (V.End, parser => parser._report!.WrittenEnd = ReportValueParser.Time(parser.ReadText())));

    private static readonly Section InMetadata = new(
        "report_metadata/",
        (V.OrgName, parser => parser._report!.OrganizationName = parser.ReadText()),
        (V.Email, parser => parser._report!.OrganizationEmail = parser.ReadText()),
        (V.ExtraContactInfo, parser => parser._report!.ExtraContactInfo = parser.ReadText()),
        (V.ReportId, parser => parser._report!.ReportId = parser.ReadText()),
        (V.DateRange, parser => parser.ReadChildren(InDateRange)),
        (V.Error, parser => parser.ReadError()),
        (V.Generator, parser => parser._report!.Generator = parser.ReadNewText()));

    private static readonly Section InPolicy = new(
        "policy_published/",
        (V.Domain, parser => parser.ReadPolicyDomain()),
        (V.P, parser => parser._report!.WrittenPolicy = AggregateWords.Policy(parser.ReadText())),
        (V.Sp, parser => parser._report!.WrittenSubdomainPolicy = AggregateWords.Policy(parser.ReadText())),
        (V.Np, parser => parser._report!.WrittenNonexistentSubdomainPolicy = AggregateWords.Policy(parser.ReadText())),
        (V.Adkim, parser => parser._report!.WrittenDkimAlignmentMode = AggregateWords.AlignmentMode(parser.ReadText())),
        (V.Aspf, parser => parser._report!.WrittenSpfAlignmentMode = AggregateWords.AlignmentMode(parser.ReadText())),
        (V.Pct, parser => parser._report!.WrittenPercentage = AggregateWords.Percentage(parser.ReadOldText())),
        (V.Fo, parser => parser._report!.FailureOptions = parser.ReadText()),
        (V.Testing, parser => parser._report!.WrittenTesting = AggregateWords.Testing(parser.ReadNewText())),
        (V.DiscoveryMethod, parser =>
            parser._report!.WrittenDiscoveryMethod = AggregateWords.DiscoveryMethod(parser.ReadNewText())));

    private void ReadSection(bool isPolicy)
    {
        _header!.HasPolicy |= isPolicy;
        _header.HasMetadata |= !isPolicy;
        ReadChildren(isPolicy ? InPolicy : InMetadata);
    }

    private void ReadError()
    {
        string error = ReadText();
        if (error.Length > 0 && _header!.Errors.Count < _limits.MaxEntriesPerRecord)
        {
            _header.Errors.Add(error);
        }
        else if (error.Length > 0)
        {
            NoteLoss(RecordFlags.EntriesDropped);
        }
    }

    private void ReadPolicyDomain()
    {
        _report!.Domain = ReadName(out bool hadMarks);
        _report.HasNameMarks = hadMarks;
    }

    /// <summary>The text of an element that RFC 9990 introduced.</summary>
    private string ReadNewText()
    {
        _header!.HasRfc9990Elements = true;
        return ReadText();
    }

    /// <summary>The text of an element that RFC 9990 removed.</summary>
    private string ReadOldText()
    {
        _header!.HasRfc7489Elements = true;
        return ReadText();
    }

    /// <summary>
    /// Reads the children of the current element by name, in any letter case. Unknown ones are kept with their path.
    /// Text between the children is damage unless there is a way to read it. False if there are no children.
    /// </summary>
    private bool ReadChildren(Section section, Action<AggregateXmlParser>? readText = null)
    {
        if (_reader.IsEmptyElement)
        {
            return false;
        }

        bool any = false;
        while (ReadChild(orText: readText is not null))
        {
            if (_reader.NodeType != XmlNodeType.Element)
            {
                readText!(this);
                continue;
            }

            any = true;
            _values.IsEmpty &= ReferenceEquals(section, InRecord);
            string name = _reader.LocalName;
            Action<AggregateXmlParser>? read = section.Find(name);
            if (read is null && Fold(ref name))
            {
                read = section.Find(name);
            }

            if (read is not null)
            {
                read(this);
            }
            else
            {
                Foreign(name, section.Path + name);
            }
        }

        return any;
    }

    /// <summary>Keeps an element that may not occur here, unless it is a known one in a wrong place.</summary>
    private void Foreign(string name, string path)
    {
        if (!_repaired && V.IsTelling(name))
        {
            throw new MisplacedElementException();
        }

        _values.IsEmpty = false;
        ReadExtension(path);
    }

    /// <summary>Keeps the text of an unknown element and those in it, by name; leaves are kept without text.</summary>
    private void ReadExtension(string name)
    {
        if (_reader.IsEmptyElement)
        {
            AddExtension(name, _reader.NamespaceURI, "");
            return;
        }

        List<(string Name, string Namespace, bool HasChildren)> open = [(name, _reader.NamespaceURI, false)];
        _length = 0;
        while (open.Count > 0 && _reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    CheckDepth();
                    RefuseInside();
                    (string Name, string Namespace, bool HasChildren) parent = open[open.Count - 1];
                    open[open.Count - 1] = (parent.Name, parent.Namespace, true);
                    string path = parent.Name.Length == 0 ? _reader.LocalName : parent.Name + "/" + _reader.LocalName;
                    if (_reader.IsEmptyElement)
                    {
                        AddExtension(path, _reader.NamespaceURI, "");
                    }
                    else
                    {
                        open.Add((path, _reader.NamespaceURI, false));
                    }

                    _length = 0;
                    break;
                case XmlNodeType.Text:
                case XmlNodeType.CDATA:
                    ReadValue();
                    RefuseInText();
                    break;
                case XmlNodeType.EndElement:
                    (string Name, string Namespace, bool HasChildren) ended = open[open.Count - 1];
                    open.RemoveAt(open.Count - 1);
                    string value = _context.Strings.Get(_context.Buffer.AsSpan(0, _length).Trim());
                    _length = 0;
                    if (ended.Name.Length > 0 && (!ended.HasChildren || value.Length > 0))
                    {
                        AddExtension(ended.Name, ended.Namespace, value);
                    }

                    break;
                case XmlNodeType.ProcessingInstruction:
                    NoteMarker();
                    break;
            }
        }
    }

    /// <summary>Gives up on a report as it came: the tags of a part are characters of the text that was read, outside of records.</summary>
    private void RefuseInText()
    {
        if (!_repaired && !_inRecord && V.HasEscapedPart(_context.Buffer.AsSpan(0, _length), _feedbackDepth >= 0))
        {
            throw new MisplacedElementException();
        }
    }

    private void AddExtension(string name, string @namespace, string value) => Add(
        _inRecord ? _values.Extensions : _header!.Extensions,
        new ReportExtension(name.Length == 0 ? "extension" : name, @namespace, value));
}
