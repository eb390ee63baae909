using Dmarc.Advice.Messages;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// Direct Send: a message handed to the recipient's own Microsoft 365 without authentication, in the name of that
/// organisation. Exchange writes down that it took the sender for nobody it knows, and that the domain is its own.
/// </summary>
internal sealed class DirectSendRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Author.Domain is not { } author
            || assessment.Result is not (DmarcResult.Fail or DmarcResult.None)
            || assessment.IsSpfAligned
            || assessment.IsDkimAligned
            || !DirectSendSigns.IsAnonymousAtMicrosoft(assessment.Notes)
            || !IsOwnDomain(assessment, author))
        {
            yield break;
        }

        string address = assessment.Spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress;
        yield return assessment.IsOfAuthor(assessment.Spf.Domain) || assessment.Spf.Domain is null
            ? new(AlignmentCause.DirectSend, Strings.Align_WhyDirectSend, AlignmentFindings.DirectSend.Create(author, address))
            : new(
                AlignmentCause.DirectSend,
                Strings.Align_WhyDirectSend,
                AlignmentFindings.DirectSendByHeaderOnly.Create(author, address, assessment.Spf.Domain));
    }

    private static bool IsOwnDomain(Assessment assessment, DomainName author) =>
        DirectSendSigns.IsOwnDomainVerdict(assessment.Notes)
        || assessment.Traits.RecipientDomains.Any(domain => domain == author);
}
