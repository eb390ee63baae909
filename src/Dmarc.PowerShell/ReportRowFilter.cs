using System.Collections;
using System.Management.Automation;

namespace Dmarc.PowerShell;

/// <summary>
/// Takes the rows out of what comes from a pipeline, one object or an array at a time, and remembers what else came, so
/// that a mixed pipeline gives one message and not one for each object.
/// </summary>
internal sealed class ReportRowFilter
{
    private long _foreign;
    private object? _firstForeign;

    /// <summary>What takes objects of other kinds that a cmdlet knows; true where it took one.</summary>
    public Func<object, bool>? Other { get; init; }

    /// <summary>Gives the rows of an input to an action.</summary>
    public void Take(object? input, Action<AggregateReportRow> take)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (value is AggregateReportRow row)
        {
            take(row);
        }
        else if (value is IEnumerable items and not string)
        {
            foreach (object? item in items)
            {
                Take(item, take);
            }
        }
        else if (value is not null && Other?.Invoke(value) != true)
        {
            _foreign++;
            _firstForeign ??= input;
        }
    }

    /// <summary>The error for the objects that were no rows; null where there were none.</summary>
    public ErrorRecord? GetError() => _foreign == 0 ? null : ErrorRecords.NotReportRows(_foreign, _firstForeign!);
}
