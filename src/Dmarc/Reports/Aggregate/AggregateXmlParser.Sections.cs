using System.Xml;

namespace Dmarc.Reports.Aggregate;

/// <content>The parts of a report.</content>
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

        RepeatedHeader ??= (isPolicy ? ReportVocabulary.PolicyPublished : ReportVocabulary.ReportMetadata, first, second);
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

    private void ReadSection(bool isPolicy)
    {
        if (isPolicy)
        {
            ReadPolicy();
        }
        else
        {
            ReadMetadata();
        }
    }

    private void ReadMetadata()
    {
        _header!.HasMetadata = true;
        ReadChildren(_header.Extensions, "report_metadata/", static (parser, name) => parser.ReadPartOfMetadata(name));
    }

    private bool ReadPartOfMetadata(string name)
    {
        AggregateReport report = _report!;
        ReportHeaderBuilder header = _header!;
        if (ReferenceEquals(name, _names.OrgName))
        {
            report.OrganizationName = ReadText();
        }
        else if (ReferenceEquals(name, _names.Email))
        {
            report.OrganizationEmail = ReadText();
        }
        else if (ReferenceEquals(name, _names.ExtraContactInfo))
        {
            report.ExtraContactInfo = ReadText();
        }
        else if (ReferenceEquals(name, _names.ReportId))
        {
            report.ReportId = ReadText();
        }
        else if (ReferenceEquals(name, _names.DateRange))
        {
            ReadDateRange();
        }
        else if (ReferenceEquals(name, _names.Error))
        {
            string error = ReadText();
            if (error.Length > 0 && header.Errors.Count < _limits.MaxEntriesPerRecord)
            {
                header.Errors.Add(error);
            }
            else if (error.Length > 0)
            {
                NoteLoss(RecordFlags.EntriesDropped);
            }
        }
        else if (ReferenceEquals(name, _names.Generator))
        {
            report.Generator = ReadText();
            header.HasRfc9990Elements = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadDateRange() =>
        ReadChildren(_header!.Extensions, "date_range/", static (parser, name) => parser.ReadTime(name));

    private bool ReadTime(string name)
    {
        AggregateReport report = _report!;
        if (ReferenceEquals(name, _names.Begin))
        {
            report.WrittenBegin = ReportValueParser.Time(ReadText());
        }
        else if (ReferenceEquals(name, _names.End))
        {
            report.WrittenEnd = ReportValueParser.Time(ReadText());
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadPolicy()
    {
        _header!.HasPolicy = true;
        ReadChildren(_header.Extensions, "policy_published/", static (parser, name) => parser.ReadPartOfPolicy(name));
    }

    private bool ReadPartOfPolicy(string name)
    {
        AggregateReport report = _report!;
        ReportHeaderBuilder header = _header!;
        if (ReferenceEquals(name, _names.Domain))
        {
            report.Domain = ReadName(out bool hadMarks);
            report.HasNameMarks = hadMarks;
        }
        else if (ReferenceEquals(name, _names.P))
        {
            report.WrittenPolicy = AggregateWords.Policy(ReadText());
        }
        else if (ReferenceEquals(name, _names.Sp))
        {
            report.WrittenSubdomainPolicy = AggregateWords.Policy(ReadText());
        }
        else if (ReferenceEquals(name, _names.Np))
        {
            report.WrittenNonexistentSubdomainPolicy = AggregateWords.Policy(ReadText());
        }
        else if (ReferenceEquals(name, _names.Adkim))
        {
            report.WrittenDkimAlignmentMode = AggregateWords.AlignmentMode(ReadText());
        }
        else if (ReferenceEquals(name, _names.Aspf))
        {
            report.WrittenSpfAlignmentMode = AggregateWords.AlignmentMode(ReadText());
        }
        else if (ReferenceEquals(name, _names.Pct))
        {
            report.WrittenPercentage = AggregateWords.Percentage(ReadText());
            header.HasRfc7489Elements = true;
        }
        else if (ReferenceEquals(name, _names.Fo))
        {
            report.FailureOptions = ReadText();
        }
        else if (ReferenceEquals(name, _names.Testing))
        {
            report.WrittenTesting = AggregateWords.Testing(ReadText());
            header.HasRfc9990Elements = true;
        }
        else if (ReferenceEquals(name, _names.DiscoveryMethod))
        {
            report.WrittenDiscoveryMethod = AggregateWords.DiscoveryMethod(ReadText());
            header.HasRfc9990Elements = true;
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>
    /// Reads the children of the current element by name, in any letter case. Unknown ones are kept with their path.
    /// Text between the children is damage unless there is a way to read it.
    /// </summary>
    private void ReadChildren(
        EntryBuffer<ReportExtension> extensions,
        string path,
        Func<AggregateXmlParser, string, bool> read,
        Action<AggregateXmlParser>? readText = null)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        while (ReadChild(orText: readText is not null))
        {
            if (_reader.NodeType != XmlNodeType.Element)
            {
                readText!(this);
                continue;
            }

            string name = _reader.LocalName;
            if (!read(this, name) && !(Fold(ref name) && read(this, name)))
            {
                Foreign(extensions, name, path + name);
            }
        }
    }

    /// <summary>Keeps an element that may not occur here, unless it is a known one in a wrong place.</summary>
    private void Foreign(EntryBuffer<ReportExtension> target, string name, string path)
    {
        if (!_repaired && ReportVocabulary.IsTelling(name))
        {
            throw new MisplacedElementException();
        }

        _values.IsEmpty &= !ReferenceEquals(target, _values.Extensions);
        ReadExtension(target, path);
    }

    /// <summary>Keeps the text of an unknown element and those in it, by name; leaves are kept without text.</summary>
    private void ReadExtension(EntryBuffer<ReportExtension> target, string name)
    {
        if (_reader.IsEmptyElement)
        {
            AddExtension(target, name, _reader.NamespaceURI, "");
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
                        AddExtension(target, path, _reader.NamespaceURI, "");
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
                        AddExtension(target, ended.Name, ended.Namespace, value);
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
        if (!_repaired && !_inRecord && ReportVocabulary.HasEscapedPart(_context.Buffer.AsSpan(0, _length), _feedbackDepth >= 0))
        {
            throw new MisplacedElementException();
        }
    }

    private void AddExtension(EntryBuffer<ReportExtension> target, string name, string @namespace, string value)
    {
        if (target.Count < _limits.MaxEntriesPerRecord)
        {
            target.Add(new ReportExtension(name.Length == 0 ? "extension" : name, @namespace, value));
        }
        else
        {
            NoteLoss(RecordFlags.EntriesDropped);
        }
    }
}
