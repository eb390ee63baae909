namespace Dmarc.Advice.Audit;

/// <summary>
/// Advice for the domains that Microsoft assigns to a tenant. Microsoft operates their zones, so most advice does not
/// apply: only DMARC and DKIM of the initial domain can be changed, and not in DNS.
/// </summary>
internal static class MicrosoftDomainAdvice
{
    /// <summary>The findings without impossible remedies, and one that explains who can change what.</summary>
    public static IEnumerable<MailDomainFinding> Adapt(string domain, IEnumerable<MailDomainFinding> findings)
    {
        MicrosoftDomainKind kind = KindOf(domain);
        return kind == MicrosoftDomainKind.None ? findings : findings
            .Select(finding => finding.Remedy.Length == 0 ? finding : finding with { Remedy = RemedyOf(kind, domain, finding) })
            .Append(new MailDomainFinding(MailDomainPart.None, domain, DescriptorOf(kind).Create(domain)));
    }

    /// <summary>The step of a rule; null if only Microsoft can take it.</summary>
    public static GradeVerdict? Adapt(string domain, GradeVerdict verdict) => KindOf(domain) switch
    {
        MicrosoftDomainKind.None => verdict,
        MicrosoftDomainKind.Initial when verdict.Rule.StartsWith("Dmarc", StringComparison.Ordinal) =>
            verdict with { Remedy = Sentences.Join(verdict.Remedy, Fill(Strings.Microsoft_InitialDmarc, domain)) },
        MicrosoftDomainKind.Initial when verdict.Rule.StartsWith("Dkim", StringComparison.Ordinal) =>
            verdict with { Remedy = Fill(Strings.Microsoft_InitialDkim, domain), RecordName = "", RecordType = "", RecordValue = "" },
        _ => null,
    };

    private static string RemedyOf(MicrosoftDomainKind kind, string domain, MailDomainFinding finding) => (kind, finding.Part) switch
    {
        (MicrosoftDomainKind.Initial, MailDomainPart.Dmarc) => Sentences.Join(finding.Remedy, Fill(Strings.Microsoft_InitialDmarc, domain)),
        (MicrosoftDomainKind.Initial, MailDomainPart.Dkim) => Fill(Strings.Microsoft_InitialDkim, domain),
        _ => "",
    };

    private static FindingDescriptor DescriptorOf(MicrosoftDomainKind kind) => kind switch
    {
        MicrosoftDomainKind.Initial => MailDomainFindings.DomainMicrosoftInitial,
        MicrosoftDomainKind.Routing => MailDomainFindings.DomainMicrosoftRouting,
        _ => MailDomainFindings.DomainMicrosoftProvider,
    };

    private static MicrosoftDomainKind KindOf(string domain) =>
        DomainName.TryParse(domain, out DomainName? name) ? MicrosoftDomains.KindOf(name) : MicrosoftDomainKind.None;

    private static string Fill(string format, string domain) => Sentences.Fill(format, domain);
}
