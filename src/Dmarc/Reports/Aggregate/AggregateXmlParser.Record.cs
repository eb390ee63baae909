using Dmarc.Domains;

namespace Dmarc.Reports.Aggregate;

/// <content>One record.</content>
internal sealed partial class AggregateXmlParser
{
    /// <summary>A record as the standards have it: one row, one set of identifiers, one of results. Anything else is damage.</summary>
    private AggregateReportRow? ReadRecord()
    {
        CountRecord();
        RecordValues values = _values;
        values.Clear();
        bool hasRow = false;
        bool hasIdentifiers = false;
        bool hasResults = false;
        if (!_reader.IsEmptyElement)
        {
            while (ReadChild())
            {
                string name = _reader.LocalName;
            again:
                if (ReferenceEquals(name, _names.Row) && !hasRow)
                {
                    ReadRow(values);
                    hasRow = true;
                }
                else if ((ReferenceEquals(name, _names.Identifiers) || ReferenceEquals(name, _names.Identities)) && !hasIdentifiers)
                {
                    ReadIdentifiers(values);
                    hasIdentifiers = true;
                }
                else if (ReferenceEquals(name, _names.AuthResults) && !hasResults)
                {
                    ReadAuthResults(values);
                    hasResults = true;
                }
                else if (Fold(ref name))
                {
                    goto again;
                }
                else
                {
                    values.IsEmpty = false;
                    Foreign(values.Extensions, name, name);
                }
            }
        }

        return MakeRow();
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

    /// <summary>The row of the values that were read; null if there is none, or where damage left too little of it.</summary>
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

        return new AggregateReportRow(_report!, values);
    }

    /// <summary>True for a domain name. The rows of a report have mostly one and the same; letters beyond ASCII in a file with bytes of another encoding are a guess.</summary>
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

    private void ReadRow(RecordValues values)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        while (ReadChild())
        {
            values.IsEmpty = false;
            string name = _reader.LocalName;
        again:
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
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, "row/" + name);
            }
        }
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
            // The end of one row and the beginning of the next are gone.
            RefuseInOrder();
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

    private void ReadPolicyEvaluated(RecordValues values)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        while (ReadChild())
        {
            string name = _reader.LocalName;
        again:
            if (ReferenceEquals(name, _names.Disposition))
            {
                values.Disposition = ReportValueParser.Disposition(ReadText());
            }
            else if (ReferenceEquals(name, _names.Dkim))
            {
                values.DkimResult = ReportValueParser.Outcome(ReadText());
            }
            else if (ReferenceEquals(name, _names.Spf))
            {
                values.SpfResult = ReportValueParser.Outcome(ReadText());
            }
            else if (ReferenceEquals(name, _names.Reason))
            {
                ReadReason(values);
            }
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, "policy_evaluated/" + name);
            }
        }
    }

    private void ReadReason(RecordValues values)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        string type = "";
        string comment = "";
        while (ReadChild())
        {
            string name = _reader.LocalName;
        again:
            if (ReferenceEquals(name, _names.Type))
            {
                type = ReadText();
            }
            else if (ReferenceEquals(name, _names.Comment))
            {
                comment = ReadText();
            }
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, "reason/" + name);
            }
        }

        // Reporters write an empty reason where there is none.
        if (type.Length > 0 || comment.Length > 0)
        {
            Add(values.OverrideReasons, new OverrideReason(ReportValueParser.ReasonType(type), comment));
        }
    }

    private void ReadIdentifiers(RecordValues values)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        while (ReadChild())
        {
            values.IsEmpty = false;
            string name = _reader.LocalName;
        again:
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
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, "identifiers/" + name);
            }
        }
    }

    private void ReadAuthResults(RecordValues values)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        while (ReadChild())
        {
            values.IsEmpty = false;
            string name = _reader.LocalName;
        again:
            if (ReferenceEquals(name, _names.Dkim))
            {
                ReadAuthResult(values, isDkim: true);
            }
            else if (ReferenceEquals(name, _names.Spf))
            {
                ReadAuthResult(values, isDkim: false);
            }
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, "auth_results/" + name);
            }
        }
    }

    private void ReadAuthResult(RecordValues values, bool isDkim)
    {
        if (_reader.IsEmptyElement)
        {
            return;
        }

        string domain = "";
        string selector = "";
        string result = "";
        string human = "";
        string scope = "";
        bool any = false;
        while (ReadChild())
        {
            any = true;
            string name = _reader.LocalName;
        again:
            if (ReferenceEquals(name, _names.Domain))
            {
                domain = ReadName();
            }
            else if (ReferenceEquals(name, _names.Result))
            {
                result = ReadText();
            }
            else if (isDkim && ReferenceEquals(name, _names.Selector))
            {
                selector = ReadName();
            }
            else if (!isDkim && ReferenceEquals(name, _names.Scope))
            {
                scope = ReadText();
            }
            else if (ReferenceEquals(name, _names.HumanResult))
            {
                human = ReadText();
            }
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                Foreign(values.Extensions, name, (isDkim ? "dkim/" : "spf/") + name);
            }
        }

        if (!any)
        {
            return;
        }

        if (isDkim)
        {
            Add(values.Dkim, new ReportedDkim(domain, selector, ReportValueParser.DkimResult(result), human));
        }
        else
        {
            Add(values.Spf, new ReportedSpf(domain, ReportValueParser.Scope(scope), ReportValueParser.SpfResult(result), human));
        }
    }

    private void Add<T>(EntryBuffer<T> target, T item)
    {
        if (target.Count < _limits.MaxEntriesPerRecord)
        {
            target.Add(item);
        }
        else
        {
            _values.Flags |= RecordFlags.EntriesDropped;
        }
    }
}
