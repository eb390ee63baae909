using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>A reason that a rule found.</summary>
/// <param name="Cause">Its name.</param>
/// <param name="Reason">The reason in a few words, for a table.</param>
/// <param name="Finding">The reason in a sentence, and what to change.</param>
internal sealed record AlignmentDiagnosis(AlignmentCause Cause, string Reason, Finding Finding);
