using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Explains a result in the order in which a receiver works: claimed identities, results, alignment, policy,
/// disposition, and the receiver's action.
/// </summary>
internal static class AlignmentExplanation
{
    public static PrintableList<string> Tell(Assessment assessment, IEnumerable<AlignmentDiagnosis> diagnoses, ReceiverVerdict? receiver)
    {
        List<string> story = [];
        TellClaims(assessment, story);
        TellSpf(assessment, story);
        TellDkim(assessment, story);
        TellArc(assessment, story);
        TellPolicy(assessment, story);
        story.AddRange(diagnoses.Where(diagnosis => diagnosis.Cause != AlignmentCause.None).Select(diagnosis => diagnosis.Finding.Message));
        TellReceiver(assessment, receiver, story);
        return story.Distinct(StringComparer.Ordinal).ToPrintableList();
    }

    /// <summary>The reason for a pass in a few words.</summary>
    public static string WhyItPasses(Assessment assessment) =>
        assessment.DkimAlignments.FirstOrDefault(alignment => alignment is { Aligned: true }) is not { } signer
            ? Sentences.Fill(Strings.Align_WhySpfPasses, assessment.SpfAlignment?.Identifier.Domain)
        : assessment.IsSpfAligned ? Strings.Align_WhyBothPass
        : Sentences.Fill(Strings.Align_WhyDkimPasses, signer.Identifier.Domain.ToString());

    private static void TellClaims(Assessment assessment, List<string> story)
    {
        AuthorIdentity author = assessment.Author;
        if (author.Domain is { } domain)
        {
            story.Add(Sentences.Fill(Strings.Align_ClaimFrom, author.Text, DomainDisplay.Of(domain.ToString())));
        }

        SpfEvidence spf = assessment.Spf;
        if (spf.MailFrom is not null || spf.Address is not null)
        {
            string sender = spf.MailFrom is null ? Strings.Align_AnUnknownSender : "<" + spf.MailFrom + ">";
            story.Add((spf.Address, spf.Helo) switch
            {
                (null, _) => Sentences.Fill(Strings.Align_ClaimEnvelopeSender, sender),
                (_, null or "") => Sentences.Fill(Strings.Align_ClaimEnvelopeAddress, sender, spf.Address),
                _ => Sentences.Fill(Strings.Align_ClaimEnvelope, sender, spf.Address, spf.Helo),
            });
        }
    }

    private static void TellSpf(Assessment assessment, List<string> story)
    {
        SpfEvidence spf = assessment.Spf;
        if (spf.Result is not { } result)
        {
            story.Add(assessment.Message is null && spf.MailFrom is null ? Strings.Align_SpfNotGiven : Strings.Align_SpfUnknown);
            return;
        }

        story.Add(Sentences.Fill(
            Strings.Align_SpfResult,
            result.ToWord(),
            spf.Domain?.ToString() ?? Strings.Align_AnUnknownName,
            Source(spf.Source, spf.Server)));
        if (spf.IsNullSender && !string.IsNullOrEmpty(spf.Helo))
        {
            story.Add(Sentences.Fill(Strings.Align_SpfNullSender, spf.Helo));
        }

        if (spf.Evaluation is { } evaluation)
        {
            string detail = evaluation.MatchedTerm.Length > 0
                ? Sentences.Fill(Strings.Align_SpfTerm, evaluation.MatchedTerm)
                : evaluation.Problem;
            if (spf.Source is EvidenceSource.TrustedReceiver or EvidenceSource.UnverifiedReceiver)
            {
                story.Add(Sentences.Fill(Strings.Align_SpfNow, spf.Address, evaluation.Result.ToWord(), detail).Trim());
            }
            else if (detail.Length > 0)
            {
                story.Add(detail);
            }
        }

        if (assessment.SpfAlignment is { } alignment)
        {
            story.Add(alignment.Reason);
        }
    }

    private static void TellDkim(Assessment assessment, List<string> story)
    {
        if (assessment.Dkim.Count == 0)
        {
            story.Add(assessment.Message is null ? Strings.Align_DkimNotGiven : Strings.Align_DkimNone);
        }

        for (int index = 0; index < assessment.Dkim.Count; index++)
        {
            story.Add(DkimSentence(assessment.Dkim[index]));
            if (assessment.DkimAlignments[index] is { } alignment && alignment.Cause != IdentifierAlignmentCause.NotAuthenticated)
            {
                story.Add(alignment.Reason);
            }
        }
    }

    /// <summary>The domain of a signature, with its selector if known.</summary>
    public static string DkimName(DkimEvidence evidence) =>
        evidence.Selector.Length == 0 ? evidence.DomainText : evidence.DomainText + " (" + evidence.Selector + ")";

    /// <summary>The result of a signature and its source.</summary>
    public static string DkimSentence(DkimEvidence evidence)
    {
        string name = DkimName(evidence);
        return (evidence.Result is { } result
            ? Sentences.Fill(Strings.Align_DkimResult, name, result.ToWord(), evidence.Reason)
            : Sentences.Fill(Strings.Align_DkimUnknown, name, evidence.Reason)).Trim();
    }

