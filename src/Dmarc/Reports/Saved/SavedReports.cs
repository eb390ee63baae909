namespace Dmarc.Reports.Saved;

/// <summary>Restores rows and reports of all kinds from copies. Not thread-safe.</summary>
/// <param name="organizationalDomains">The source of Organizational Domains.</param>
/// <param name="culture">The culture of times in a table.</param>
internal sealed class SavedReports(IOrganizationalDomainSource organizationalDomains, CultureInfo culture)
{
    private readonly SavedAggregateRows _aggregate = new(organizationalDomains, culture);
    private readonly SavedTlsRows _tls = new(culture);
    private readonly SavedFailureReports _failures = new(culture);

    /// <summary>Restores a row or report.</summary>
    /// <param name="item">The copy.</param>
    /// <param name="problem">Why it cannot be restored; null if it was restored, or is not a copy of one.</param>
    /// <returns>The row or report; null for another object, or if it cannot be restored.</returns>
    public object? Read(ISavedObject item, out SavedProblem? problem)
    {
        problem = null;
        return SavedAggregateRows.IsRow(item) ? _aggregate.Read(item, out problem)
            : SavedTlsRows.IsRow(item) ? _tls.Read(item, out problem)
            : SavedFailureReports.IsReport(item) ? _failures.Read(item, out problem)
            : null;
    }
}
