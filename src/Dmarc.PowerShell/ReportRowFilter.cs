using System.Collections;
using System.Globalization;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.PowerShell;

/// <summary>
/// Takes the rows out of what comes from a pipeline, one object or an array at a time, and remembers what else came, so
/// that a mixed pipeline gives one message and not one for each object.
/// </summary>
internal sealed class ReportRowFilter
{
    private readonly SavedRows _saved = new();
    private long _otherReports;
    private long _foreign;
    private object? _firstForeign;

    /// <summary>What takes objects of other kinds that a cmdlet knows; true if it took one.</summary>
    public Func<object, bool>? Other { get; init; }

    /// <summary>How many rows of tables have no envelope sender: a table does not tell the null sender from a missing one.</summary>
    public long WithoutSender => _saved.WithoutSender;

    /// <summary>Gives the rows of an input to an action.</summary>
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

    /// <summary>Says what was left out: a warning for reports of other kinds, an error for other objects.</summary>
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
