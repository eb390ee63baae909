using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Aggregate;

/// <content>Records of a repaired report: rows are separated by the order of their parts.</content>
internal sealed partial class AggregateXmlParser
{
    /// <summary>
    /// Reads the content between two boundaries. A row, its identifiers and its results follow each other; if the first
    /// part is repeated after another one, the next row begins. Several rows before one set of identifiers share it.
    /// </summary>
    private void ReadRecordInOrder()
    {
        RecordPart first = RecordPart.None;
        RecordPart last = RecordPart.None;
        if (!_reader.IsEmptyElement)
        {
            while (ReadChild())
            {
                string name = _reader.LocalName;
                _ = Fold(ref name);
                RecordPart part = name switch
                {
                    V.Row => RecordPart.Row,
                    V.Identifiers or V.Identities => RecordPart.Identifiers,
                    V.AuthResults => RecordPart.Results,
                    _ => RecordPart.None,
                };
                if (part == RecordPart.None)
                {
                    _values.IsEmpty = false;
                    ReadExtension(name);
                    continue;
                }

                bool isNext = part == first && last != first;
                last = ReadPart(part, isNext) ? part : last;
                first = first == RecordPart.None ? last : first;
            }
        }

        EndGroup();
    }

    /// <summary>Reads a part. False if it is empty.</summary>
    private bool ReadPart(RecordPart part, bool isNext)
    {
        if (part == RecordPart.Row)
        {
            return ReadRowInOrder(isNext);
        }

        if (part == RecordPart.Identifiers)
        {
            return ReadIdentifiersInOrder(isNext);
        }

        if (isNext)
        {
            NextGroup();
        }

        int entries = _values.Dkim.Count + _values.Spf.Count;
        ReadChildren(InResults);
        NoteRepeated(entries > 0 && _values.Dkim.Count + _values.Spf.Count > entries);
        return _values.Dkim.Count + _values.Spf.Count > entries;
    }

    private bool ReadRowInOrder(bool isNext)
    {
        RecordFlags flags = _values.Flags;
        _values.Flags = RecordFlags.None;
        int others = _rows.Count;
        RowPart before = _values.TakeRow();
        ReadChildren(InRow);
        RowPart read = _values.TakeRow();
        if ((_values.Flags & RecordFlags.CutOff) != 0)
        {
            // The evaluated policy follows the number of messages.
            read = read with { CountText = "" };
        }

        if (others == _rows.Count && read.IsEmpty || before.IsEmpty)
        {
            _values.SetRow(before.With(read));
            _values.Flags |= flags;
            return !read.IsEmpty;
        }

        if (isNext)
        {
            // Rows read consecutively belong to the next group.
            RowPart[] nextRows = [.. _rows.Skip(others)];
            _rows.RemoveRange(others, _rows.Count - others);
            RecordFlags own = _values.Flags;
            _values.Flags = flags;
            _values.SetRow(before);
            NextGroup();
            _values.Flags = own;
            _values.IsEmpty = false;
            _rows.AddRange(nextRows);
        }
        else
        {
            _values.Flags |= flags;
            _rows.Insert(others, before);
            MisplacedRows.Add(Here);
        }

        LimitRows();
        _values.SetRow(read);
        return true;
    }

    private bool ReadIdentifiersInOrder(bool isNext)
    {
        if (!isNext)
        {
            bool hadFrom = _values.HeaderFrom.Length > 0;
            string? envelopeFrom = _values.EnvelopeFrom;
            string? envelopeTo = _values.EnvelopeTo;
            ReadChildren(InIdentifiers);
            _values.EnvelopeFrom = hadFrom ? envelopeFrom ?? _values.EnvelopeFrom : _values.EnvelopeFrom;
            _values.EnvelopeTo = hadFrom ? envelopeTo ?? _values.EnvelopeTo : _values.EnvelopeTo;
            return _values.HeaderFrom.Length > 0;
        }

        NextGroup();
        ReadChildren(InIdentifiers);
        return true;
    }

    /// <summary>Limits the memory of one record: many rows without identifiers between them.</summary>
    private void LimitRows()
    {
        while (_rows.Count > _limits.MaxEntriesPerRecord)
        {
            _rows.RemoveAt(_rows.Count - 1);
            CutOffRecords.Add(Here);
        }
    }

    private void BeginGroup()
    {
        CountRecord();
        _values.Clear();
        _rows.Clear();
        _otherFroms.Clear();
    }

    private void NextGroup()
    {
        EndGroup();
        BeginGroup();
        MisplacedRows.Add(Here);
    }

    /// <summary>Makes the rows from the parts since the last boundary.</summary>
    private void EndGroup()
    {
        _rows.Add(_values.TakeRow());
        bool isPaired = _rows.Count > 1 && _otherFroms.Count == _rows.Count - 1;
        for (int number = 0; number < _rows.Count; number++)
        {
            if (isPaired && number > 0)
            {
                // As many identifiers as rows: each row has its own, in order.
                (_values.HeaderFrom, bool isOther) = _otherFroms[number - 1];
                (_values.EnvelopeFrom, _values.EnvelopeTo) = (null, null);
                if (isOther)
                {
                    RepeatedParts.TakeBack();
                }
            }

            _values.SetRow(_rows[number]);
            MakeRow();
        }

        _rows.Clear();
    }
}
