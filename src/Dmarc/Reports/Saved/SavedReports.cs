namespace Dmarc.Reports.Saved;

/// <summary>Restores rows and reports of all kinds from copies. Not thread-safe.</summary>
/// <param name="organizationalDomains">The source of Organizational Domains.</param>
/// <param name="culture">The culture of times in a table.</param>
internal sealed class SavedReports(IOrganizationalDomainSource organizationalDomains, CultureInfo culture)
{
    private readonly StringPool _strings = new();
    private readonly SavedAggregateRows _aggregate = new(organizationalDomains);

    /// <summary>Restores a row or report.</summary>
    /// <param name="item">The copy.</param>
    /// <param name="problem">Why it cannot be restored; null if it was restored, or is not a copy of one.</param>
    /// <returns>The row or report; null for another object, or if it cannot be restored.</returns>
    public object? Read(ISavedObject item, out SavedProblem? problem)
    {
        SavedValues saved = new(item, culture, _strings);
        object? read = SavedAggregateRows.IsRow(item) ? saved.Restore(SavedAggregateRows.Required, _aggregate.Read)
            : SavedTlsRows.IsRow(item) ? saved.Restore(SavedTlsRows.Required, SavedTlsRows.Read)
            : SavedFailureReports.IsReport(item) ? saved.Restore(SavedFailureReports.Required, SavedFailureReports.Read)
            : null;
        problem = saved.Problem;
        return read;
    }
}
