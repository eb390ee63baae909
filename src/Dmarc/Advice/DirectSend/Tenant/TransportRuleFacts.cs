namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of <c>Get-TransportRule</c>: a rule can lock an endpoint, too.</summary>
internal sealed record TransportRuleFacts
{
    public string Name { get; init; } = "";

    /// <summary>The priority, the first rule lowest; null if unknown.</summary>
    public int? Priority { get; init; }

    /// <summary>True if later rules are not processed for matching mail (<c>StopRuleProcessing</c>).</summary>
    public bool StopsProcessing { get; init; }

    /// <summary>True if it requires a header that strangers do not write.</summary>
    public bool AsksForHeader { get; init; }

    /// <summary>True if it covers only mail to external recipients.</summary>
    public bool IsForMailToOutside { get; init; }

    /// <summary>True if it is enabled; null if unknown.</summary>
    public bool? Enabled { get; init; }

    /// <summary>True if it is enforced, not only tested; null if unknown.</summary>
    public bool? IsEnforced { get; init; }

    /// <summary>When it becomes active; null for no start.</summary>
    public DateTime? Begins { get; init; }

    /// <summary>When it becomes inactive; null for no end.</summary>
    public DateTime? Ends { get; init; }

    /// <summary>True if it refuses, deletes or quarantines matching mail.</summary>
    public bool Refuses { get; init; }

    /// <summary>True if matching mail bypasses the spam filter (<c>SetSCL -1</c>).</summary>
    public bool SkipsFilter { get; init; }

    /// <summary>True if it covers only internal senders.</summary>
    public bool IsForInside { get; init; }

    /// <summary>The sender domains; empty for all.</summary>
    public PrintableList<string> SenderDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>
    /// True if it compares these with From (default <c>SenderAddressLocation</c>), not only MAIL FROM.
    /// </summary>
    public bool ChecksHeader { get; init; } = true;

    /// <summary>The recipient domains; empty for all.</summary>
    public PrintableList<string> RecipientDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The sender addresses; empty for all.</summary>
    public PrintableList<string> SenderRanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>The excepted sender addresses.</summary>
    public PrintableList<string> ExceptedRanges { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it excepts mail with a header written by the gateway or the organisation's servers.</summary>
    public bool ExceptsHeader { get; init; }

    /// <summary>Further conditions and exceptions by which external mail escapes it.</summary>
    public PrintableList<string> Others { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it is active at a time in UTC; false if unknown.</summary>
    public bool IsInForce(DateTime now) => Enabled == true && IsEnforced != false && !(Begins > now) && !(Ends < now);

    /// <summary>
    /// True if, when active, it refuses mail of all external senders except from the excepted addresses or with the
    /// excepted header. Without exceptions, it stops all external mail.
    /// </summary>
    public bool IsLockFor(DomainName domain) => RefusesStrangers && SenderDomains.Count == 0 && Names(RecipientDomains, domain) != false;

    /// <summary>True if it does so for senders of the domain.</summary>
    public bool IsDomainLockFor(DomainName domain) =>
        RefusesStrangers && SenderDomains.Count > 0 && Names(SenderDomains, domain) == true && Names(RecipientDomains, domain) != false;

    /// <summary>
    /// True if, when active, it keeps a later rule from a stranger's mail to a domain. Mail that it refuses itself does
    /// not get through, and a stranger can use any sender.
    /// </summary>
    /// <param name="domain">The recipient domain.</param>
    /// <param name="senderDomain">The only relevant sender domain; null for all.</param>
    public bool StopsStrangers(DomainName domain, DomainName? senderDomain) => StopsProcessing
        && !Refuses
        && !IsForInside
        && !IsForMailToOutside
        && !AsksForHeader
        && (SenderRanges.Count == 0 || Tenant.SenderRanges.AreTooWide(SenderRanges))
        && Names(RecipientDomains, domain) != false
        && (senderDomain is null || Names(SenderDomains, senderDomain) != false);

    /// <summary>True if mail with the domain in its From header bypasses the spam filter.</summary>
    public bool LetsSpoofsPass(DomainName domain) =>
        SkipsFilter && !IsForInside && Names(SenderDomains, domain) == true && SenderRanges.Count == 0 && Others.Count == 0;

    /// <summary>True if it refuses mail but lets too much through: why it is not a lock.</summary>
    internal bool IsNearlyLock => Refuses && !IsForInside && SenderDomains.Count == 0 && SenderRanges.Count == 0
        && (ExceptedRanges.Count > 0 || ExceptsHeader);

    private bool RefusesStrangers =>
        Refuses && !IsForInside && SenderRanges.Count == 0 && Others.Count == 0 && !Tenant.SenderRanges.AreTooWide(ExceptedRanges);

    /// <summary>
    /// Whether the list contains the domain or a parent domain; null if it is empty. Exchange matches subdomains too:
    /// it reports for a wildcard that domain predicates include subdomains, so none is needed.
    /// </summary>
    private static bool? Names(PrintableList<string> list, DomainName domain) => list.Count == 0 ? null : list.Any(text =>
        DomainName.TryParse(
            text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text, out DomainName? named)
            && domain.IsEqualToOrBelow(named));
}
