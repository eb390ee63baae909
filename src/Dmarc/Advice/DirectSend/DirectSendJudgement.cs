namespace Dmarc.Advice.DirectSend;

/// <summary>A verdict and what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">What it rests on, in a sentence.</param>
internal sealed record DirectSendJudgement(DirectSendVerdict Verdict, string Reason)
{
    public static DirectSendJudgement None { get; } = new(DirectSendVerdict.Unknown, "");
}
