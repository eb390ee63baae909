using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Aggregate;

/// <content>One record.</content>
internal sealed partial class AggregateXmlParser
{
    private static readonly Section InReason = new(
        "reason/",
        (V.Type, parser => parser._entry.Type = parser.ReadText()),
        (V.Comment, parser => parser._entry.Comment = parser.ReadText()));

    private static readonly Section InEvaluation = new(
        "policy_evaluated/",
        (V.Disposition, parser => parser._values.Disposition = AggregateWords.Disposition(parser.ReadText())),
        (V.Dkim, parser => parser._values.DkimResult = AggregateWords.Outcome(parser.ReadText())),
        (V.Spf, parser => parser._values.SpfResult = AggregateWords.Outcome(parser.ReadText())),
        (V.Reason, parser => parser.ReadReason()));

    private static readonly Section InRow = new(
        "row/",
        (V.SourceIP, parser => parser.ReadSource(parser._values)),
        (V.Count, parser => parser.ReadCount(parser._values)),
        (V.PolicyEvaluated, parser => parser.ReadChildren(InEvaluation)));

    private static readonly Section InIdentifiers = new(
        "identifiers/",
        (V.HeaderFrom, parser => parser.ReadHeaderFrom(parser._values)),
        (V.EnvelopeFrom, parser => parser._values.EnvelopeFrom = parser.ReadName()),
        (V.EnvelopeTo, parser => parser._values.EnvelopeTo = parser.ReadName()));

    private static readonly Section InDkim = new(
        "dkim/",
        (V.Domain, parser => parser._entry.Domain = parser.ReadName()),
        (V.Result, parser => parser._entry.Result = parser.ReadText()),
        (V.Selector, parser => parser._entry.Selector = parser.ReadName()),
        (V.HumanResult, parser => parser._entry.Comment = parser.ReadText()));

    private static readonly Section InSpf = new(
        "spf/",
        (V.Domain, parser => parser._entry.Domain = parser.ReadName()),
        (V.Result, parser => parser._entry.Result = parser.ReadText()),
        (V.Scope, parser => parser._entry.Scope = parser.ReadText()),
        (V.HumanResult, parser => parser._entry.Comment = parser.ReadText()));

    private static readonly Section InResults = new(
        "auth_results/",
        (V.Dkim, parser => parser.ReadDkim()),
        (V.Spf, parser => parser.ReadSpf()));

    private static readonly Section InRecord = new(
        "",
        (V.Row, parser => parser.ReadOnce(RecordPart.Row, InRow)),
        (V.Identifiers, parser => parser.ReadOnce(RecordPart.Identifiers, InIdentifiers)),
        (V.Identities, parser => parser.ReadOnce(RecordPart.Identifiers, InIdentifiers)),
        (V.AuthResults, parser => parser.ReadOnce(RecordPart.Results, InResults)));

    private EntryTexts _entry;
    private RecordPart _partsRead;

    [Flags]
    private enum RecordPart
    {
        None = 0,
        Row = 1,
        Identifiers = 2,
        Results = 4,
    }

    /// <summary>Reads a standard record: one row, one set of identifiers and of results. All else is damage.</summary>
    private void ReadRecord()
    {
        BeginGroup();
        if (_repaired)
        {
            ReadRecordInOrder();
            return;
        }

        _partsRead = RecordPart.None;
        ReadChildren(InRecord);
        MakeRow();
    }

    private void ReadOnce(RecordPart part, Section section)
    {
        if ((_partsRead & part) != 0)
        {
            RefuseInOrder();
        }

        _partsRead |= part;
        ReadChildren(section);
    }

    private void NoteRepeated(bool isRepeated)
    {
        if (isRepeated)
        {
            RepeatedParts.Add(Here);
        }
    }

