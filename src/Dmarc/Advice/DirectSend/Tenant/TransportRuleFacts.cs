using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>What matters here of an object of <c>Get-TransportRule</c>: a mail flow rule may refuse at the endpoint what no connector does.</summary>
internal sealed record TransportRuleFacts
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its place in the order in which rules are processed, the first one lowest; null if that is not told.</summary>
    public int? Priority { get; init; }

    /// <summary>True if no rule behind it is processed for what it matches (<c>StopRuleProcessing</c>).</summary>
    public bool StopsProcessing { get; init; }

    /// <summary>True if it is for what has a header only, which strangers do not write.</summary>
    public bool AsksForHeader { get; init; }

    /// <summary>True if it is for mail to recipients outside only.</summary>
    public bool IsForMailToOutside { get; init; }

    /// <summary>True if it is enabled; null if that is not told.</summary>
    public bool? Enabled { get; init; }

    /// <summary>True if it is enforced and does not only test; null if that is not told.</summary>
    public bool? IsEnforced { get; init; }

    /// <summary>When it begins to be in force; null if it always was.</summary>
    public DateTime? Begins { get; init; }

    /// <summary>When it ends to be in force; null if it never does.</summary>
    public DateTime? Ends { get; init; }

    /// <summary>True if it refuses, deletes or quarantines what it matches.</summary>
    public bool Refuses { get; init; }

    /// <summary>True if it spares what it matches the spam filter (<c>SetSCL -1</c>).</summary>
    public bool SkipsFilter { get; init; }

    /// <summary>True if it is for senders inside of the organisation only.</summary>
    public bool IsForInside { get; init; }

    /// <summary>The domains of senders that it is for; empty for all.</summary>
    public PrintableList<string> SenderDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it compares these with the From header (<c>SenderAddressLocation</c>, by default), and not with MAIL FROM alone.</summary>
    public bool ChecksHeader { get; init; } = true;

    /// <summary>The domains of recipients that it is for; empty for all.</summary>
    public PrintableList<string> RecipientDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The addresses of senders that it is for; empty for all.</summary>
    public PrintableList<string> SenderRanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>The addresses of senders that it leaves alone.</summary>
    public PrintableList<string> ExceptedRanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it leaves alone what has a header that the gateway or the servers of the organisation write.</summary>
    public bool ExceptsHeader { get; init; }

    /// <summary>Further conditions and exceptions, by which mail from outside escapes it.</summary>
    public PrintableList<string> Others { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it is in force at a time; false if it is not told that it is.</summary>
    /// <param name="now">The time, in UTC.</param>
    public bool IsInForce(DateTime now) => Enabled == true && IsEnforced != false && !(Begins > now) && !(Ends < now);

    /// <summary>
    /// True if it refuses, for all senders from outside, what does not come from the addresses, or with the header, that it leaves alone,
    /// were it in force. One that leaves nobody alone stops all mail from outside.
    /// </summary>
    /// <param name="domain">The domain that mail is for.</param>
    public bool IsLockFor(DomainName domain) => RefusesStrangers && SenderDomains.Count == 0 && Names(RecipientDomains, domain) != false;

    /// <summary>True if it does so for senders of the domain.</summary>
    /// <param name="domain">The domain.</param>
    public bool IsDomainLockFor(DomainName domain) =>
        RefusesStrangers && SenderDomains.Count > 0 && Names(SenderDomains, domain) == true && Names(RecipientDomains, domain) != false;

    /// <summary>
    /// True if it keeps a later rule from mail that a stranger sends to a domain, were it in force. What it refuses itself does not get through,
    /// and a stranger can write any sender.
    /// </summary>
    /// <param name="domain">The domain that mail is for.</param>
    /// <param name="senderDomain">The only sender domain that matters; null for all.</param>
    public bool StopsStrangers(DomainName domain, DomainName? senderDomain) => StopsProcessing
        && !Refuses
        && !IsForInside
        && !IsForMailToOutside
        && !AsksForHeader
        && (SenderRanges.Count == 0 || Tenant.SenderRanges.AreTooWide(SenderRanges))
        && Names(RecipientDomains, domain) != false
        && (senderDomain is null || Names(SenderDomains, senderDomain) != false);

    /// <summary>True where whoever writes the domain into the From header is spared the spam filter.</summary>
    /// <param name="domain">The domain.</param>
    public bool LetsSpoofsPass(DomainName domain) =>
        SkipsFilter && !IsForInside && Names(SenderDomains, domain) == true && SenderRanges.Count == 0 && Others.Count == 0;

    /// <summary>True if it refuses, but lets through what it does not have to: why it is no lock.</summary>
    internal bool IsNearlyLock => Refuses && !IsForInside && SenderDomains.Count == 0 && SenderRanges.Count == 0
        && (ExceptedRanges.Count > 0 || ExceptsHeader);

    private bool RefusesStrangers =>
        Refuses && !IsForInside && SenderRanges.Count == 0 && Others.Count == 0 && !Tenant.SenderRanges.AreTooWide(ExceptedRanges);

    /// <summary>The name and the addresses that it leaves alone.</summary>
    public override string ToString() => Name + (ExceptedRanges.Count == 0 ? "" : " (" + ExceptedRanges + ")");

    /// <summary>
    /// Whether the list names the domain or one above it; null if it names nothing. Exchange matches subdomains too: its own word on a wildcard
    /// is that domain predicates handle the subdomains, and that none is required.
    /// </summary>
    private static bool? Names(PrintableList<string> list, DomainName domain) => list.Count == 0 ? null : list.Any(text =>
        DomainName.TryParse(text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text, out DomainName? named) && domain.IsEqualToOrBelow(named));
}
