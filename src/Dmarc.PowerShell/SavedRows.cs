using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Saved;

namespace Dmarc.PowerShell;

/// <summary>Restores rows and reports from piped copies, and reports the others in one common error.</summary>
internal sealed class SavedRows
{
    private readonly SavedReports _reports = new(PublicSuffixList.Default, CultureInfo.CurrentCulture);
    private long _unreadable;
    private object? _first;
    private SavedProblem? _problem;

    /// <summary>The number of table rows without an envelope sender: it may be missing or the null sender.</summary>
    public long WithoutSender { get; private set; }

    /// <summary>True if an object that lacks properties of a row is not treated as a row.</summary>
    public bool TakesParts { get; init; }

    /// <summary>Restores a row or report.</summary>
    /// <param name="value">The input.</param>
    /// <param name="row">The row or report; null if the value is not a copy of one.</param>
    /// <returns>False for a copy that cannot be restored, which <see cref="Complete"/> reports.</returns>
    public bool TryRead(object? value, out object? row)
    {
        row = null;
        if (SavedObject.From(value) is not { } saved)
        {
            return true;
        }

        row = _reports.Read(saved, out SavedProblem? problem);
        if ((row ?? problem) is not null && SwallowedRows.ValueOf(value) is { } swallowed)
        {
            string name = ((PSObject)value!).Properties.First(property => ReferenceEquals(property.Value, swallowed)).Name;
            (row, problem) = (null, new SavedProblem(name, swallowed));
        }

        WithoutSender += row is AggregateReportRow { EnvelopeFrom: null }
            && saved.Get(nameof(AggregateReportRow.EnvelopeFrom)) is ""
            ? 1
            : 0;
        if (problem is null || (TakesParts && problem.Value is null))
        {
            return true;
        }

        if (_unreadable++ == 0)
        {
            (_first, _problem) = (value, problem);
        }

        return false;
    }

    /// <summary>Reports the copies that could not be restored.</summary>
    public void Complete(DmarcCommand cmdlet)
    {
        if (_unreadable > 0)
        {
            cmdlet.WriteError(ErrorRecords.SavedRowUnreadable(_unreadable, _first!, _problem!));
        }
    }
}
