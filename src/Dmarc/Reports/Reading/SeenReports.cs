using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Reading;

/// <summary>
/// The reports of one kind read so far. Rows arrive one report after the other; the rows of a possibly damaged report
/// are remembered, so that a copy yields the missing ones.
/// </summary>
internal sealed class SeenReports(RowMemory memory)
{
    private readonly Dictionary<ReportKey, SeenReport> _known = [];
    private readonly Dictionary<(string Organization, string ReportId, string Domain), Identifier> _identifiers = [];

    /// <summary>The reports and copies of the current document.</summary>
    private readonly List<SeenReport> _open = [];
    private readonly List<ReportCopy> _copies = [];
    private object? _last;
    private ReportPlace? _lastPlace;
    private string _path = "";
    private bool _isNew;
    private SeenReport? _current;
    private ReportCopy? _copy;
    private HashSet<string>? _knownDomains;

    /// <summary>True for the report of the previous row, even as a new object of a second pass.</summary>
    public bool IsLast(object report, ReportPlace? place)
    {
        if (ReferenceEquals(report, _last) || (place is not null && place == _lastPlace))
        {
            _last = report;
            return true;
        }

        return false;
    }

    /// <summary>True if a row of another document follows, so that open reports can be settled.</summary>
    public bool IsOther(ReportPlace? place, string path) =>
        (_open.Count > 0 || _copies.Count > 0) && (path != _path || !ReferenceEquals(place?.Document, _lastPlace?.Document));

    /// <summary>Begins a report.</summary>
    /// <returns>The notice that it is a copy, or shares its identifier with another; otherwise null.</returns>
    public ReportNotice? Begin(ReportFacts facts)
    {
        (_last, _lastPlace, _path) = (facts.Report, facts.Place, facts.Path);
        (_isNew, _current, _copy, _knownDomains) = (true, null, null, null);
        if (facts.Key.ReportId.Length == 0)
        {
            return null;
        }

        return (_known.TryGetValue(facts.Key, out SeenReport? known) ? known : OtherPart(facts)) is { } first
            ? BeginCopy(facts, first)
            : BeginNew(facts);
    }

    /// <summary>Whether a row of the current report must be returned now.</summary>
    /// <param name="item">The row.</param>
    /// <param name="print">Makes the row's fingerprint.</param>
    /// <param name="domain">The domain of the row.</param>
    public bool Take(ReportReadItem item, Func<ReportReadItem, RowPrint> print, string domain)
    {
        if (_copy is not null)
        {
            return _copy.Take(item, print(item));
        }

        if (_knownDomains?.Contains(domain) == true)
        {
            return false;
        }

        if (_current is { Rows: not null })
        {
            _current.Remember(print(item));
        }

        return _isNew;
    }

    /// <summary>Records that damage cost rows of the current content with this path.</summary>
    public void NoteLoss(string path)
    {
        foreach (SeenReport report in _open.Where(report => IsIn(report.Path, path)))
        {
            report.IsIncomplete = true;
        }

        foreach (ReportCopy copy in _copies.Where(copy => IsIn(copy.Path, path)))
        {
            copy.IsDamaged = true;
        }
    }

    /// <summary>Settles the reports of a completed document, complete or damaged. Returns the held items.</summary>
    public IEnumerable<ReportReadItem> Settle()
    {
        List<ReportReadItem> late = [.. _copies.SelectMany(copy => copy.Finish())];
        foreach (SeenReport report in _open.Where(report => !report.IsIncomplete))
        {
            report.Forget();
        }

        _open.Clear();
        _copies.Clear();
        (_last, _lastPlace, _current, _copy) = (null, null, null, null);
        return late;
    }

    private static bool IsIn(string path, string container) =>
        path.StartsWith(container, StringComparison.Ordinal) && (path.Length == container.Length || path[container.Length] == '!');

    private ReportNotice? BeginCopy(ReportFacts facts, SeenReport known)
    {
        if (known.Document is not null && ReferenceEquals(known.Document, facts.Place?.Document))
        {
            _current = known;
            return Notice(facts, ReportFindings.TwiceInDocument, known);
        }

        _isNew = false;
        if (known.IsIncomplete && known.Rows is not null)
        {
            // The notice is known at the end.
            _copy = _copies.Find(copy => copy.First == known);
            if (_copy is null)
            {
                _copies.Add(_copy = new ReportCopy(known, facts, memory) { IsDamaged = facts.IsDamaged });
            }

            _known[facts.Key] = known;
            foreach (string domain in
                facts.Domains.Where(domain => !_identifiers.ContainsKey(facts.IdentifierTo(domain))))
            {
                _identifiers[facts.IdentifierTo(domain)] = new Identifier(known);
            }

            return null;
        }

        if (!known.IsIncomplete && facts.Domains.Except(known.Domains, StringComparer.Ordinal).Any())
        {
            (_isNew, _knownDomains) = (true, new HashSet<string>(known.Domains, StringComparer.Ordinal));
            return Notice(facts, TlsReportFindings.DamagedCopy, known);
        }

        return Notice(facts, known.IsIncomplete ? ReportFindings.DuplicateOfDamaged : ReportFindings.Duplicate, known);
    }

    private ReportNotice? BeginNew(ReportFacts facts)
    {
        _current = _known[facts.Key] = new SeenReport(facts, memory);
        _open.Add(_current);
        ReportNotice?[] notices = [.. facts.Domains.Select(domain => Compare(facts, domain))];
        return Array.Find(notices, notice => notice is not null);
    }

    /// <summary>Another report with the identifier and period, one of them damaged, so its domains differ.</summary>
    private SeenReport? OtherPart(ReportFacts facts) => facts.Domains
        .Select(domain =>
            _identifiers.TryGetValue(facts.IdentifierTo(domain), out Identifier? other) ? other.First : null)
        .FirstOrDefault(first => first is not null
            && IsSameTime(first.Key, facts.Key)
            && !ReferenceEquals(first.Document, facts.Place?.Document)
            && (first.IsIncomplete || facts.IsDamaged));

    /// <summary>The notice if the identifier was used to the same domain for another period or more domains.</summary>
    private ReportNotice? Compare(ReportFacts facts, string domain)
    {
        if (!_identifiers.TryGetValue(facts.IdentifierTo(domain), out Identifier? other))
        {
            _identifiers[facts.IdentifierTo(domain)] = new Identifier(_current!);
            return null;
        }

        if (other.IsTold)
        {
            return null;
        }

        other.IsTold = true;
        return new ReportNotice(facts.Path, IsSameTime(other.First.Key, facts.Key)
            ? TlsReportFindings.PolicyTwice.Create(facts.Organization, facts.Key.ReportId, other.First.Path, domain)
            : ReportFindings.SameIdOtherTime.Create(facts.Organization, facts.Key.ReportId, other.First.Path));
    }

    private static bool IsSameTime(ReportKey one, ReportKey other) => one.Begin == other.Begin && one.End == other.End;

    private static ReportNotice Notice(ReportFacts facts, FindingDescriptor finding, SeenReport known) =>
        new(facts.Path, finding.Create(facts.Organization, facts.Key.ReportId, known.Path));

    /// <summary>The first report to a domain with an identifier.</summary>
    private sealed class Identifier(SeenReport first)
    {
        public SeenReport First => first;

        public bool IsTold { get; set; }
    }
}