    private void CountRecord()
    {
        _recordLine = _repaired ? 0 : (_reader as System.Xml.IXmlLineInfo)?.LineNumber ?? 0;
        if (++Records > _limits.MaxRecords)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxRecords), _limits.MaxRecords, Strings.Reports_Limit_Records);
        }
    }

    /// <summary>Makes the row of the values, unless there are none, or damage left too little of them.</summary>
    private void MakeRow()
    {
        RecordValues values = _values;
        if (values.IsEmpty)
        {
            EmptyRecords.Add(Here);
            return;
        }

        if (!values.IsComplete)
        {
            if ((values.Flags & (RecordFlags.Mended | RecordFlags.CutOff)) != 0)
            {
                CutOffRecords.Add(Here);
                return;
            }

            IncompleteRecords.Add(Here);
        }
        else if (!_context.Addresses.IsRecurringAddress(values.SourceIP) || !IsDomain(values.HeaderFrom))
        {
            IncompleteRecords.Add(Here);
        }

        if (values.IsUnevaluated)
        {
            UnevaluatedRecords.Add(Here);
        }

        _held.Enqueue(new AggregateReportRow(_report!, values));
    }

    /// <summary>True for a domain name. Non-ASCII letters from invalid bytes are only a guess.</summary>
    private bool IsDomain(string text)
    {
        if (!ReferenceEquals(text, _lastFrom))
        {
            _lastFrom = text;
            _lastFromIsDomain = DomainName.TryParse(text, out _)
                && (HasOtherBytes is null || text.All(character => character <= '\x7E') || !HasOtherBytes());
        }

        return _lastFromIsDomain;
    }

    private void ReadSource(RecordValues values)
    {
        string address = _context.Addresses.Canonicalize(ReadText());
        if (values.SourceIP.Length == 0 && !_valueCut && (!_valueMended || SourceAddress.IsAddress(address)))
        {
            values.SourceIP = address;
        }
        else if (address.Length > 0 && values.SourceIP.Length > 0)
        {
            if (address == values.SourceIP && values.CountText is not null)
            {
                // Repeated before anything else of the row.
                return;
            }

            // The end of one row and the beginning of the next are missing.
            RefuseInOrder();
            MisplacedRows.Add(Here);
            _rows.Add(values.TakeRow());
            values.SourceIP = address;
        }
    }

    private void ReadCount(RecordValues values)
    {
        ReadOnlySpan<char> text = ReadCharacters();
        bool isNumber = ReportValueParser.TryCount(text, out long count);
        if (values.CountText is null)
        {
            // The first one counts.
            RefuseInOrder();
            NoteRepeated(!text.IsEmpty && !(isNumber && count == values.Count));
            return;
        }

        bool isCertain = isNumber && !_valueCut;
        values.Count = isCertain ? count : 0;
        values.CountText = isCertain ? null : _valueMended ? "" : _context.Strings.Get(text);
    }

    private void ReadHeaderFrom(RecordValues values)
    {
        string domain = ReadName();
        if (values.HeaderFrom.Length > 0)
        {
            RefuseInOrder();
            bool isOther = domain.Length > 0 && !string.Equals(domain, values.HeaderFrom, StringComparison.OrdinalIgnoreCase);
            NoteRepeated(isOther);
            if (_otherFroms.Count < _limits.MaxEntriesPerRecord)
            {
                _otherFroms.Add((!_valueCut && (!_valueMended || DomainName.TryParse(domain, out _)) ? domain : "", isOther));
            }
        }
        else if (!_valueCut && (!_valueMended || DomainName.TryParse(domain, out _)))
        {
            values.HeaderFrom = domain;
        }
    }

    private void ReadReason()
    {
        _entry = new EntryTexts();
        ReadChildren(InReason, static parser => parser.ReadBareReason());

        // Reporters write an empty reason instead of none.
        if (_entry.Type.Length > 0 || _entry.Comment.Length > 0)
        {
            Add(_values.OverrideReasons, new OverrideReason(AggregateWords.ReasonType(_entry.Type), _entry.Comment));
        }
    }

    /// <summary>Some reporters write the type of a reason, or its explanation, without an element.</summary>
    private void ReadBareReason()
    {
        _length = 0;
        ReadValue();
        string text = _context.Strings.Get(_context.Buffer.AsSpan(0, _length).Trim());
        if (_entry.Type.Length == 0 && AggregateWords.ReasonType(text).Value != OverrideReasonType.Unknown)
        {
            _entry.Type = text;
        }
        else if (_entry.Comment.Length == 0)
        {
            // The reporter's own words: they can have no other meaning.
            _entry.Comment = text;
        }
        else
        {
            RefuseInOrder();
        }
    }

    private void ReadDkim()
    {
        _entry = new EntryTexts();
        if (ReadChildren(InDkim))
        {
            Add(
                _values.Dkim,
                new ReportedDkim(
                    _entry.Domain, _entry.Selector, AggregateWords.DkimResult(_entry.Result), _entry.Comment));
        }
    }

    private void ReadSpf()
    {
        _entry = new EntryTexts();
        if (ReadChildren(InSpf))
        {
            Add(
                _values.Spf,
                new ReportedSpf(
                    _entry.Domain, AggregateWords.Scope(_entry.Scope), AggregateWords.SpfResult(_entry.Result), _entry.Comment));
        }
    }

    private void Add<T>(List<T> target, T item)
    {
        if (target.Count < _limits.MaxEntriesPerRecord)
        {
            target.Add(item);
        }
        else
        {
            NoteLoss(RecordFlags.EntriesDropped);
        }
    }

    /// <summary>The texts of one result or reason while it is read.</summary>
    private struct EntryTexts()
    {
        public string Domain = "";
        public string Selector = "";
        public string Result = "";
        public string Scope = "";
        public string Type = "";
        public string Comment = "";
    }

    /// <summary>The known children of an element, and how they are read.</summary>
    /// <param name="path">What the path of an unknown child begins with.</param>
    /// <param name="children">The names, constants of <see cref="ReportVocabulary"/>.</param>
    private sealed class Section(string path, params (string Name, Action<AggregateXmlParser> Read)[] children)
    {
        private readonly (string Name, Action<AggregateXmlParser> Read)[] _children = children;

        public string Path => path;

        public Action<AggregateXmlParser>? Find(string name)
        {
            foreach ((string known, Action<AggregateXmlParser> read) in _children)
            {
                if (ReferenceEquals(known, name))
                {
                    return read;
                }
            }

            return null;
        }
    }
}
