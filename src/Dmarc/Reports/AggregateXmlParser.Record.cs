namespace Dmarc.Reports;

/// <content>One record.</content>
internal sealed partial class AggregateXmlParser
{
    private AggregateReportRow? ReadRecord()
    {
        if (++Records > _limits.MaxRecords)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxRecords), _limits.MaxRecords, Strings.Reports_Limit_Records);
        }

        RecordValues values = _values;
        values.Clear();
        _cutOff = false;
        bool hasRow = false;
        bool hasIdentifiers = false;
        if (!_reader.IsEmptyElement)
        {
            while (ReadChild())
            {
                string name = _reader.LocalName;
            again:
                if (ReferenceEquals(name, _names.Row))
                {
                    ReadRow(values);
                    hasRow = !_cutOff;
                }
                else if (ReferenceEquals(name, _names.Identifiers) || ReferenceEquals(name, _names.Identities))
                {
                    ReadIdentifiers(values);
                    hasIdentifiers = !_cutOff;
                }
                else if (ReferenceEquals(name, _names.AuthResults))
                {
                    ReadAuthResults(values);
                }
                else if (Fold(ref name))
                {
                    goto again;
                }
                else
                {
                    values.IsEmpty = false;
                    ReadExtension(values.Extensions, name);
                }
            }
        }

        if (_cutOff)
        {
            _cutOff = false;
            if (!hasRow || !hasIdentifiers)
            {
                CutOffRecords++;
                return null;
            }

            values.Flags |= RecordFlags.CutOff;
        }

        if (values.IsEmpty)
        {
            EmptyRecords++;
            return null;
        }

        return new AggregateReportRow(_report!, values);
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
                values.SourceIP = _context.Addresses.Canonicalize(ReadText());
            }
            else if (ReferenceEquals(name, _names.Count))
            {
                ReadOnlySpan<char> text = ReadCharacters();
                bool isNumber = ReportValueParser.TryCount(text, out long count);
                values.Count = count;
                values.CountText = isNumber ? null : _context.Strings.Get(text);
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
                ReadExtension(values.Extensions, "row/" + name);
            }
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
                values.DispositionText = ReadText();
                values.Disposition = ReportValueParser.Disposition(values.DispositionText);
            }
            else if (ReferenceEquals(name, _names.Dkim))
            {
                values.DkimResultText = ReadText();
                values.DkimResult = ReportValueParser.Outcome(values.DkimResultText);
            }
            else if (ReferenceEquals(name, _names.Spf))
            {
                values.SpfResultText = ReadText();
                values.SpfResult = ReportValueParser.Outcome(values.SpfResultText);
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
                ReadExtension(values.Extensions, "policy_evaluated/" + name);
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
                ReadExtension(values.Extensions, "reason/" + name);
            }
        }

        // Reporters write an empty reason where there is none.
        if (type.Length > 0 || comment.Length > 0)
        {
            Add(values.OverrideReasons, new OverrideReason(ReportValueParser.ReasonType(type), type, comment));
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
                values.HeaderFrom = ReadText();
            }
            else if (ReferenceEquals(name, _names.EnvelopeFrom))
            {
                values.EnvelopeFrom = ReadText();
            }
            else if (ReferenceEquals(name, _names.EnvelopeTo))
            {
                values.EnvelopeTo = ReadText();
            }
            else if (Fold(ref name))
            {
                goto again;
            }
            else
            {
                ReadExtension(values.Extensions, "identifiers/" + name);
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
                ReadExtension(values.Extensions, "auth_results/" + name);
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
                domain = ReadText();
            }
            else if (ReferenceEquals(name, _names.Result))
            {
                result = ReadText();
            }
            else if (isDkim && ReferenceEquals(name, _names.Selector))
            {
                selector = ReadText();
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
                ReadExtension(values.Extensions, (isDkim ? "dkim/" : "spf/") + name);
            }
        }

        if (!any)
        {
            return;
        }

        if (isDkim)
        {
            Add(values.Dkim, new ReportedDkim(domain, selector, ReportValueParser.DkimResult(result), result, human));
        }
        else
        {
            Add(values.Spf, new ReportedSpf(domain, ReportValueParser.Scope(scope), scope, ReportValueParser.SpfResult(result), result, human));
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
