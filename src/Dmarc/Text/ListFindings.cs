namespace Dmarc.Text;

/// <summary>The findings about lists of findings.</summary>
public static class ListFindings
{
    /// <summary>There are more findings of a kind than are listed. It has the severity of that kind.</summary>
    public static readonly FindingDescriptor NotListed = new("FindingsNotListed", Severity.Information);
}
