using Dmarc.Mail;

namespace Dmarc.Advice.Messages;

/// <summary>Reads envelope senders as written in headers and by people.</summary>
internal static class EnvelopeAddress
{
    /// <summary>Removes angle brackets and blanks; <c>&lt;&gt;</c> becomes the empty text, the null sender.</summary>
    public static string Trim(string text)
    {
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('<');
        int close = trimmed.LastIndexOf('>');
        return WithoutRoute(open >= 0 && close > open ? trimmed.Substring(open + 1, close - open - 1).Trim() : trimmed);
    }

    /// <summary>Removes a source route, <c>@one,@two:</c>, which old servers write (RFC 5321 appendix C).</summary>
    private static string WithoutRoute(string text)
    {
        int colon = text.Length > 0 && text[0] == '@' ? text.IndexOf(':') : -1;
        return colon > 0 && Array.TrueForAll(text.Substring(0, colon).Split(','), hop => hop.Trim() is { Length: > 1 } one && one[0] == '@')
            ? text.Substring(colon + 1).Trim()
            : text;
    }

    /// <summary>
    /// An envelope sender as written, without its brackets. Several addresses are unchanged: removing brackets would
    /// merge them.
    /// </summary>
    public static string Read(string text) => IsSeveral(text) ? text.Trim() : Trim(text);

    /// <summary>
    /// True if a text contains several addresses or domains, so SPF has no identity. A comma or a blank in the local
    /// part of one address does not count.
    /// </summary>
    public static bool IsSeveral(string? text)
    {
        PrintableList<MailAddress> entries = MailAddress.ParseList(text is null ? null : WithoutRoute(text.Trim()));
        int addresses = entries.Count(entry => entry.Domain.Length > 0);
        return addresses > 1 || (addresses == 0 && entries.Count > 1);
    }

    /// <summary>
    /// True if the given envelope sender is invalid: several addresses, or a text without a domain. Valid are also an
    /// address literal, which is a sender without a domain, and the null sender.
    /// </summary>
    public static bool IsUnreadable(string? given) =>
        IsSeveral(given)
            || (given is { Length: > 0 } && DomainOf(given) is null && !given.TrimEnd().EndsWith("]", StringComparison.Ordinal));

    /// <summary>The domain of an address, or the text itself if it is a domain; null if there is none.</summary>
    public static DomainName? DomainOf(string? address) =>
        address is not null
            && DomainName.TryParse(address.Substring(address.LastIndexOf('@') + 1).Trim(), out DomainName? domain)
            ? domain
            : null;

    /// <summary>
    /// True for an address rewritten by a forwarder: with the Sender Rewriting Scheme, in Microsoft 365's form or not,
    /// or in Gmail's form.
    /// </summary>
    public static bool IsOfForwarder(string? address) => address is not null
        && ((address.Length > 4
                && (address.StartsWith("SRS0", StringComparison.OrdinalIgnoreCase)
                    || address.StartsWith("SRS1", StringComparison.OrdinalIgnoreCase))
                && address[4] is '=' or '+' or '-')
            || address.IndexOf("+SRS=", StringComparison.OrdinalIgnoreCase) > 0
            || address.IndexOf("+caf_=", StringComparison.OrdinalIgnoreCase) > 0);
}
