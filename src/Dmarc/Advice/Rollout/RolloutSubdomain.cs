using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The domain or one of its subdomains, as in From headers.</summary>
public sealed record RolloutSubdomain
{
    /// <summary>The From domain.</summary>
    public required string Name { get; init; }

    /// <summary>The number of messages.</summary>
    public long Messages { get; init; }

    /// <summary>The number of messages that passed.</summary>
    public long Passed { get; init; }

    /// <summary>The number of messages that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>The policy applied to its failing mail (p or sp, one level down in test mode), or null.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The policy applied under the next record; null if there is none.</summary>
    public DmarcPolicy? NextPolicy { get; init; }

    /// <summary>The number of messages that the next policy would newly quarantine.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>The number of messages that the next policy would newly reject.</summary>
    public long WouldReject { get; init; }

    /// <summary>True if one of the owner's own sources fails with this From domain.</summary>
    public bool IsBlocking { get; init; }

    /// <summary>The name and the number of failing messages.</summary>
    public override string ToString() =>
        Sentences.Fill(Strings.Rollout_ShareFailed, Name, Failed, Messages);
}
