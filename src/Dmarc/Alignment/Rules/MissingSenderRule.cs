using Dmarc.Advice.Messages;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>MAIL FROM is of the author, but the sending host does not pass its SPF record.</summary>
internal sealed class MissingSenderRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        SpfEvidence spf = assessment.Spf;
        if (!assessment.Fails
            || spf.Result is null or IdentifierResult.Pass or IdentifierResult.TempError
            || spf.Domain is not { } domain
            || !assessment.IsOfAuthor(domain)
            || assessment.Forwarding is not null)
        {
            yield break;
        }

        string address = spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress;
        yield return spf.Result switch
        {
            IdentifierResult.None when spf.Evaluation is null or { Result: SpfOutcome.None } => new(
                AlignmentCause.SenderNotInSpf,
                Sentences.Fill(Strings.Align_WhySpfNoRecord, domain),
                AlignmentFindings.SpfRecordMissing.Create(domain, address)),
            IdentifierResult.PermError => new(
                AlignmentCause.SenderNotInSpf,
                Sentences.Fill(Strings.Align_WhySpfBroken, domain),
                AlignmentFindings.SpfRecordBroken.Create(domain, spf.Evaluation?.Problem ?? "")),
            _ => NotListed(spf, domain, address),
        };
    }

    private static AlignmentDiagnosis NotListed(SpfEvidence spf, DomainName domain, string address) =>
        spf is { Source: not EvidenceSource.Checked and not EvidenceSource.CheckedFromHeader, Evaluation.Result: SpfOutcome.Pass }
            ? new(
                AlignmentCause.SenderNotInSpf,
                Sentences.Fill(Strings.Align_WhyNotInSpf, address),
                AlignmentFindings.SenderInSpfNow.Create(address, domain))
            : new(
                AlignmentCause.SenderNotInSpf,
                Sentences.Fill(Strings.Align_WhyNotInSpf, address),
                AlignmentFindings.SenderNotInSpf.Create(
                    address,
                    domain,
                    (spf.Result == IdentifierResult.None && spf.Evaluation is { } now ? now.Result.ToIdentifierResult() : spf.Result!.Value).ToWord(),
                    spf.Evaluation?.MatchedTerm is { Length: > 0 } term ? Sentences.Fill(Strings.Align_ByTerm, term) : ""));
}
