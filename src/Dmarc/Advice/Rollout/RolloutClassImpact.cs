using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>What the next policy would have done to the mail of all sources of one class.</summary>
public sealed record RolloutClassImpact
{
    /// <summary>The class.</summary>
    public required SourceClass Class { get; init; }

    /// <summary>How many sources there are.</summary>
    public int Sources { get; init; }

    /// <summary>Their messages.</summary>
    public long Messages { get; init; }

    /// <summary>Those of them that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>Messages that the next policy would have had treated as suspicious, and the present one not.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>Messages that the next policy would have had rejected, and the present one not.</summary>
    public long WouldReject { get; init; }

    /// <summary>The class and the messages.</summary>
    public override string ToString() =>
        Sentences.Fill(Strings.Rollout_ShareFailed, Class, Failed, Messages);
}
