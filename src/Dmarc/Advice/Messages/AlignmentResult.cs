using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>What DMARC makes of one message, why, and what to change.</summary>
public sealed record AlignmentResult
{
    /// <summary>Where the message came from: a path, or what it was called; empty where identifiers were given.</summary>
    public string Source { get; init; } = "";

    /// <summary>The subject with its encoded words read; empty if there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The address of the author as it is written; several are joined by a comma.</summary>
    public string From { get; init; } = "";

    /// <summary>The Author Domain in its A-label form (RFC 9989 §5.3.1); null if there is not exactly one.</summary>
    public string? AuthorDomain { get; init; }

    /// <summary>The result; null if what is not known of the message could change it.</summary>
    public required DmarcResult? Result { get; init; }

    /// <summary>What the record asks a receiver to do with the message; null if it is not a fail.</summary>
    public DmarcPolicy? Disposition { get; init; }

    /// <summary>The policy published for the Author Domain; null if no record applies.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The policy after test mode; null if no record applies.</summary>
    public DmarcPolicy? EffectivePolicy { get; init; }

    /// <summary>The tag that the policy comes from: p, sp or np; null if no record applies, or that is not known.</summary>
    public string? PolicyTag { get; init; }

    /// <summary>The domain whose record applies; null if none does.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The record that applies; null if none does.</summary>
    public string? Record { get; init; }

    /// <summary>What the search for the record ended with; null if there was nothing to search for.</summary>
    public DmarcRecordStatus? RecordStatus { get; init; }

    /// <summary>The Organizational Domain of the author; null if it is not known.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>What SPF says.</summary>
    public SpfAlignmentResult Spf { get; init; } = new();

    /// <summary>What became of each DKIM signature.</summary>
    public PrintableList<DkimAlignmentResult> Dkim { get; init; } = PrintableList<DkimAlignmentResult>.Empty;

    /// <summary>The chain of ARC; null if it could not be checked.</summary>
    public ArcAlignmentResult? Arc { get; init; }

    /// <summary>Every Authentication-Results field of the message, from the top.</summary>
    public PrintableList<AuthenticationResultsHeader> AuthenticationResults { get; init; } = PrintableList<AuthenticationResultsHeader>.Empty;

    /// <summary>What the receiver wrote down; null if it wrote nothing.</summary>
    public ReceiverVerdict? Receiver { get; init; }

    /// <summary>The main reason for the result, by name.</summary>
    public AlignmentCause Cause { get; init; }

    /// <summary>The main reason in a few words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The story in order: what was claimed, what was proven, what counts, the policy, and what the receiver did.</summary>
    public PrintableList<string> Explanation { get; init; } = PrintableList<string>.Empty;

    /// <summary>What to change.</summary>
    public PrintableList<string> NextSteps { get; init; } = PrintableList<string>.Empty;

    /// <summary>The rules of large mailbox providers; empty if they were not asked for.</summary>
    public PrintableList<BulkSenderRuleResult> BulkSenderRules { get; init; } = PrintableList<BulkSenderRuleResult>.Empty;

    /// <summary>What is worth knowing, the most severe first.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>Author, result and reason in one line.</summary>
    public override string ToString() => From + ": " + Result + (Reason.Length == 0 ? "" : " (" + Reason + ")");
}
