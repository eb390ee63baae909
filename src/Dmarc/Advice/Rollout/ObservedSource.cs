using Dmarc.Advice.Sources;
using Dmarc.Domains;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// What rows say of one source and From domain: sums over all rows, and the evidence of the last two weeks in which it sent,
/// so that a source that was mended is seen as it is now, and one that sends once a month is not forgotten.
/// </summary>
internal sealed class ObservedSource(string source, string headerFrom, IOrganizationalDomainSource organizationalDomains)
{
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

    /// <summary>True where a row has no date that can be believed, so that it may be of yesterday.</summary>
    public bool HasUndated { get; private set; }

    /// <summary>The evidence of the last two weeks in which it sent.</summary>
    public SourceEvidence Recent
    {
        get
        {
            SourceEvidence recent = new(source, headerFrom, organizationalDomains);
            foreach (SourceEvidence? week in new[] { _last, _before })
            {
                if (week is not null)
                {
                    recent.Add(week);
                }
            }

            return recent;
        }
    }

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

        if (!row.Passed)
        {
            Failed = Saturating.Add(Failed, row.Count);
            if (row.Begin is { } begin)
            {
                _failedDays |= 1UL << (int)(begin.Ticks / TimeSpan.TicksPerDay % 64);
            }

            LastFailed = LastFailed > row.End ? LastFailed : row.End ?? LastFailed;
        }

        EvidenceOf(week)?.Add(row);
    }

    private SourceEvidence? EvidenceOf(int week)
    {
        if (_last is null || week > _lastWeek)
        {
            (_before, _beforeWeek) = (_last, _lastWeek);
            (_last, _lastWeek) = (new SourceEvidence(source, headerFrom, organizationalDomains), week);
            return _last;
        }

        if (week == _lastWeek)
        {
            return _last;
        }

        if (_before is null || week > _beforeWeek)
        {
            (_before, _beforeWeek) = (new SourceEvidence(source, headerFrom, organizationalDomains), week);
            return _before;
        }

        return week == _beforeWeek ? _before : null;
    }
}
