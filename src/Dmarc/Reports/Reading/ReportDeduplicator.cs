using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Tells reports that were read before: the same organisation (in any case of letters), identifier, policy domain and time
/// (RFC 9990 §3.1.1.3 makes the identifier unique among the reports to the same domain; §3.5 leaves to the consumer what to do
/// with a copy). A report without an identifier is never taken for another, and none for another one of the same document.
/// Not for several threads at once.
/// </summary>
internal sealed class ReportDeduplicator
{
    private readonly HashSet<string> _incomplete = new(StringComparer.Ordinal);
    private readonly Seen _aggregate;
    private readonly Seen _tls;
    private readonly Dictionary<(string MessageId, string Report), (string First, HashSet<string> Others)> _knownFailures = [];

    /// <summary>Knows no report yet.</summary>
    public ReportDeduplicator() => (_aggregate, _tls) = (new Seen(_incomplete), new Seen(_incomplete));

    /// <summary>Whether a row belongs to a report that is read for the first time. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(AggregateReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        AggregateReport report = row.Report;
        notice = null;
        return _aggregate.IsLast(report, report.Place)
            ? _aggregate.LastIsNew
            : _aggregate.Add(report, report.Place, report.Key, [report.Key.Domain], report.OrganizationName, report.Path, out notice);
    }

    /// <summary>Whether a row belongs to a TLS report that is read for the first time. Rows of one report come one after the other.</summary>
    /// <param name="row">The row.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(TlsReportRow row, out ReportNotice? notice)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        TlsReport report = row.GetReport();
        notice = null;
        return _tls.IsLast(report, report.Place)
            ? _tls.LastIsNew
            : _tls.Add(report, report.Place, report.Key, report.Domains, report.OrganizationName, report.Path, out notice);
    }

    /// <summary>
    /// Whether a failure report is read for the first time. It has no identifier of its own: one is known again by the
    /// Message-ID of the message that carries it, with the source, the time and the Message-ID that it tells of, the check
    /// that failed and the signature, because a message may carry several (RFC 9991 §3).
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">Where it is a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice)
    {
        if (report is null)
        {
            throw new ArgumentNullException(nameof(report));
        }

        notice = null;
        if (report.ReportMessageId.Length == 0)
        {
            return true;
        }

        (string, string) key = (report.ReportMessageId, string.Join(
            "\n", report.SourceIP, report.WrittenArrivalDate.Text, report.MessageId, report.WrittenAuthFailure.Text, report.DkimDomain, report.DkimSelector));
        if (!_knownFailures.TryGetValue(key, out (string First, HashSet<string> Others) known))
        {
            _knownFailures[key] = (report.Path, []);
            return true;
        }

        // Two parts of one message are two reports, however alike they are.
        bool isOtherPart = report.Path != known.First && known.First.IndexOf('!') > 0 && Message(report.Path) == Message(known.First);
        if (isOtherPart && known.Others.Add(report.Path))
        {
            return true;
        }

        notice = new ReportNotice(report.Path, ReportFindings.Duplicate.Create(report.Reporter?.Address ?? "", report.ReportMessageId, known.First));
        return false;
    }

    /// <summary>The message that a part stands in, by their path.</summary>
    private static string Message(string path) => path.Substring(0, Math.Max(0, path.LastIndexOf('!')));

    /// <summary>Whether an item is of a report that is read for the first time; true for what is of no report.</summary>
    /// <param name="item">The item.</param>
    /// <param name="notice">What to tell the user, with the first row of a report: that it is a copy, or shares its identifier with another. Null otherwise.</param>
    public bool IsNew(ReportReadItem item, out ReportNotice? notice)
    {
        notice = null;
        return item.Row is { } row ? IsNew(row, out notice)
            : item.TlsRow is { } tls ? IsNew(tls, out notice)
            : item.FailureReport is not { } failure || IsNew(failure, out notice);
    }

    /// <summary>Remembers that damage cost rows of what was read, so that a whole copy of it is not left out without a word.</summary>
    /// <param name="path">The path of the content, as its rows have it.</param>
    public void NoteLoss(string path) => _incomplete.Add(path);

    /// <summary>The path of the content if an item says that rows of it are lost; null for any other item.</summary>
    /// <param name="item">The item.</param>
    public static string? LossOf(ReportReadItem item) =>
        item.Problem is { RowsBefore: > 0 } problem ? problem.Path
        : item.Notice is { } notice && IsLoss(notice.Finding.Code) ? notice.Path
        : null;

    private static bool IsLoss(string code) =>
        code == ReportFindings.CutOff.Code || code == ReportFindings.RecordsLeftOut.Code || code == ReportFindings.ValuesLost.Code
        || code == ReportFindings.CompressionDamaged.Code || code == TlsReportFindings.CutOff.Code || code == TlsReportFindings.RowsLeftOut.Code;

    /// <summary>The reports of one kind that were seen.</summary>
    private sealed class Seen(HashSet<string> incomplete)
    {
        private readonly Dictionary<ReportKey, (string Path, object? Document)> _known = [];
        private readonly Dictionary<(string Organization, string ReportId, string Domain), (string Path, ReportKey Key, bool IsTold)> _identifiers = [];
        private object? _last;
        private ReportPlace? _lastPlace;

        public bool LastIsNew { get; private set; }

        /// <summary>True for the report of the row before, also where a second pass over its document made another object of it.</summary>
        public bool IsLast(object report, ReportPlace? place)
        {
            if (ReferenceEquals(report, _last) || place is not null && place == _lastPlace)
            {
                _last = report;
                return true;
            }

            return false;
        }

        public bool Add(object report, ReportPlace? place, ReportKey key, IEnumerable<string> domains, string organization, string path, out ReportNotice? notice)
        {
            (_last, _lastPlace, LastIsNew, notice) = (report, place, true, null);
            if (key.ReportId.Length == 0)
            {
                return true;
            }

            if (_known.TryGetValue(key, out (string Path, object? Document) first))
            {
                LastIsNew = first.Document is not null && ReferenceEquals(first.Document, place?.Document);
                FindingDescriptor finding = LastIsNew ? ReportFindings.TwiceInDocument
                    : incomplete.Contains(first.Path) ? ReportFindings.DuplicateOfDamaged
                    : ReportFindings.Duplicate;
                notice = new ReportNotice(path, finding.Create(organization, key.ReportId, first.Path));
                return LastIsNew;
            }

            _known[key] = (path, place?.Document);
            foreach (string domain in domains)
            {
                ReportNotice? found = Compare(key, domain, organization, path);
                notice ??= found;
            }

            return true;
        }

        /// <summary>What is to be told if another report to the same domain has the identifier: of another time, or of the same with other domains beside it.</summary>
        private ReportNotice? Compare(ReportKey key, string domain, string organization, string path)
        {
            (string, string, string) identifier = (key.Organization, key.ReportId, domain);
            if (!_identifiers.TryGetValue(identifier, out (string Path, ReportKey Key, bool IsTold) other))
            {
                _identifiers[identifier] = (path, key, false);
                return null;
            }

            if (other.IsTold)
            {
                return null;
            }

            _identifiers[identifier] = (other.Path, other.Key, true);
            return new ReportNotice(path, other.Key.Begin == key.Begin && other.Key.End == key.End
                ? TlsReportFindings.PolicyTwice.Create(organization, key.ReportId, other.Path, domain)
                : ReportFindings.SameIdOtherTime.Create(organization, key.ReportId, other.Path));
        }
    }
}
