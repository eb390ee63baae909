namespace Dmarc.Advice.Messages;

/// <summary>A reason found by a rule.</summary>
/// <param name="Cause">The name of the reason; none if it does not explain the result.</param>
/// <param name="Reason">The reason in a few words, for a table.</param>
/// <param name="Finding">The reason in a sentence, and the remedy.</param>
internal sealed record AlignmentDiagnosis(AlignmentCause Cause, string Reason, Finding Finding)
{
    /// <summary>A finding that does not explain the result.</summary>
    public AlignmentDiagnosis(Finding finding)
        : this(AlignmentCause.None, "", finding)
    {
    }
}
