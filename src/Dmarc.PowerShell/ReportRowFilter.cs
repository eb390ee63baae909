using System.Collections;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.PowerShell;

/// <summary>
/// Extracts the rows from piped input, one object or array at a time, and records other objects, so that a mixed
/// pipeline yields one message instead of one for each object.
/// </summary>
internal sealed class ReportRowFilter
{
    private readonly SavedRows _saved = new();
    private long _otherReports;
    private long _foreign;
    private object? _firstForeign;

    /// <summary>Accepts objects of other kinds that a cmdlet supports; true if accepted.</summary>
    public Func<object, bool>? Other { get; init; }

    /// <summary>The number of table rows without an envelope sender: it may be missing or the null sender.</summary>
    public long WithoutSender => _saved.WithoutSender;

    /// <summary>Passes the rows of an input to an action.</summary>
    public void Take(object? input, Action<AggregateReportRow> take)
    {
        object? value = PropertyFacts.Unwrap(input);
        if (value is AggregateReportRow row)
        {
            take(row);
        }
        else if (value is IEnumerable items and not (string or IDictionary))
        {
            foreach (object? item in items)
            {
                Take(item, take);
            }
        }
        else if (value is FailureReport or TlsReportRow)
        {
            _otherReports++;
        }
        else if (value is not null && _saved.TryRead(input, out object? saved) && Other?.Invoke(value) != true)
        {
            if (saved is not null)
            {
                Take(saved, take);
                return;
            }

            _foreign++;
            _firstForeign ??= input;
        }
    }

    /// <summary>Reports what was left out: a warning for reports of other kinds, an error for other objects.</summary>
    public void Report(DmarcCommand cmdlet)
    {
        if (_otherReports > 0)
        {
            cmdlet.WriteWarning(string.Format(CultureInfo.InvariantCulture, Strings.Commands_OtherReportsLeftOut, _otherReports));
        }

        _saved.Complete(cmdlet);
        if (_foreign > 0)
        {
            cmdlet.WriteError(ErrorRecords.NotReportRows(_foreign, _firstForeign!));
        }
    }
}
