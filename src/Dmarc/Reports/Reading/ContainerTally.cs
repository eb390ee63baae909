namespace Dmarc.Reports.Reading;

/// <summary>Records the results of a container, to report at the end if there were none.</summary>
internal sealed class ContainerTally
{
    /// <summary>True once there was a row or report.</summary>
    public bool HasResults { get; private set; }

    /// <summary>True once a report of any kind was found, or a message was reported to the user.</summary>
    public bool IsAccountedFor { get; private set; }

    /// <summary>Adds an item.</summary>
    public void Add(ReportReadItem item)
    {
        HasResults |= item.Result is not null;
        IsAccountedFor |= item.IsOfReport || item.Notice?.Finding.Severity > Severity.Information;
    }
}
