using System.Xml;
using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Aggregate;

/// <summary>
/// Reads aggregate reports from an <see cref="XmlReader"/>, one row per call. Element names are compared by reference
/// (the reader's name table returns the known ones); values are copied into one buffer and pooled, so that a row costs
/// little more than its own object.
/// </summary>
/// <remarks>
/// An unchanged report is read as in the standards: a known element in a wrong place is damage, like a missing tag. The
/// repairing reader then moves each element to its place, and this parser reads rows by the order of their parts.
/// </remarks>
internal sealed partial class AggregateXmlParser
{
    private readonly XmlReader _reader;
    private readonly AggregateParseContext _context;
    private readonly ReportReadLimits _limits;
    private readonly RecordValues _values;
    private readonly string _path;
    private readonly IOrganizationalDomainSource _organizationalDomains;
    private readonly Queue<AggregateReportRow> _held = new();
    private readonly FindingCollector _findings = new();
    private AggregateReport? _report;
    private ReportHeaderBuilder? _header;
    private int _feedbackDepth = -1;
    private readonly List<RowPart> _rows = [];
    private readonly List<(string Domain, bool IsOther)> _otherFroms = [];
    private readonly object _document;
    private readonly bool _repaired;
    private readonly char[] _next = new char[1];
    private bool _releaseHeld;
    private bool _valueMended;
    private bool _valueCut;
    private bool _inRecord;

    /// <summary>True if a limit shortened the current report before or after its records.</summary>
    private bool _headerShortened;
    private bool _ended;
    private int _begun;
    private string? _lastFrom;
    private bool _lastFromIsDomain;
    private long _emptyBefore;
    private long _recordLine;
    private int _length;

    public AggregateXmlParser(
        XmlReader reader, AggregateParseContext context, ReportReadLimits limits, string path,
        IOrganizationalDomainSource organizationalDomains, object document, bool repaired)
    {
        _document = document;
        _repaired = repaired;
        _reader = reader;
        _context = context;
        _limits = limits;
        _path = path;
        _organizationalDomains = organizationalDomains;
        _values = context.Values;
    }

    /// <summary>Determines whether bytes occurred that are invalid in the document's encoding.</summary>
    public Func<bool>? HasOtherBytes { get; init; }

    /// <summary>The number of reports: anything without metadata, policy and records is not one.</summary>
    public int Reports { get; private set; }

    /// <summary>The number of records in all reports.</summary>
    public long AllRecords { get; private set; }

    /// <summary>The number of records in the current report.</summary>
    public long Records { get; private set; }

    /// <summary>The name of the root element; null before it is read.</summary>
    public string? RootName { get; private set; }

    /// <summary>Empty records, which are left out.</summary>
    public PlaceTally EmptyRecords { get; } = new();

    /// <summary>Records left out because damage cost the address, the number of messages or the From domain.</summary>
    public PlaceTally CutOffRecords { get; } = new();

    /// <summary>Records written without an address, a number of messages or a From domain.</summary>
    public PlaceTally IncompleteRecords { get; } = new();

    /// <summary>Records without the DKIM or SPF evaluation, so that only the missing part decides.</summary>
    public PlaceTally UnevaluatedRecords { get; } = new();

    /// <summary>Rows separated by the order of their parts, because no tags separate them.</summary>
    public PlaceTally MisplacedRows { get; } = new();

    /// <summary>Repeated values and parts of records, of which the first counts.</summary>
    public PlaceTally RepeatedParts { get; } = new();

    /// <summary>The first repeated section of a report, and the two reports described by it; null if none.</summary>
    public (string Name, AggregateReport First, AggregateReport Second)? RepeatedHeader { get; private set; }

    /// <summary>The number of names in non-standard letter case.</summary>
    public long FoldedNames { get; private set; }

    /// <summary>The name of a foreign element around the report; null if none.</summary>
    public string? Wrapper { get; private set; }

    /// <summary>The findings about the completed reports.</summary>
    public PrintableList<Finding> Findings => _findings.ToList();

    /// <summary>The next row; null at the end of the document.</summary>
    /// <exception cref="XmlException">The document is damaged here.</exception>
    /// <exception cref="ReportLimitException">A limit was met.</exception>
    public AggregateReportRow? Read()
    {
        while (_held.Count == 0 || !(_releaseHeld || _ended))
        {
            if (_ended)
            {
                return null;
            }

            ReadNext();
            _releaseHeld |= _held.Count >= _limits.MaxHeldRecords;
        }

        return _held.Dequeue();
    }

