namespace Dmarc.Text;

/// <summary>What can be found of this program itself.</summary>
public static class UnexpectedFindings
{
    /// <summary>An exception that nobody thought of, which costs one input and no other.</summary>
    public static readonly FindingDescriptor Error = new("UnexpectedError", Severity.Error);
}
