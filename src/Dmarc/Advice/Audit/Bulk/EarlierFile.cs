namespace Dmarc.Advice.Audit.Bulk;

/// <summary>The content of one file of earlier results.</summary>
/// <param name="Count">The number of complete results.</param>
/// <param name="IncompleteLine">The line, from 1, of an incomplete last result; null if all are complete.</param>
/// <param name="BrokenCount">The number of other lines without a complete result.</param>
/// <param name="FirstBrokenLine">The first of these lines, from 1; 0 if there is none.</param>
internal sealed record EarlierFile(long Count, long? IncompleteLine, long BrokenCount, long FirstBrokenLine)
{
    /// <summary>The number of further results with failed look-ups, whose domains are audited again.</summary>
    public long FailedCount { get; init; }

    /// <summary>True if no result has a Status, as results of Test-MailDomain do.</summary>
    public bool LacksStatus { get; init; }
}
