using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>Derives from the parts of a domain: its failures, profile, findings and grade.</summary>
internal static class MailDomainAssessor
{
    /// <summary>Fills in the derived properties.</summary>
    /// <param name="result">The domain with its parts.</param>
    /// <param name="exchanges">The answer for MX, which also shows if the domain exists.</param>
    /// <param name="options">The options of the audit.</param>
    public static MailDomainResult Complete(MailDomainResult result, DnsResponse exchanges, MailDomainOptions options)
    {
        (MailDomainPart Part, DnsFailure Failure)[] failures = [.. MailDomainFailures.Find(result)];
        MailDomainStatus status = Judge(result, exchanges, failures);
        MailDomainResult judged = result with
        {
            Status = status,
            DnsFailure = status == MailDomainStatus.DnsFailure
                ? exchanges.Status.ToDnsFailure()
                : failures.Length > 0 ? failures[0].Failure
                : null,
            FailedParts = failures.Select(failure => failure.Part).Distinct().ToPrintableList(),
            DkimStatus = PartSummaries.OfDkim(result.Dkim),
            ReverseDnsStatus = PartSummaries.OfReverseDns(result.Mx),
            Findings = status == MailDomainStatus.DomainNotFound
                ? [new MailDomainFinding(MailDomainPart.None, result.Domain, MailDomainFindings.DomainNotFound.Create(result.Domain))]
                : MicrosoftDomainAdvice.Adapt(result.Domain, Gather(result))
                    .OrderByDescending(finding => finding.Severity)
                    .ToPrintableList(),
        };
        if (judged.Status is MailDomainStatus.DomainNotFound)
        {
            return judged;
        }

        (SendingProfile profile, string reason) = options.Profile is { } given
            ? (given, Strings.Profile_Given)
            : ProfileInference.Infer(judged);
        judged = MailDomainGrader.Grade(judged with { Profile = profile, ProfileReason = reason });
        return options.BulkSenderProviders.Count == 0
            ? judged
            : judged with { BulkSenderRules = DomainBulkSenderChecker.Check(judged, options.BulkSenderProviders) };
    }

    private static MailDomainStatus Judge(
        MailDomainResult result, DnsResponse exchanges, (MailDomainPart Part, DnsFailure Failure)[] failures)
    {
        bool nothingKnown = !exchanges.Status.IsAnswer()
            && (result.Spf is null or { Status: SpfRecordStatus.DnsFailure })
            && (result.Dmarc is null or { Status: DmarcRecordStatus.DnsFailure });
        return nothingKnown ? MailDomainStatus.DnsFailure
            : exchanges.Status == DnsStatus.NxDomain ? MailDomainStatus.DomainNotFound
            : failures.Length > 0 ? MailDomainStatus.Incomplete
            : MailDomainStatus.Complete;
    }

    private static IEnumerable<MailDomainFinding> Gather(MailDomainResult result) =>
        Of(result.Domain, MailDomainPart.Dmarc, result.Dmarc?.Findings)
            .Concat(Of(result.Domain, MailDomainPart.Spf, result.Spf?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.Dkim, result.Dkim.SelectMany(key => key.Findings)))
            .Concat(Of(result.Domain, MailDomainPart.Mx, result.Mx?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.MtaSts, result.MtaSts?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.TlsRpt, result.TlsRpt?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.Dane, result.Dane?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.Tls, result.Tls?.Findings))
            .Concat(Of(result.Domain, MailDomainPart.Bimi, result.Bimi?.Findings));

    private static IEnumerable<MailDomainFinding> Of(string domain, MailDomainPart part, IEnumerable<Finding>? findings) =>
        (findings ?? []).Select(finding => new MailDomainFinding(part, domain, finding));
}
