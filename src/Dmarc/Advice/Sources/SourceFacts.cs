using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>The input of the rules: the rows' evidence, look-ups, and the neighbours.</summary>
internal sealed class SourceFacts(
    SourceEvidence evidence, SourceResult? resolved, SourceNeighbourhood? neighbourhood, SendingServices services)
{
    private bool? _isOwnNetwork;
    private bool? _isTied;

    public SourceEvidence Evidence { get; } = evidence;

    /// <summary>The look-up results; null if there are none.</summary>
    public SourceResult? Resolved { get; } = resolved;

    /// <summary>The sending service; null if unknown.</summary>
    public SendingService? Service { get; } = services.FindOf(evidence, resolved);

    public string ServiceName => Service?.Name ?? "";

    /// <summary>True if nearly all mail passes: failures are accidents, even one or two of few messages.</summary>
    public bool NearlyAllPass => IsShare(Evidence.Passed, 98) || (Evidence.Failed <= 2 && IsShare(Evidence.Passed, 90));

    /// <summary>True if part of the messages is at least this many percent of them.</summary>
    public bool IsShare(long part, int percent) => IsShare(part, Evidence.Evaluated, percent);

    /// <summary>True if part of the failing messages is at least this many percent of them.</summary>
    public bool IsShareOfFailed(long part, int percent) => IsShare(part, Evidence.Failed, percent);

    /// <summary>True for the organisation's own network: by the confirmed name, by HELO, or by neighbours.</summary>
    public bool IsOwnNetwork => _isOwnNetwork ??=
        OwnName is not null || Evidence.OwnHeloPassed > 0 || neighbourhood?.Contains(Evidence) == true;

    /// <summary>The confirmed name of the address in the organisation's domain; null if there is none.</summary>
    public string? OwnName =>
        Resolved is { IsNameConfirmed: true } resolved && resolved.Names.Count > 0 && Evidence.IsOwn(resolved.Names[0])
            ? resolved.Names[0]
            : null;

    /// <summary>
    /// True if evidence ties the mail to the organisation. Anyone can use the common addresses of a shared service, so
    /// the service alone proves nothing.
    /// </summary>
    public bool IsTied => _isTied ??=
        Evidence.DkimAligned > 0
        || Evidence.SpfAligned > 0
        || Evidence.OwnSpfRefused > 0
        || Evidence.OwnMailFromFailed > 0
        || Evidence.DkimPassing.Any(TenantNames);

    /// <summary>True if a signing and an SPF domain are of one other organisation, a service that also signs.</summary>
    public bool SignsForItself
    {
        get
        {
            HashSet<DomainName> signers = [.. Organizations(Evidence.DkimPassing)];
            return signers.Count > 0 && Organizations(Evidence.SpfPassing).Any(signers.Contains);
        }
    }

    /// <summary>An unknown domain for which the mail passes, by DKIM before MAIL FROM; null if there is none.</summary>
    public string? ForeignDomain =>
        Evidence.DkimPassing.Concat(Evidence.SpfPassing).FirstOrDefault(domain =>
            domain.Length > 0 && !Evidence.IsOwn(domain));

    /// <summary>True if the mail passes for a domain of the service.</summary>
    public bool PassesForService =>
        Evidence.DkimPassing.Any(domain => services.FindByDkimDomain(domain) == Service)
        || Evidence.SpfPassing.Any(domain => services.FindByMailFromDomain(domain) == Service);

    /// <summary>The percentage of passing mail; never 100 if anything fails.</summary>
    public string PassedText
    {
        get
        {
            double percent = Evidence.Evaluated == 0 ? 0 : 100.0 * Evidence.Passed / Evidence.Evaluated;
            return (Math.Floor(percent * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %";
        }
    }

    /// <summary>The SPF term for the source.</summary>
    public string SpfTerm => (Evidence.Source.IndexOf(':') >= 0 ? "ip6:" : "ip4:") + Evidence.Source;

    /// <summary>A verdict without a remedy.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="format">The text of the reason, whose first placeholder is the From domain.</param>
    /// <param name="more">The values for its further placeholders.</param>
    public SourceVerdict Verdict(SourceClass kind, string format, params object[] more) =>
        new(kind, ServiceName, Fill(format, more), "");

    /// <summary>A text about the From domain, its first placeholder.</summary>
    public string Fill(string format, params object[] more) => Sentences.Fill(format, [Evidence.HeaderFrom, .. more]);

    private static bool IsShare(long part, long whole, int percent) => whole > 0 && part > 0 && part >= whole / 100.0 * percent;

    private IEnumerable<DomainName> Organizations(IEnumerable<string> domains)
    {
        foreach (string domain in domains)
        {
            if (!Evidence.IsOwn(domain) && DomainName.TryParse(domain, out DomainName? name))
            {
                yield return Evidence.OrganizationalDomains.GetOrganizationalDomain(name);
            }
        }
    }

    /// <summary>
    /// True if a service's default signature names the organisation: <c>contoso-com.20230601.gappssmtp.com</c>,
    /// <c>contoso.onmicrosoft.com</c>.
    /// </summary>
    private bool TenantNames(string domain)
    {
        int dot = domain.IndexOf('.');
        if (dot <= 0 || Service is null)
        {
            return false;
        }

        string label = domain.Substring(0, dot);
        string organization = Evidence.OrganizationalDomain;
        int end = organization.IndexOf('.');
        return string.Equals(label, organization.Replace('.', '-'), StringComparison.OrdinalIgnoreCase)
            || string.Equals(label, organization.Replace(".", ""), StringComparison.OrdinalIgnoreCase)
            || (end > 0 && string.Equals(label, organization.Substring(0, end), StringComparison.OrdinalIgnoreCase));
    }
}
