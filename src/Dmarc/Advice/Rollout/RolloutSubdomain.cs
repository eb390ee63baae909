using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>The domain itself or one of its subdomains, as it stands in From headers.</summary>
public sealed record RolloutSubdomain
{
    /// <summary>The From domain.</summary>
    public required string Name { get; init; }

    /// <summary>Its messages.</summary>
    public long Messages { get; init; }

    /// <summary>Those of them that passed.</summary>
    public long Passed { get; init; }

    /// <summary>Those of them that did not.</summary>
    public long Failed { get; init; }

    /// <summary>What receivers apply to failing mail of it now (p or sp, one level down in test mode); null if the record is not known.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>What they would apply under the next record; null if there is none.</summary>
    public DmarcPolicy? NextPolicy { get; init; }

    /// <summary>Messages that the next policy would have had treated as suspicious, and the present one not.</summary>
    public long WouldQuarantine { get; init; }

    /// <summary>Messages that the next policy would have had rejected, and the present one not.</summary>
    public long WouldReject { get; init; }

    /// <summary>True if a source of the domain owner's own fails with this From domain.</summary>
    public bool IsBlocking { get; init; }

    /// <summary>The name and how many messages fail.</summary>
    public override string ToString() =>
        Sentences.Fill(Strings.Rollout_ShareFailed, Name, Failed, Messages);
}
