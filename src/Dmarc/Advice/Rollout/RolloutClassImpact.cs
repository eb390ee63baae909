using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Rollout;

/// <summary>The effect of the next policy on the mail of all sources of one class.</summary>
public sealed record RolloutClassImpact
{
    /// <summary>The class.</summary>
    public required SourceClass Class { get; init; }

    /// <summary>The number of sources.</summary>
    public int Sources { get; init; }

    /// <summary>The number of messages.</summary>
    public long Messages { get; init; }

    /// <summary>The number of messages that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>The number of messages that the next policy would newly quarantine.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>The number of messages that the next policy would newly reject.</summary>
    public long WouldReject { get; init; }

    /// <summary>The class and the messages.</summary>
    public override string ToString() =>
        Sentences.Fill(Strings.Rollout_ShareFailed, Class, Failed, Messages);
}
