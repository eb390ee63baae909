namespace Dmarc.Reports.Aggregate;

/// <content>One record.</content>
internal sealed partial class AggregateXmlParser
{
    private EntryTexts _entry;
    private RecordParts _partsRead;

    [Flags]
    private enum RecordParts
    {
        None = 0,
        Row = 1,
        Identifiers = 2,
        Results = 4,
    }

    /// <summary>Reads a standard record: one row, one set of identifiers and of results. All else is damage.</summary>
    private AggregateReportRow? ReadRecord()
    {
        CountRecord();
        _values.Clear();
        _partsRead = RecordParts.None;
        ReadChildren(_values.Extensions, "", static (parser, name) => parser.ReadPartOfRecord(name));
        return MakeRow();
    }

    private bool ReadPartOfRecord(string name)
    {
        if (ReferenceEquals(name, _names.Row) && IsFirst(RecordParts.Row))
        {
            ReadRow(_values);
        }
        else if ((ReferenceEquals(name, _names.Identifiers) || ReferenceEquals(name, _names.Identities))
            && IsFirst(RecordParts.Identifiers))
        {
            ReadIdentifiers(_values);
        }
        else if (ReferenceEquals(name, _names.AuthResults) && IsFirst(RecordParts.Results))
        {
            ReadAuthResults(_values);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool IsFirst(RecordParts part)
    {
        bool isFirst = (_partsRead & part) == 0;
        _partsRead |= part;
        return isFirst;
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

    /// <summary>The row of the values; null if there is none, or damage left too little of it.</summary>
    private AggregateReportRow? MakeRow()
    {
        RecordValues values = _values;
        if (values.IsEmpty)
        {
            EmptyRecords.Add(Here);
            return null;
        }

        if (!values.IsComplete)
        {
            if ((values.Flags & (RecordFlags.Mended | RecordFlags.CutOff)) != 0)
            {
                CutOffRecords.Add(Here);
                return null;
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

        return new AggregateReportRow(_report!, values);
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

    private void ReadRow(RecordValues values) =>
        ReadChildren(values.Extensions, "row/", static (parser, name) => parser.ReadPartOfRow(name));

    private bool ReadPartOfRow(string name)
    {
        RecordValues values = _values;
        values.IsEmpty = false;
        if (ReferenceEquals(name, _names.SourceIP))
        {
            ReadSource(values);
        }
        else if (ReferenceEquals(name, _names.Count))
        {
            ReadCount(values);
        }
        else if (ReferenceEquals(name, _names.PolicyEvaluated))
        {
            ReadPolicyEvaluated(values);
        }
        else
        {
            return false;
        }

        return true;
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

    private void ReadPolicyEvaluated(RecordValues values) =>
        ReadChildren(values.Extensions, "policy_evaluated/", static (parser, name) => parser.ReadEvaluation(name));

    private bool ReadEvaluation(string name)
    {
        RecordValues values = _values;
        if (ReferenceEquals(name, _names.Disposition))
        {
            values.Disposition = AggregateWords.Disposition(ReadText());
        }
        else if (ReferenceEquals(name, _names.Dkim))
        {
            values.DkimResult = AggregateWords.Outcome(ReadText());
        }
        else if (ReferenceEquals(name, _names.Spf))
        {
            values.SpfResult = AggregateWords.Outcome(ReadText());
        }
        else if (ReferenceEquals(name, _names.Reason))
        {
            ReadReason(values);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadReason(RecordValues values)
    {
        _entry = new EntryTexts();
        ReadChildren(
            values.Extensions, "reason/", static (parser, name) => parser.ReadPartOfReason(name), static parser => parser.ReadBareReason());

        // Reporters write an empty reason instead of none.
        if (_entry.Type.Length > 0 || _entry.Comment.Length > 0)
        {
            Add(values.OverrideReasons, new OverrideReason(AggregateWords.ReasonType(_entry.Type), _entry.Comment));
        }
    }

    private bool ReadPartOfReason(string name)
    {
        if (ReferenceEquals(name, _names.Type))
        {
            _entry.Type = ReadText();
        }
        else if (ReferenceEquals(name, _names.Comment))
        {
            _entry.Comment = ReadText();
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Some reporters write the type of a reason, or its explanation, without an element.</summary>
    private void ReadBareReason()
    {
        string text = ReadBareText();
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

    private void ReadIdentifiers(RecordValues values) =>
        ReadChildren(values.Extensions, "identifiers/", static (parser, name) => parser.ReadIdentifier(name));

    private bool ReadIdentifier(string name)
    {
        RecordValues values = _values;
        values.IsEmpty = false;
        if (ReferenceEquals(name, _names.HeaderFrom))
        {
            ReadHeaderFrom(values);
        }
        else if (ReferenceEquals(name, _names.EnvelopeFrom))
        {
            values.EnvelopeFrom = ReadName();
        }
        else if (ReferenceEquals(name, _names.EnvelopeTo))
        {
            values.EnvelopeTo = ReadName();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadAuthResults(RecordValues values) =>
        ReadChildren(values.Extensions, "auth_results/", static (parser, name) => parser.ReadAuthResult(name));

    private bool ReadAuthResult(string name)
    {
        RecordValues values = _values;
        values.IsEmpty = false;
        if (ReferenceEquals(name, _names.Dkim))
        {
            ReadDkim(values);
        }
        else if (ReferenceEquals(name, _names.Spf))
        {
            ReadSpf(values);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadDkim(RecordValues values)
    {
        _entry = new EntryTexts();
        ReadChildren(values.Extensions, "dkim/", static (parser, name) => parser.ReadPartOfEntry(name, isDkim: true));
        if (_entry.IsWritten)
        {
            Add(values.Dkim, new ReportedDkim(_entry.Domain, _entry.Selector, AggregateWords.DkimResult(_entry.Result), _entry.Comment));
        }
    }

    private void ReadSpf(RecordValues values)
    {
        _entry = new EntryTexts();
        ReadChildren(values.Extensions, "spf/", static (parser, name) => parser.ReadPartOfEntry(name, isDkim: false));
        if (_entry.IsWritten)
        {
            Add(
                values.Spf,
                new ReportedSpf(
                    _entry.Domain, AggregateWords.Scope(_entry.Scope), AggregateWords.SpfResult(_entry.Result), _entry.Comment));
        }
    }

    private bool ReadPartOfEntry(string name, bool isDkim)
    {
        _entry.IsWritten = true;
        if (ReferenceEquals(name, _names.Domain))
        {
            _entry.Domain = ReadName();
        }
        else if (ReferenceEquals(name, _names.Result))
        {
            _entry.Result = ReadText();
        }
        else if (isDkim && ReferenceEquals(name, _names.Selector))
        {
            _entry.Selector = ReadName();
        }
        else if (!isDkim && ReferenceEquals(name, _names.Scope))
        {
            _entry.Scope = ReadText();
        }
        else if (ReferenceEquals(name, _names.HumanResult))
        {
            _entry.Comment = ReadText();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Add<T>(EntryBuffer<T> target, T item)
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
        public bool IsWritten = false;
        public string Domain = "";
        public string Selector = "";
        public string Result = "";
        public string Scope = "";
        public string Type = "";
        public string Comment = "";
    }
}
