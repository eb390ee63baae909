using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// Nothing in the message has to do with the author's domain: no signature of it, no SPF pass, an envelope of somebody
/// else; or the receiver itself takes the message for a forgery.
/// </summary>
internal sealed class SpoofingRule : IAlignmentRule
{
    private static readonly string[] Categories = ["SPOOF", "PHSH", "HPHSH", "HPHISH", "UIMP", "DIMP", "GIMP", "INTOS"];

    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Fails || assessment.Author.Domain is not { } author || assessment.Intermediary is not null)
        {
            yield break;
        }

        string? category = assessment.Notes.Forefront?.Category;
        bool suspected = category is not null && Array.Exists(Categories, one => string.Equals(one, category, StringComparison.OrdinalIgnoreCase));
        bool signed = assessment.AuthorSignatures.Any();
        bool unrelated = !signed
            && !assessment.Dkim.Any(signature => signature.Passes)
            && !assessment.Spf.Passes
            && !assessment.IsOfAuthor(assessment.Spf.Domain)
            && assessment.Message is not null;
        if ((suspected && !signed) || unrelated)
        {
            string address = assessment.Spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress;
            string treatment = (assessment.Evaluation?.Disposition ?? DmarcPolicy.None).ToKeyword();
            yield return new(
                AlignmentCause.Spoofing,
                Strings.Align_WhySpoofing,
                assessment.Evaluation?.Disposition is DmarcPolicy.None
                    ? AlignmentFindings.SpoofingUnprotected.Create(author, address)
                    : AlignmentFindings.Spoofing.Create(author, address, treatment));
        }
    }
}
