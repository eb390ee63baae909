using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>The rules about the author, the envelope sender and the DMARC record that applies to them.</summary>
internal static class IdentityRules
{
    /// <summary>Exchange treats the message as internal: no DMARC is evaluated, no SPF or DKIM expected.</summary>
    public static AlignmentDiagnosis? InternalMail(Assessment assessment) => assessment.IsInternal
        ? new(
            AlignmentCause.InternalMail,
            Strings.Align_WhyInternal,
            AlignmentFindings.InternalMail.Create(assessment.Headers.Exchange?.AuthSource ?? assessment.Headers.Server))
        : null;

    /// <summary>No From field, or none with a domain: DMARC has nothing to evaluate (RFC 9989 §5.3.1).</summary>
    public static AlignmentDiagnosis? NoAuthor(Assessment assessment) => assessment.Author.Problem switch
    {
        AuthorProblem.NoField => new(AlignmentCause.NoAuthorDomain, Strings.Align_WhyNoFrom, AlignmentFindings.NoFrom.Create()),
        AuthorProblem.NoDomain => new(
            AlignmentCause.NoAuthorDomain, Strings.Align_WhyNoAuthorDomain,
            AlignmentFindings.NoAuthorDomain.Create(assessment.Author.Text)),
        _ => null,
    };

    /// <summary>Several From fields or domains: which counts is undefined (RFC 9989 §4.4, §5.3.1, §11.5).</summary>
    public static AlignmentDiagnosis? SeveralAuthors(Assessment assessment)
    {
        return assessment.Author.Problem switch
        {
            AuthorProblem.SeveralFields => Diagnose(Strings.Align_WhySeveralFrom, AlignmentFindings.SeveralFromFields),
            AuthorProblem.SeveralDomains =>
                Diagnose(Strings.Align_WhySeveralDomains, AlignmentFindings.SeveralAuthorDomains),
            AuthorProblem.Ambiguous => Diagnose(Strings.Align_WhyAmbiguousFrom, AlignmentFindings.AmbiguousFrom),
            _ => null,
        };

        AlignmentDiagnosis Diagnose(string reason, FindingDescriptor finding) =>
            new(AlignmentCause.SeveralAuthorDomains, reason, finding.Create(assessment.Author.Text));
    }

    /// <summary>The given envelope sender consists of several addresses, so SPF has no identity.</summary>
    public static AlignmentDiagnosis? UnreadableSender(Assessment assessment) =>
        assessment.Spf is { IsUnreadable: true, MailFrom: { } mailFrom }
            ? new(
                assessment.Passes ? AlignmentCause.None : AlignmentCause.SeveralSenders,
                Strings.Align_WhySeveralSenders,
                AlignmentFindings.MailFromUnreadable.Create(mailFrom))
            : null;

    /// <summary>Inconsistent signature parameters: an invalid domain, or results without a domain.</summary>
    public static IEnumerable<AlignmentDiagnosis> UnusedSignatures(Assessment assessment)
    {
        foreach (DkimEvidence signature in assessment.Dkim.Where(signature => signature is { Source: EvidenceSource.Given, Domain: null }))
        {
            yield return new(AlignmentFindings.DkimDomainUnreadable.Create(signature.DomainText, signature.Reason));
        }

        if (assessment.DkimResultsWithoutDomain > 0)
        {
            yield return new(AlignmentFindings.DkimResultsUnused.Create(assessment.DkimResultsWithoutDomain));
        }
    }

    /// <summary>A deciding look-up failed: neither pass nor fail (RFC 9989 §5.3.6).</summary>
    public static AlignmentDiagnosis? FailedLookup(Assessment assessment)
    {
        if (assessment is not { Result: DmarcResult.TempError, Evaluation: { } evaluation })
        {
            return null;
        }

        (string name, string status) = FindFailure(assessment, evaluation);
        return new(
            AlignmentCause.LookupFailed,
            Sentences.Fill(Strings.Align_WhyLookupFailed, name),
            AlignmentFindings.LookupFailed.Create(name, status));
    }

