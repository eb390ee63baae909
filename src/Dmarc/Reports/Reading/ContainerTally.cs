using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <summary>What has come out of a container, to tell in the end whether anything has.</summary>
internal sealed class ContainerTally
{
    /// <summary>True once a row or report came.</summary>
    public bool HasResults { get; private set; }

    /// <summary>True once a report was met, of whatever kind, or something was told that a user gets to see.</summary>
    public bool IsAccountedFor { get; private set; }

    /// <summary>Takes in what came.</summary>
    public void Add(ReportReadItem item)
    {
        HasResults |= item.Result is not null;
        IsAccountedFor |= item.IsOfReport || item.Notice?.Finding.Severity > Severity.Information;
    }
}
