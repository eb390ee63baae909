using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>
/// What can be done about the domains that Microsoft gives a tenant. Microsoft runs their zones, so that most advice is of no use there:
/// only DMARC and DKIM of the initial domain can be changed, and not in DNS.
/// </summary>
internal static class MicrosoftDomainAdvice
{
    /// <summary>The findings without remedies that nobody can carry out, and one that says who can change what.</summary>
    public static IEnumerable<MailDomainFinding> Adapt(string domain, IEnumerable<MailDomainFinding> findings)
    {
        MicrosoftDomainKind kind = KindOf(domain);
        return kind == MicrosoftDomainKind.None ? findings : findings
            .Select(finding => finding.Remedy.Length == 0 ? finding : finding with { Remedy = RemedyOf(kind, domain, finding) })
            .Append(new MailDomainFinding(MailDomainPart.None, domain, DescriptorOf(kind).Create(domain)));
    }

    /// <summary>The step that a rule asks for; null if nobody but Microsoft can take it.</summary>
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
