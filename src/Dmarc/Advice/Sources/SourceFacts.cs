using System.Globalization;
using Dmarc.Catalogue;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.Sources;

/// <summary>What the rules look at: the rows' evidence, what look-ups say, and the neighbours.</summary>
internal sealed class SourceFacts
{
    private readonly SourceNeighbourhood? _neighbourhood;
    private readonly SendingServices _services;
    private bool? _isOwnNetwork;
    private bool? _isTied;

    public SourceFacts(SourceEvidence evidence, SourceResult? resolved, SourceNeighbourhood? neighbourhood, SendingServices services)
    {
        Evidence = evidence;
        Resolved = resolved;
        _neighbourhood = neighbourhood;
        _services = services;
        Service = services.FindOf(evidence, resolved);
    }

    public SourceEvidence Evidence { get; }

    /// <summary>What look-ups say; null if none were made.</summary>
    public SourceResult? Resolved { get; }

    /// <summary>The sending service; null if none is known.</summary>
    public SendingService? Service { get; }

    public string ServiceName => Service?.Name ?? "";

    /// <summary>True where next to all mail passes: what fails then are accidents of the way. Of little mail, a message or two may be one.</summary>
    public bool NearlyAllPass => IsShare(Evidence.Passed, 98) || (Evidence.Failed <= 2 && IsShare(Evidence.Passed, 90));

    /// <summary>True if a part of the messages is at least so many percent of them.</summary>
    public bool IsShare(long part, int percent) => IsShare(part, Evidence.Evaluated, percent);

    /// <summary>True if a part of the messages that fail is at least so many percent of them.</summary>
    public bool IsShareOfFailed(long part, int percent) => IsShare(part, Evidence.Failed, percent);

    /// <summary>True if the address is one of the organisation's own network: by its confirmed name, by HELO, or by its neighbours.</summary>
    public bool IsOwnNetwork => _isOwnNetwork ??=
        OwnName is not null || Evidence.OwnHeloPassed > 0 || _neighbourhood?.Contains(Evidence) == true;

    /// <summary>The name of the address in the organisation's domain, where it is confirmed; null if there is none.</summary>
    public string? OwnName => Resolved is { IsNameConfirmed: true } resolved && resolved.Names.Count > 0 && Evidence.IsOwn(resolved.Names[0]) ? resolved.Names[0] : null;

    /// <summary>
    /// True where something ties the mail to the organisation. Anybody can send through the addresses that all customers of a
    /// shared service have in common, so that the service alone says nothing.
    /// </summary>
    public bool IsTied => _isTied ??=
        Evidence.DkimAligned > 0
        || Evidence.SpfAligned > 0
        || Evidence.OwnSpfRefused > 0
        || Evidence.OwnMailFromFailed > 0
        || Evidence.DkimPassing.Any(TenantNames);

    /// <summary>True if a domain that signs and one that passes SPF belong to the same other organisation: a service that signs with its own domain too.</summary>
    public bool SignsForItself
    {
        get
        {
            HashSet<DomainName> signers = [.. Organizations(Evidence.DkimPassing)];
            return signers.Count > 0 && Organizations(Evidence.SpfPassing).Any(signers.Contains);
        }
    }

    /// <summary>A domain of nobody known for which the mail passes, the one that signs before that of MAIL FROM; null if there is none.</summary>
    public string? ForeignDomain => Evidence.DkimPassing.Concat(Evidence.SpfPassing).FirstOrDefault(domain => domain.Length > 0 && !Evidence.IsOwn(domain));

    /// <summary>True if the mail passes for a domain of the service itself.</summary>
    public bool PassesForService =>
        Evidence.DkimPassing.Any(domain => _services.FindByDkimDomain(domain) == Service)
        || Evidence.SpfPassing.Any(domain => _services.FindByMailFromDomain(domain) == Service);

    /// <summary>How much of the mail passes, in percent; never 100 where anything fails.</summary>
    public string PassedText
    {
        get
        {
            double percent = Evidence.Evaluated == 0 ? 0 : 100.0 * Evidence.Passed / Evidence.Evaluated;
            return (Math.Floor(percent * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture) + " %";
        }
    }

    /// <summary>The term by which an SPF record lists the source.</summary>
    public string SpfTerm => (Evidence.Source.IndexOf(':') >= 0 ? "ip6:" : "ip4:") + Evidence.Source;

    /// <summary>A verdict that asks for nothing.</summary>
    public SourceVerdict Verdict(SourceClass kind, string format, params object[] arguments) =>
        new(kind, ServiceName, Sentences.Fill(format, arguments), "");

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
    /// True if the default signature of a service names the organisation: <c>contoso-com.20230601.gappssmtp.com</c>,
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