    private static void TellArc(Assessment assessment, List<string> story)
    {
        if (assessment.Arc is not { Instances: > 0 } arc)
        {
            return;
        }

        story.Add(Sentences.Fill(
            Strings.Align_Arc,
            arc.Instances,
            arc.Sealers.Count == 0 ? Strings.Align_AnUnknownName : string.Join(", ", arc.Sealers),
            arc.Result == AuthenticationResult.Unknown ? Strings.Align_NotChecked : arc.Result.ToWord()).Trim());
        if (arc.Reason.Length > 0)
        {
            story.Add(arc.Reason);
        }

        if (arc.First is { } first)
        {
            story.Add(Sentences.Fill(Strings.Align_ArcFirst, first.AuthServId, string.Join(", ", first.KnownResults.Take(6).Select(Short))));
        }
    }

    private static void TellPolicy(Assessment assessment, List<string> story)
    {
        foreach (DmarcDiscovery one in assessment.SeveralPolicies)
        {
            story.Add(Sentences.Fill(Strings.Align_OneOfSeveral, one.Domain, one.AppliedPolicy?.ToKeyword() ?? Strings.Align_NoPolicy));
        }

        if (assessment.Evaluation is not { } evaluation)
        {
            return;
        }

        DmarcDiscovery discovery = evaluation.Discovery;
        if (discovery.Policy is { } policy)
        {
            story.Add(Sentences.Fill(Strings.Policy_ExplainRecord, discovery.Domain, discovery.RecordDomain, discovery.Record!.Text));
            story.Add(discovery.AppliedPolicy == policy
                ? Sentences.Fill(Strings.Policy_ExplainPolicy, discovery.PolicyTag, policy.ToKeyword())
                : Sentences.Fill(
                    Strings.Policy_ExplainPolicyLowered,
                    discovery.PolicyTag,
                    policy.ToKeyword(),
                    discovery.AppliedPolicy!.Value.ToKeyword()));
        }
        else
        {
            story.Add(Sentences.Fill(
                discovery.Status == DmarcRecordStatus.DnsFailure ? Strings.Policy_ExplainFailure : Strings.Policy_ExplainNoRecord,
                discovery.Domain,
                discovery.Status));
        }

        story.Add(assessment.Result switch
        {
            DmarcResult.Pass => Strings.Align_ResultPass,
            DmarcResult.Fail => Sentences.Fill(Strings.Align_ResultFail, Treatment(evaluation.Disposition)),
            DmarcResult.TempError => Strings.Align_ResultTempError,
            DmarcResult.None => Strings.Align_ResultNone,
            _ => Strings.Align_ResultUnknown,
        });
    }

    private static void TellReceiver(Assessment assessment, ReceiverVerdict? receiver, List<string> story)
    {
        if (receiver is null || (receiver.Dmarc is null && receiver.Action.Length == 0))
        {
            return;
        }

        string server = receiver.Server.Length == 0 ? Strings.Align_AServer : receiver.Server;
        story.Add(receiver.Dmarc is { } outcome
            ? Sentences.Fill(
                receiver.IsTrusted ? Strings.Align_ReceiverSaid : Strings.Align_ReceiverClaims,
                server,
                outcome.ToWord(),
                receiver.Action).Trim()
            : Sentences.Fill(Strings.Align_ReceiverDid, server, receiver.Action));
        if (assessment.Result == DmarcResult.Fail
            && receiver.Handling?.Disposition is { } applied
            && assessment.Evaluation is { } evaluation
            && applied != evaluation.Disposition)
        {
            story.Add(Sentences.Fill(Strings.Align_ReceiverOtherwise, applied.ToKeyword(), evaluation.Disposition.ToKeyword()));
        }

        if (AlignmentReport.Difference(assessment, receiver) is { } difference)
        {
            story.Add(difference.Message);
        }
    }

    private static string Treatment(DmarcPolicy disposition) => disposition switch
    {
        DmarcPolicy.Reject => Strings.Align_AskReject,
        DmarcPolicy.Quarantine => Strings.Align_AskQuarantine,
        _ => Strings.Align_AskNothing,
    };

    private static string Source(EvidenceSource source, string server) => source switch
    {
        EvidenceSource.Given => Strings.Align_SourceGiven,
        EvidenceSource.Checked => Strings.Align_SourceChecked,
        EvidenceSource.CheckedFromHeader => Strings.Align_SourceHeader,
        EvidenceSource.TrustedReceiver => Sentences.Fill(Strings.Align_SourceTrusted, server),
        _ => Sentences.Fill(Strings.Align_SourceUnverified, server.Length == 0 ? Strings.Align_AServer : server),
    };

    private static string Short(MethodResult result) =>
        result.WrittenMethod + "=" + result.WrittenOutcome + (result.Domain is null ? "" : " (" + result.Domain + ")");
}
