using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>Reads the value of one grouping from a row. Not thread-safe.</summary>
internal sealed class RowKey(ReportGrouping grouping, ISourceKnowledge? sources)
{
    private readonly SourceNetwork _networks = new();
    private readonly RowService _services = new();
    private AggregateReport? _report;
    private string _period = "";
    private (string Source, string From, string Key) _lastClass = ("", "", "");

    /// <summary>The grouping.</summary>
    public ReportGrouping Grouping => grouping;

    /// <summary>True for periods.</summary>
    public bool IsTime => grouping is ReportGrouping.Day or ReportGrouping.Week or ReportGrouping.Month;

    /// <summary>True for groupings with several possible values in a row.</summary>
    public bool IsMultiple => grouping is ReportGrouping.Override or ReportGrouping.DkimDomain;

    /// <summary>The row's only value; may be empty. Only for groupings that are not multiple.</summary>
    public string Read(AggregateReportRow row) => grouping switch
    {
        ReportGrouping.Source => row.SourceIP,
        ReportGrouping.Network => _networks.Of(row.SourceIP),
        ReportGrouping.Service => _services.Of(row),
        ReportGrouping.Domain => Domain(row.Domain),
        ReportGrouping.HeaderFrom => Domain(row.HeaderFrom),
        ReportGrouping.Reporter => row.OrganizationName,
        ReportGrouping.Disposition => row.Disposition.ToString(),
        ReportGrouping.EnvelopeFrom => row.EnvelopeFrom is null ? "" : row.EnvelopeFrom.Length == 0 ? "<>" : Domain(row.EnvelopeFrom),
        ReportGrouping.Country => sources?.CountryOf(row.SourceIP) ?? "",
        ReportGrouping.NetworkOwner => sources?.OwnerOf(row.SourceIP) ?? "",
        ReportGrouping.Class => sources is null ? "" : ClassKey(row),
        _ => Period(row),
    };

    /// <summary>The row's values, each once; one empty value if there is none.</summary>
    public void ReadAll(AggregateReportRow row, List<string> values)
    {
        values.Clear();
        if (grouping == ReportGrouping.DkimDomain)
        {
            foreach (ReportedDkim signature in row.Dkim.AsSpan())
            {
                AddOnce(values, Domain(signature.Domain));
            }
        }
        else if (grouping == ReportGrouping.Override)
        {
            foreach (OverrideReason reason in row.OverrideReasons.AsSpan())
            {
                AddOnce(values, reason.Type.ToString());
            }
        }
        else
        {
            values.Add(Read(row));
        }

        if (values.Count == 0)
        {
            values.Add("");
        }
    }

    /// <summary>The displayed value: domain names in lower case, because their letter case has no meaning.</summary>
    public string Display(string value) =>
        grouping is ReportGrouping.Domain or ReportGrouping.HeaderFrom or ReportGrouping.EnvelopeFrom or ReportGrouping.DkimDomain
            ? value.ToLowerInvariant()
            : value;

    /// <summary>The class of the source with a key, once all rows were added.</summary>
    public static string ClassOf(string key, ISourceKnowledge sources)
    {
        int end = key.IndexOf('\n');
        return sources.ClassOf(key.Substring(0, end), key.Substring(end + 1));
    }

    /// <summary>The placeholder for the class of a source until all rows were added.</summary>
    private string ClassKey(AggregateReportRow row)
    {
        if (!ReferenceEquals(_lastClass.Source, row.SourceIP) || !ReferenceEquals(_lastClass.From, row.HeaderFrom))
        {
            _lastClass = (row.SourceIP, row.HeaderFrom, row.SourceIP + "\n" + row.HeaderFrom.ToUpperInvariant());
        }

        return _lastClass.Key;
    }

    private static string Domain(string text) => DomainKey.FoldForm(text);

    private static void AddOnce(List<string> values, string value)
    {
        if (!values.Exists(known => string.Equals(known, value, StringComparison.OrdinalIgnoreCase)))
        {
            values.Add(value);
        }
    }

    /// <summary>The text of a report's day, week or month; computed once for the rows of a report.</summary>
    private string Period(AggregateReportRow row)
    {
        if (!ReferenceEquals(row.Report, _report))
        {
            _report = row.Report;
            _period = ReportDay.Of(row.Begin, row.End) is not { } day ? ""
                : grouping == ReportGrouping.Day ? ReportDay.DayText(day)
                : grouping == ReportGrouping.Week ? ReportDay.WeekText(day)
                : ReportDay.MonthText(day);
        }

        return _period;
    }
}
