using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>The DMARC result of one message, the reasons, and the remedies.</summary>
public sealed record AlignmentResult
{
    /// <summary>The source of the message: a path or a name; empty for given identifiers.</summary>
    public string Source { get; init; } = "";

    /// <summary>The subject with its encoded words decoded; empty if there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The address of the author as written; several are joined by commas.</summary>
    public string From { get; init; } = "";

    /// <summary>The Author Domain in its A-label form (RFC 9989 §5.3.1); null if there is not exactly one.</summary>
    public string? AuthorDomain { get; init; }

    /// <summary>The result; null if unknown facts about the message could change it.</summary>
    public required DmarcResult? Result { get; init; }

    /// <summary>The handling that the record requests for the message; null unless it fails.</summary>
    public DmarcPolicy? Disposition { get; init; }

    /// <summary>The policy published for the Author Domain; null if no record applies.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The policy after test mode; null if no record applies.</summary>
    public DmarcPolicy? EffectivePolicy { get; init; }

    /// <summary>The tag of the policy: p, sp or np; null if no record applies, or it is unknown.</summary>
    public string? PolicyTag { get; init; }

    /// <summary>The domain whose record applies; null if none does.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The record that applies; null if none does.</summary>
    public string? Record { get; init; }

    /// <summary>The status of the search for the record; null if there was none.</summary>
    public DmarcRecordStatus? RecordStatus { get; init; }

    /// <summary>The Organizational Domain of the author; null if unknown.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>The SPF result.</summary>
    public SpfAlignmentResult Spf { get; init; } = new();

    /// <summary>The result of each DKIM signature.</summary>
    public PrintableList<DkimAlignmentResult> Dkim { get; init; } = PrintableList<DkimAlignmentResult>.Empty;

    /// <summary>The ARC chain; null if it could not be checked.</summary>
    public ArcAlignmentResult? Arc { get; init; }

    /// <summary>Every Authentication-Results field of the message, from the top.</summary>
    public PrintableList<AuthenticationResultsHeader> AuthenticationResults { get; init; } =
        PrintableList<AuthenticationResultsHeader>.Empty;

    /// <summary>The receiver's statement; null if there is none.</summary>
    public ReceiverVerdict? Receiver { get; init; }

    /// <summary>The main reason for the result, by name.</summary>
    public AlignmentCause Cause { get; init; }

    /// <summary>The main reason in a few words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The explanation in order: identities, results, alignment, policy, and the receiver's action.</summary>
    public PrintableList<string> Explanation { get; init; } = PrintableList<string>.Empty;

    /// <summary>The remedies.</summary>
    public PrintableList<string> NextSteps { get; init; } = PrintableList<string>.Empty;

    /// <summary>The rules of large mailbox providers; empty if not requested.</summary>
    public PrintableList<BulkSenderRuleResult> BulkSenderRules { get; init; } = PrintableList<BulkSenderRuleResult>.Empty;

    /// <summary>The findings, most severe first.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>Author, result and reason in one line.</summary>
    public override string ToString() => From + ": " + Result + (Reason.Length == 0 ? "" : " (" + Reason + ")");
}
