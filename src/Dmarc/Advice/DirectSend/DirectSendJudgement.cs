namespace Dmarc.Advice.DirectSend;

/// <summary>A verdict and its basis.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">The basis, in a sentence.</param>
internal sealed record DirectSendJudgement(DirectSendVerdict Verdict, string Reason)
{
    public static DirectSendJudgement None { get; } = new(DirectSendVerdict.Unknown, "");
}
