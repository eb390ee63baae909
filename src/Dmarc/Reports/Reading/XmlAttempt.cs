using System.Xml;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using Dmarc.Reports.Reading.Repair;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>One pass over an aggregate report, with its findings.</summary>
internal sealed class XmlAttempt : IDisposable
{
    /// <summary>The repairs with a warning of their own; null if it is given elsewhere.</summary>
    private static readonly Dictionary<RepairKind, FindingDescriptor?> OwnFindings = new()
    {
        [RepairKind.RecordBoundary] = null,
        [RepairKind.LostValue] = ReportFindings.ValuesLost,
        [RepairKind.RecordText] = ReportFindings.RecordsInText,
        [RepairKind.OpenSection] = ReportFindings.SectionOpen,
    };

    private readonly XmlReader? _reader;
    private readonly AggregateXmlParser? _parser;
    private readonly RepairLog _log = new();
    private readonly Stream? _input;

    public XmlAttempt(FileReading reading, ReportSource source, byte[] head, object document, bool repair)
    {
        BeginsWithDeclaration = ContentSniffer.BeginsWithDeclaration(head);
        try
        {
            Stream stream = new MarkupGuardStream(source.Open(), reading.Limits.MaxTextBytes);
            _input = stream;
            XmlReaderSettings settings = Settings(reading, repair);
            if (!repair && ReportEncoding.IsPlainUtf8(head))
            {
                _reader = XmlReader.Create(stream, settings);
            }
            else
            {
                TextReader text = ReportEncoding.OpenLenient(stream, head, _log);
                text = repair ? new RepairingTextReader(text, _log, reading.Limits.MaxXmlDepth) : text;
                _reader = XmlReader.Create(text, settings);
            }

            _parser = new AggregateXmlParser(
                _reader, reading.Parse, reading.Limits, source.Path, reading.OrganizationalDomains, document, repair)
            {
                HasOtherBytes = () => _log.ReplacedBytes > 0,
            };
        }
        catch (Exception exception) when (IsReadFailure(exception))
        {
            Failure = exception;
        }
    }

    /// <summary>The reason why the pass ended before the end of the content; null if it did not.</summary>
    public Exception? Failure { get; private set; }

    public int Reports => _parser?.Reports ?? 0;

    public string? RootName => _parser?.RootName;

    /// <summary>The number of records that damage made unreadable.</summary>
    public long LeftOut => _parser?.CutOffRecords.Count ?? 0;

    public bool IsCutOff => _log.CutOffLine > 0;

    /// <summary>True if the content has an XML declaration.</summary>
    public bool BeginsWithDeclaration { get; }

    public bool TryRead(out AggregateReportRow? row)
    {
        row = null;
        if (_parser is null)
        {
            return false;
        }

        try
        {
            row = _parser.Read();
        }
        catch (Exception exception) when (IsReadFailure(exception))
        {
            Failure = exception;

            // After damage, the second pass returns what was held; after anything else, there is none.
            if (exception is not XmlException)
            {
                _parser.Abandon();
                row = _parser.Read();
            }
        }

        return row is not null;
    }

    /// <summary>The findings about the content, once it has been read.</summary>
    public IEnumerable<Finding> Findings() => [.. RepairFindings(), .. _parser is null ? [] : ParserFindings(_parser)];

    private IEnumerable<Finding> RepairFindings()
    {
        if (_log.ReplacedBytes > 0)
        {
            yield return ReportFindings.BytesReplaced.Create(_log.ReplacedBytes, _log.ReplacedBytesLine);
        }

        foreach ((RepairKind kind, long count, long line) in _log.All())
        {
            if (!OwnFindings.TryGetValue(kind, out FindingDescriptor? own))
            {
                yield return ReportFindings.Repaired.Create(Name(kind), line, count);
            }
            else if (own is not null)
            {
                yield return own.Create(count, line);
            }
        }

        if (_log.Doubtful().ToList() is { Count: > 0 } doubtful)
        {
            yield return ReportFindings.RowsRepaired.Create(
                doubtful.Sum(repair => repair.Count),
                doubtful.Min(repair => repair.Line),
                string.Join(
                    "; ",
                    doubtful.OrderBy(repair => repair.Line).Select(repair =>
                        Sentences.Fill(Strings.Reports_Repair, Name(repair.Kind), repair.Line, repair.Count))));
        }
        else if (_log.CutOffLine == 0
            && _log.All().Any()
            && !_log.All().Any(repair => OwnFindings.ContainsKey(repair.Kind)))
        {
            yield return ReportFindings.RepairsCertain.Create();
        }

        if (_log.CutOffLine > 0)
        {
            yield return ReportFindings.CutOff.Create(_log.CutOffLine);
        }
    }

