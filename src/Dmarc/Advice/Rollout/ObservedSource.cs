using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// What rows say of one source and From domain: sums over all rows, and the evidence of the last two weeks in which it sent,
/// so that a source that was fixed is seen as it is now, and one that sends once a month is not forgotten.
/// </summary>
/// <param name="source">The address, or the network.</param>
/// <param name="headerFrom">The From domain.</param>
/// <param name="organizationalDomains">Tells which domains belong to the same organisation.</param>
/// <param name="keepsAll">True if the evidence of all weeks is wanted besides.</param>
internal sealed class ObservedSource(
    string source, string headerFrom, IOrganizationalDomainSource organizationalDomains, bool keepsAll = false)
{
    private SourceEvidence? _older;
    private SourceEvidence? _last;
    private SourceEvidence? _before;
    private int _lastWeek = int.MinValue;
    private int _beforeWeek = int.MinValue;
    private ulong _failedDays;

    public string Source => source;

    public string HeaderFrom => headerFrom;

    public long Messages { get; private set; }

    public long Failed { get; private set; }

    public DateTime? LastFailed { get; private set; }

    public DateTime? LastSeen { get; private set; }

    /// <summary>On how many different days it failed; counted up to 64.</summary>
    public int FailedDays
    {
        get
        {
            int days = 0;
            for (ulong rest = _failedDays; rest != 0; rest &= rest - 1)
            {
                days++;
            }

            return days;
        }
    }

    /// <summary>True if a row has no date that can be believed, so that it may be of yesterday.</summary>
    public bool HasUndated { get; private set; }

    /// <summary>The evidence of the last two weeks in which it sent.</summary>
    public SourceEvidence Recent => Sum(_last, _before);

    /// <summary>The evidence of all rows, if that was asked for.</summary>
    public SourceEvidence All => Sum(_older, _before, _last);

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="week">The week it belongs to, counted from any; the least number where it has no believable date.</param>
    public void Add(AggregateReportRow row, int week)
    {
        Messages = Saturating.Add(Messages, row.Count);
        if (week == int.MinValue)
        {
            HasUndated = true;
        }
        else if (row.End is { } end)
        {
            LastSeen = LastSeen > end ? LastSeen : end;
        }

        if (row.Passed == false)
        {
            Failed = Saturating.Add(Failed, row.Count);
            if (row.Begin is { } begin)
            {
                _failedDays |= 1UL << (int)(begin.Ticks / TimeSpan.TicksPerDay % 64);
            }

            LastFailed = LastFailed > row.End ? LastFailed : row.End ?? LastFailed;
        }

        (EvidenceOf(week) ?? (keepsAll ? _older ??= New() : null))?.Add(row);
    }

    /// <summary>Adds a row that does not say whether it passed to the evidence of all rows, which is asked for.</summary>
    public void AddUnevaluated(AggregateReportRow row) => (_older ??= New()).Add(row);

    private SourceEvidence New() => new(source, headerFrom, organizationalDomains);

    private SourceEvidence Sum(params SourceEvidence?[] weeks)
    {
        SourceEvidence sum = New();
        foreach (SourceEvidence? week in weeks)
        {
            if (week is not null)
            {
                sum.Add(week);
            }
        }

        return sum;
    }

    /// <summary>Lets go of the evidence of a week, which the sum of all keeps if it is wanted.</summary>
    private void Retire(SourceEvidence? week)
    {
        if (keepsAll && week is not null)
        {
            (_older ??= New()).Add(week);
        }
    }

    private SourceEvidence? EvidenceOf(int week)
    {
        if (_last is null || week > _lastWeek)
        {
            Retire(_before);
            (_before, _beforeWeek) = (_last, _lastWeek);
            (_last, _lastWeek) = (New(), week);
            return _last;
        }

        if (week == _lastWeek)
        {
            return _last;
        }

        if (_before is null || week > _beforeWeek)
        {
            Retire(_before);
            (_before, _beforeWeek) = (New(), week);
            return _before;
        }

        return week == _beforeWeek ? _before : null;
    }
}
