using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>Makes the result object of an assessment.</summary>
internal static class AlignmentReport
{
    private static readonly string[] Limits =
        [MailFindings.TooManyHeaders.Code, MailFindings.HeaderTooLong.Code, MailFindings.TooLarge.Code];

    public static AlignmentResult Make(Assessment assessment, MessageAssessorOptions options)
    {
        List<AlignmentDiagnosis> diagnoses = AlignmentRules.Check(assessment);
        ReceiverVerdict? receiver = ReceiverReader.Read(assessment.Headers);
        AlignmentDiagnosis? main = diagnoses.Find(diagnosis => diagnosis.Cause != AlignmentCause.None);
        DmarcEvaluation? evaluation = assessment.Evaluation;
        List<Finding> findings = [.. diagnoses.Select(diagnosis => diagnosis.Finding), .. AboutReceiver(assessment, receiver, options)];
        return new AlignmentResult
        {
            Source = assessment.Message?.Source ?? "",
            Subject = assessment.Message?.Message.Subject ?? "",
            From = assessment.Author.Text,
            AuthorDomain = assessment.Author.Domain?.ToString(),
            Result = assessment.Result,
            Disposition = assessment.Result is DmarcResult.Pass or DmarcResult.Fail ? evaluation?.Disposition : null,
            Policy = evaluation?.Policy,
            EffectivePolicy = evaluation?.AppliedPolicy,
            PolicyTag = evaluation?.PolicyTag is { Length: > 0 } tag ? tag : null,
            RecordDomain = evaluation?.PolicyDomain?.ToString(),
            Record = evaluation?.Discovery.Record?.Text,
            RecordStatus = evaluation?.Discovery.Status,
            OrganizationalDomain = evaluation?.OrganizationalDomain?.ToString(),
            Spf = MakeSpf(assessment),
            Dkim = assessment.Dkim.Select((signature, index) =>
                MakeDkim(signature, assessment.DkimAlignments.ElementAtOrDefault(index), evaluation)).ToPrintableList(),
            Arc = assessment.Arc,
            AuthenticationResults = assessment.Headers.All,
            Receiver = receiver,
            Cause = main?.Cause ?? AlignmentCause.None,
            Reason = main?.Reason ?? (assessment.Passes ? AlignmentExplanation.WhyItPasses(assessment) : ""),
            Explanation = AlignmentExplanation.Tell(assessment, diagnoses, receiver),
            NextSteps = diagnoses
                .Select(diagnosis => diagnosis.Finding.Remedy)
                .Where(remedy => remedy.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .ToPrintableList(),
            Findings = findings
                .Concat(assessment.Message?.Findings ?? PrintableList<Finding>.Empty)
                .Union(LeftOut(assessment))
                .OrderByDescending(finding => finding.Severity)
                .About(assessment.Author.Domain?.ToString() ?? ""),
        };
    }

    /// <summary>Content not read because of a limit: it may include the author or a signature.</summary>
    private static IEnumerable<Finding> LeftOut(Assessment assessment) =>
        (assessment.Message?.Message.Findings ?? PrintableList<Finding>.Empty).Where(finding => Limits.Contains(finding.Code));

    private static SpfAlignmentResult MakeSpf(Assessment assessment)
    {
        SpfEvidence spf = assessment.Spf;
        return new SpfAlignmentResult
        {
            Domain = spf.Domain?.ToString(),
            Result = spf.Result,
            Mode = assessment.Evaluation?.Discovery.Record?.SpfAlignment,
            Aligned = Aligned(spf.Result, assessment.SpfAlignment),
            Reason = assessment.SpfAlignment?.Reason ?? (spf.Result is null ? Strings.Align_SpfUnknown : ""),
            Source = spf.Source,
            IPAddress = spf.Address,
            Helo = spf.Helo,
            MailFrom = spf.MailFrom,
            MatchedTerm = spf.Evaluation?.MatchedTerm ?? "",
        };
    }

    /// <summary>Whether an identifier counts: only a pass can; its alignment may be unknown.</summary>
    private static bool? Aligned(AuthenticationResult? result, IdentifierAlignment? alignment) =>
        alignment is not null ? alignment.Aligned
        : result is null or AuthenticationResult.Pass or AuthenticationResult.TempError ? null
        : false;

    private static DkimAlignmentResult MakeDkim(
        DkimEvidence signature, IdentifierAlignment? alignment, DmarcEvaluation? evaluation) =>
        new()
    {
        Domain = signature.DomainText.Length == 0 ? null : signature.DomainText,
        Selector = signature.Selector,
        Result = signature.Result,
        Mode = evaluation?.Discovery.Record?.DkimAlignment,
        Aligned = Aligned(signature.Result, alignment),
        Reason = (alignment is null or { Cause: IdentifierAlignmentCause.NotAuthenticated }
            ? signature.Reason
            : signature.Reason + " " + alignment.Reason).Trim(),
        Problem = signature.Problem,
        Source = signature.Source,
    };

    private static IEnumerable<Finding> AboutReceiver(Assessment assessment, ReceiverVerdict? receiver, MessageAssessorOptions options)
    {
        if (options.TrustedAuthServIds.Count > 0 && assessment.Message is not null && !assessment.Headers.IsTrusted && !assessment.Headers.IsReceivedSpfTrusted
            && assessment.Headers.OfUnknownVersion.Count == 0)
        {
            yield return AlignmentFindings.TrustedServerAbsent.Create(
                string.Join(", ", options.TrustedAuthServIds),
                assessment.Headers.All.Select(field => field.AuthServId).FirstOrDefault() is { Length: > 0 } server
                    ? server
                    : Strings.Align_NoServer);
        }

        int notExamined = assessment.SignaturesNotExamined + (assessment.Evaluation?.NotExamined ?? 0);
        if (notExamined > 0)
        {
            yield return AlignmentFindings.IdentifiersNotExamined.Create(
                notExamined, DmarcLimits.IdentifierWalks, DkimEvidenceFinder.MaximumSignatures);
        }

        foreach (string server in assessment.Headers.OutOfPlace)
        {
            yield return AlignmentFindings.ResultsOutOfPlace.Create(server, assessment.Headers.EdgeHop?.By ?? Strings.Align_AServer);
        }

        foreach (Finding finding in assessment.Headers.OfUnknownVersion)
        {
            yield return finding;
        }

        if (assessment.Spf.Source == EvidenceSource.UnverifiedReceiver
            || assessment.Dkim.Any(signature => signature.Source == EvidenceSource.UnverifiedReceiver))
        {
            yield return AlignmentFindings.ReceiverUnverified.Create(
                assessment.Headers.Server.Length == 0 ? Strings.Align_AServer : assessment.Headers.Server);
        }

        if (Difference(assessment, receiver) is { } difference)
        {
            yield return difference;
        }
    }

    /// <summary>The difference of the receiver's DMARC result from the computed one; null if none.</summary>
    public static Finding? Difference(Assessment assessment, ReceiverVerdict? receiver) =>
        receiver?.Dmarc is AuthenticationResult.Pass or AuthenticationResult.Fail
        && assessment.Result is DmarcResult.Pass or DmarcResult.Fail
        && receiver.Dmarc == AuthenticationResult.Pass != (assessment.Result == DmarcResult.Pass)
            ? AlignmentFindings.ReceiverDiffers.Create(
                receiver.Server.Length == 0 ? Strings.Align_AServer : receiver.Server,
                receiver.Dmarc == AuthenticationResult.Pass ? "pass" : "fail",
                assessment.Result == DmarcResult.Pass ? "pass" : "fail")
            : null;
}