    /// <summary>Gives up: <see cref="Read"/> returns what was held, then ends.</summary>
    public void Abandon()
    {
        FinishReport();
        _ended = true;
    }

    /// <summary>The number of the current record in the document and, if nothing was repaired, its line.</summary>
    private RowPlace Here => RowPlace.Record(AllRecords + Records, _recordLine);

    /// <summary>Advances by one element of the first level.</summary>
    private void ReadNext()
    {
        if (!_reader.Read())
        {
            Abandon();
            return;
        }

        switch (_reader.NodeType)
        {
            case XmlNodeType.Element:
                RootName ??= _reader.LocalName;
                CheckDepth();
                ReadFirstLevel(_reader.LocalName);
                break;
            case XmlNodeType.EndElement when _reader.Depth == _feedbackDepth:
                FinishReport();
                break;
            case XmlNodeType.ProcessingInstruction:
                NoteMarker();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when _feedbackDepth >= 0:
                RefuseInOrder();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA when !_repaired:
                _length = 0;
                ReadValue();
                RefuseInText();
                break;
        }
    }

    private void ReadFirstLevel(string name)
    {
        switch (name)
        {
            case V.Record:
                BeginReport();
                _inRecord = true;
                ReadRecord();
                _inRecord = false;
                break;

            // A report in a report is the same one, wrapped twice.
            case V.Feedback when _feedbackDepth >= 0:
                break;
            case V.Feedback:
                FinishReport();
                BeginReport();
                _feedbackDepth = _reader.IsEmptyElement ? -1 : _reader.Depth;
                break;
            case V.ReportMetadata:
                // A second report without a new root: two reports were concatenated.
                if (_header is { HasMetadata: true } && _feedbackDepth < 0)
                {
                    FinishReport();
                }

                BeginReport();
                ReadHeader(isPolicy: false, _header!.HasMetadata);
                NoteHeaderProgress();
                break;
            case V.PolicyPublished:
                BeginReport();
                ReadHeader(isPolicy: true, _header!.HasPolicy);
                NoteHeaderProgress();
                break;
            case V.Version when _report is not null:
                _report.Version = ReadText();
                break;
            case V.Extension when _report is not null:
                ReadExtension("");
                break;
            default:
                ReadOther(name);
                break;
        }
    }

    private void ReadOther(string name)
    {
        if (Fold(ref name))
        {
            ReadFirstLevel(name);
        }
        else if (_feedbackDepth >= 0)
        {
            Foreign(name, name);
        }
        else if (!_repaired && _report is not null && V.IsStructural(name))
        {
            throw new MisplacedElementException();
        }
        else
        {
            // A foreign element around the report: continue inside it.
            Wrapper ??= V.Find(name) is null ? _reader.Name : null;
        }
    }

    private void BeginReport()
    {
        if (_report is not null)
        {
            return;
        }

        Records = 0;
        _emptyBefore = EmptyRecords.Count;
        _headerShortened = false;
        _report = new AggregateReport(_path, _organizationalDomains)
        {
            Namespace = _reader.NamespaceURI,
            Place = new ReportPlace(_document, ++_begun),
        };
        _header = new ReportHeaderBuilder(_report);
        _releaseHeld = false;
    }

    private void NoteHeaderProgress()
    {
        _header!.Apply();
        _releaseHeld |= _header.HasMetadata && _header.HasPolicy;
    }

    private void FinishReport()
    {
        _feedbackDepth = -1;
        if (_report is null)
        {
            return;
        }

        _header!.Apply();
        if (_report.SaysAnything || Records > EmptyRecords.Count - _emptyBefore)
        {
            Reports++;
            AllRecords += Records;
            if (Records == 0)
            {
                _findings.Add(ReportFindings.NoRecords, null, _report.ReportId);
            }

            if (_headerShortened)
            {
                _findings.Add(ReportFindings.HeaderShortened, null);
            }

            _findings.AddRange(_report.Findings);
        }

        _releaseHeld = true;
        _report = null;
        _header = null;
    }