    /// <summary>No DMARC record applies, so nothing protects the author's domain.</summary>
    public static AlignmentDiagnosis? MissingRecord(Assessment assessment) =>
        assessment is not { Result: DmarcResult.None, Evaluation: { } evaluation } ? null
        : evaluation.Discovery.Status is DmarcRecordStatus.Invalid or DmarcRecordStatus.Multiple
            ? new(
                AlignmentCause.NoRecord,
                Strings.Align_WhyRecordUnusable,
                AlignmentFindings.RecordUnusable.Create(
                    evaluation.Discovery.RecordDomain ?? evaluation.AuthorDomain, evaluation.Discovery.Status))
            : new(
                AlignmentCause.NoRecord,
                Strings.Align_WhyNoRecord,
                AlignmentFindings.NoRecord.Create(
                    evaluation.AuthorDomain, evaluation.OrganizationalDomain ?? evaluation.AuthorDomain));

    /// <summary>Unknown facts could make the message pass, so it is not a fail.</summary>
    public static AlignmentDiagnosis? TooLittleKnown(Assessment assessment)
    {
        string missing = assessment.Spf.Result is not null && assessment.Spf is not { Passes: true, Domain: null } ? "DKIM"
            : assessment.AuthorSignatures.Any(signature => signature.Result is null) ? Strings.Align_SpfAndDkim
            : "SPF";
        return assessment.Result is not null ? null : new(
            AlignmentCause.TooLittleKnown,
            Sentences.Fill(Strings.Align_WhyTooLittle, missing),
            AlignmentFindings.TooLittleKnown.Create(missing));
    }

    /// <summary>The organisation passes, but adkim=s or aspf=s prevents alignment (RFC 9989 §4.4).</summary>
    public static IEnumerable<AlignmentDiagnosis> StrictModes(Assessment assessment)
    {
        if (!assessment.Fails || assessment.Evaluation is not { } evaluation)
        {
            yield break;
        }

        if (assessment.DkimAlignments.FirstOrDefault(one => one is { Cause: IdentifierAlignmentCause.StrictMode }) is { } dkim)
        {
            yield return Diagnose("adkim=s", dkim.Identifier.Domain, AlignmentFindings.StrictDkim);
        }

        if (assessment.SpfAlignment is { Cause: IdentifierAlignmentCause.StrictMode } spf)
        {
            yield return Diagnose("aspf=s", spf.Identifier.Domain, AlignmentFindings.StrictSpf);
        }

        AlignmentDiagnosis Diagnose(string tag, DomainName domain, FindingDescriptor finding) => new(
            AlignmentCause.StrictMode,
            Sentences.Fill(Strings.Align_WhyStrict, tag, domain),
            finding.Create(domain, evaluation.AuthorDomain, evaluation.PolicyDomain));
    }

    private static (string Name, string Status) FindFailure(Assessment assessment, DmarcEvaluation evaluation)
    {
        bool recordUnknown = evaluation.Discovery.Status == DmarcRecordStatus.DnsFailure
            || evaluation.Discovery.IsOrganizationalDomainUncertain;
        if (recordUnknown && evaluation.Discovery.Walk.FirstOrDefault(step => !step.Status.IsAnswer()) is { } failed)
        {
            return (failed.QueryName, failed.Status.ToString());
        }

        return assessment.AuthorSignatures.FirstOrDefault(signature => signature.Result == AuthenticationResult.TempError) is { } signature
            ? ((signature.Selector is { Length: > 0 } selector ? selector + "._domainkey." : "") + signature.DomainText, "DKIM temperror")
            : assessment.Spf.Result == AuthenticationResult.TempError
                ? (assessment.Spf.Domain?.ToString() ?? evaluation.AuthorDomain.ToString(), "SPF temperror")
                : (evaluation.AuthorDomain.ToString(), evaluation.Discovery.Status.ToString());
    }
}
