namespace Dmarc.Advice.Audit.Bulk;

/// <summary>What one file of earlier results holds.</summary>
/// <param name="Count">How many whole results there are.</param>
/// <param name="IncompleteLine">The line, from 1, where a last result begins that is not whole; null if all are.</param>
/// <param name="BrokenCount">How many other lines hold no whole result.</param>
/// <param name="FirstBrokenLine">The first of them, from 1; 0 for none.</param>
internal sealed record EarlierFile(long Count, long? IncompleteLine, long BrokenCount, long FirstBrokenLine)
{
    /// <summary>How many further results say that look-ups failed, so that their domains are looked at again.</summary>
    public long FailedCount { get; init; }

    /// <summary>True if no result has a Status, which the results of Test-MailDomain have.</summary>
    public bool LacksStatus { get; init; }
}