    private void NoteMarker()
    {
        if (_reader.Name == V.CutOffMarker)
        {
            _values.Flags |= RecordFlags.CutOff;
            _valueCut = _valueMended = true;
        }
        else if (_reader.Name == V.MendedMarker)
        {
            _values.Flags |= RecordFlags.Mended;
            _valueMended = true;
        }
    }

    /// <summary>Gives up on an unchanged report: an element is in a wrong place.</summary>
    private void RefuseInOrder()
    {
        if (!_repaired)
        {
            throw new MisplacedElementException();
        }
    }

    /// <summary>Likewise for a part of a report inside a value or a foreign element.</summary>
    private void RefuseInside()
    {
        if (!_repaired && V.IsStructural(_reader.LocalName))
        {
            throw new MisplacedElementException();
        }
    }

    private void CheckDepth()
    {
        if (_reader.Depth > _limits.MaxXmlDepth)
        {
            throw new ReportLimitException(nameof(ReportReadLimits.MaxXmlDepth), _limits.MaxXmlDepth, Strings.Reports_Limit_XmlDepth);
        }
    }

    /// <summary>Changes a name in another letter case to the known one. False if it is unknown.</summary>
    private bool Fold(ref string name)
    {
        string? found = V.Find(name);
        if (found is null || ReferenceEquals(found, name))
        {
            return false;
        }

        FoldedNames++;
        name = found;
        return true;
    }

    /// <summary>
    /// Moves to the next child element or, with <paramref name="orText"/>, to the next text; false at the end of the
    /// parent.
    /// </summary>
    private bool ReadChild(bool orText = false)
    {
        while (_reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    return true;
                case XmlNodeType.EndElement:
                    return false;
                case XmlNodeType.ProcessingInstruction:
                    NoteMarker();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when orText:
                    return true;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    RefuseInOrder();
                    break;
            }
        }

        return false;
    }

    /// <summary>Reads the text of the current element, and of the elements in it, into the buffer.</summary>
    private ReadOnlySpan<char> ReadCharacters()
    {
        _length = 0;
        _valueCut = _valueMended = false;
        if (_reader.IsEmptyElement)
        {
            return default;
        }

        int depth = 0;
        while (_reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Text:
                case XmlNodeType.CDATA:
                    ReadValue();
                    break;
                case XmlNodeType.EndElement when depth == 0:
                    return _context.Buffer.AsSpan(0, _length).Trim();
                case XmlNodeType.EndElement:
                    depth--;
                    break;
                case XmlNodeType.Element:
                    CheckDepth();
                    RefuseInside();
                    depth += _reader.IsEmptyElement ? 0 : 1;
                    break;
                case XmlNodeType.ProcessingInstruction:
                    NoteMarker();
                    break;
            }
        }

        return _context.Buffer.AsSpan(0, _length).Trim();
    }

    private void ReadValue()
    {
        while (_length < _context.Buffer.Length)
        {
            int wanted = _context.Buffer.Length - _length;
            int read = _reader.ReadValueChunk(_context.Buffer, _length, wanted);
            _length += read;
            if (read < wanted)
            {
                return;
            }
        }

        // The reader skips any rest of the value without holding it.
        if (_reader.ReadValueChunk(_next, 0, 1) > 0)
        {
            NoteLoss(RecordFlags.ValueShortened);
        }
    }

    /// <summary>Records that a limit shortened a record or the text outside records.</summary>
    private void NoteLoss(RecordFlags loss)
    {
        _values.Flags |= _inRecord ? loss : RecordFlags.None;
        _headerShortened |= !_inRecord;
    }

    private string ReadText() => _context.Strings.Get(ReadCharacters());

    /// <summary>
    /// Reads a name of a record. Invisible characters are removed, so that it is the same name in every group; their
    /// presence is recorded.
    /// </summary>
    private string ReadName()
    {
        string name = ReadName(out bool hadMarks);
        _values.Flags |= hadMarks ? RecordFlags.NameMarks : RecordFlags.None;
        return name;
    }

    /// <summary>Reads a name without invisible characters, and returns whether it had any.</summary>
    private string ReadName(out bool hadMarks)
    {
        string text = ReadText();
        hadMarks = InvisibleText.RemoveFrom(ref text);
        return hadMarks ? _context.Strings.Get(text.AsSpan()) : text;
    }
}
