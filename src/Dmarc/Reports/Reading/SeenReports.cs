using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <summary>
/// The reports of one kind that were seen. Rows come one report after the other; what was read of a report that turns out to be damaged is
/// remembered, so that a copy of it gives what is missing.
/// </summary>
internal sealed class SeenReports(RowMemory memory)
{
    private readonly Dictionary<ReportKey, SeenReport> _known = [];
    private readonly Dictionary<(string Organization, string ReportId, string Domain), Identifier> _identifiers = [];

    /// <summary>The reports and copies of the document that is read.</summary>
    private readonly List<SeenReport> _open = [];
    private readonly List<ReportCopy> _copies = [];
    private object? _last;
    private ReportPlace? _lastPlace;
    private string _path = "";
    private bool _isNew;
    private SeenReport? _current;
    private ReportCopy? _copy;
    private HashSet<string>? _knownDomains;

    /// <summary>True for the report of the row before, also where a second pass over its document made another object of it.</summary>
    public bool IsLast(object report, ReportPlace? place)
    {
        if (ReferenceEquals(report, _last) || (place is not null && place == _lastPlace))
        {
            _last = report;
            return true;
        }

        return false;
    }

    /// <summary>True if a row of another document than before follows, so that what is open can be settled.</summary>
    public bool IsOther(ReportPlace? place, string path) =>
        (_open.Count > 0 || _copies.Count > 0) && (path != _path || !ReferenceEquals(place?.Document, _lastPlace?.Document));

    /// <summary>Begins a report.</summary>
    /// <returns>What to tell the user: that it is a copy, or shares its identifier with another; null otherwise.</returns>
    public ReportNotice? Begin(ReportFacts facts)
    {
        (_last, _lastPlace, _path) = (facts.Report, facts.Place, facts.Path);
        (_isNew, _current, _copy, _knownDomains) = (true, null, null, null);
        if (facts.Key.ReportId.Length == 0)
        {
            return null;
        }

        return (_known.TryGetValue(facts.Key, out SeenReport? known) ? known : OtherPart(facts)) is { } first ? BeginCopy(facts, first) : BeginNew(facts);
    }

    /// <summary>Whether a row of the report that has begun is to be given out now.</summary>
    /// <param name="item">The row.</param>
    /// <param name="print">What it is known by.</param>
    /// <param name="domain">The domain that it is about.</param>
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

    /// <summary>Damage cost rows of what has a path, which is read now.</summary>
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

    /// <summary>The document has been read: its reports are whole, or known to be damaged. Gives out what was held back until now.</summary>
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
            // What to tell is known at the end.
            _copy = _copies.Find(copy => copy.First == known);
            if (_copy is null)
            {
                _copies.Add(_copy = new ReportCopy(known, facts, memory) { IsDamaged = facts.IsDamaged });
            }

            _known[facts.Key] = known;
            foreach (string domain in facts.Domains.Where(domain => !_identifiers.ContainsKey((facts.Key.Organization, facts.Key.ReportId, domain))))
            {
                _identifiers[(facts.Key.Organization, facts.Key.ReportId, domain)] = new Identifier(known);
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
        ReportNotice? notice = null;
        foreach (string domain in facts.Domains)
        {
            ReportNotice? found = Compare(facts, domain);
            notice ??= found;
        }

        return notice;
    }

    /// <summary>Another report with the identifier, of the same time, if one of the two is damaged: they differ in the domains that are left.</summary>
    private SeenReport? OtherPart(ReportFacts facts)
    {
        foreach (string domain in facts.Domains)
        {
            if (_identifiers.TryGetValue((facts.Key.Organization, facts.Key.ReportId, domain), out Identifier? other)
                && IsSameTime(other.First.Key, facts.Key)
                && !ReferenceEquals(other.First.Document, facts.Place?.Document)
                && (other.First.IsIncomplete || facts.IsDamaged))
            {
                return other.First;
            }
        }

        return null;
    }

    /// <summary>What is to be told if another report to the same domain has the identifier: of another time, or of the same with other domains beside it.</summary>
    private ReportNotice? Compare(ReportFacts facts, string domain)
    {
        (string, string, string) identifier = (facts.Key.Organization, facts.Key.ReportId, domain);
        if (!_identifiers.TryGetValue(identifier, out Identifier? other))
        {
            _identifiers[identifier] = new Identifier(_current!);
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
