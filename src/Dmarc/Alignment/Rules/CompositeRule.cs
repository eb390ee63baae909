using Dmarc.Advice.Messages;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>Microsoft's composite authentication failed although what DMARC needs passed: a judgement of its own that DMARC does not bind.</summary>
internal sealed class CompositeRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        ReceiverNotes notes = assessment.Notes;
        if (notes.Find(AuthenticationMethod.CompAuth) is not { Outcome: AuthenticationOutcome.Fail, CompositeReason: { } reason }
            || assessment.Author.Domain is not { } author
            || !(Passed(AuthenticationMethod.Dmarc) || (Passed(AuthenticationMethod.Spf) && Passed(AuthenticationMethod.Dkim) && assessment.Passes)))
        {
            yield break;
        }

        DmarcPolicy? policy = assessment.Evaluation?.AppliedPolicy;
        string record = policy switch
        {
            null => Sentences.Fill(Strings.Align_CompositeNoRecord, author),
            DmarcPolicy.None => Sentences.Fill(Strings.Align_CompositeWeakRecord, author),
            { } strong => Sentences.Fill(Strings.Align_CompositeStrongRecord, author, strong.ToKeyword()),
        };
        yield return new(AlignmentCause.None, "", AlignmentFindings.CompositeFailed.Create(author, reason.Code, reason.Description, record));

        bool Passed(AuthenticationMethod method) =>
            notes.Results.Any(result => result.Method == method && result.Outcome == AuthenticationOutcome.Pass);
    }
}