    private IEnumerable<Finding> ParserFindings(AggregateXmlParser parser) =>
    [
        .. parser.CutOffRecords.ToFindings(ReportFindings.RecordsLeftOut),
        .. MisplacedRows(parser),
        .. parser.IncompleteRecords.ToFindings(ReportFindings.RecordsIncomplete),
        .. parser.UnevaluatedRecords.ToFindings(ReportFindings.RecordsUnevaluated),
        .. parser.RepeatedParts.ToFindings(ReportFindings.PartsRepeated),
        .. RepeatedHeader(parser),
        .. parser.EmptyRecords.ToFindings(ReportFindings.EmptyRecords),
        .. parser.FoldedNames > 0 ? [ReportFindings.NamesFolded.Create(parser.FoldedNames)] : (Finding[])[],
        .. parser is { Wrapper: { } wrapper, Reports: > 0 } ? [ReportFindings.Wrapped.Create(wrapper)] : (Finding[])[],
        .. parser.Findings,
    ];

    private IEnumerable<Finding> MisplacedRows(AggregateXmlParser parser)
    {
        (long boundaries, long line) = _log.Of(RepairKind.RecordBoundary);
        return boundaries == 0
            ? parser.MisplacedRows.ToFindings(ReportFindings.RowsMisplaced)
            : [ReportFindings.RowsMisplaced.Create(
                parser.MisplacedRows.Count + boundaries, Sentences.Fill(Strings.Reports_Place_Line, line))];
    }

    private static IEnumerable<Finding> RepeatedHeader(AggregateXmlParser parser)
    {
        if (parser.RepeatedHeader is { } repeated)
        {
            bool isPolicy = repeated.Name == ReportVocabulary.PolicyPublished;
            yield return ReportFindings.SectionRepeated.Create(
                repeated.Name, repeated.First.Describe(isPolicy), repeated.Second.Describe(isPolicy));
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _input?.Dispose();
    }

    private static bool IsReadFailure(Exception exception) =>
        exception is XmlException or ReportLimitException or ReportRefusedException || IsInputFailure(exception);

    private static XmlReaderSettings Settings(FileReading reading, bool repair) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = !repair,
        ConformanceLevel = repair ? ConformanceLevel.Fragment : ConformanceLevel.Document,
        NameTable = reading.Parse.Names,
        CloseInput = true,
    };

    private static string Name(RepairKind kind) => kind switch
    {
        RepairKind.UnknownReference => Strings.Reports_Repair_UnknownReference,
        RepairKind.StrayLess => Strings.Reports_Repair_StrayLess,
        RepairKind.StrayAmpersand => Strings.Reports_Repair_StrayAmpersand,
        RepairKind.Character => Strings.Reports_Repair_Character,
        RepairKind.MissingEnd => Strings.Reports_Repair_MissingEnd,
        RepairKind.MissingStart => Strings.Reports_Repair_MissingStart,
        RepairKind.Misplaced => Strings.Reports_Repair_Misplaced,
        RepairKind.StrayText => Strings.Reports_Repair_StrayText,
        RepairKind.StrayEnd => Strings.Reports_Repair_StrayEnd,
        RepairKind.WrongEnd => Strings.Reports_Repair_WrongEnd,
        RepairKind.Foreign => Strings.Reports_Repair_Foreign,
        RepairKind.Attribute => Strings.Reports_Repair_Attribute,
        RepairKind.Outside => Strings.Reports_Repair_Outside,
        _ => Strings.Reports_Repair_Declaration,
    };
}
