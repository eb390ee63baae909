using System.Net;
using static Dmarc.Text.Keyword;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Finds details of a result that receivers write in different places.</summary>
internal static class AuthenticationResultDetails
{
    private static readonly string[] SpfNames = ["smtp.mailfrom", "smtp.mail", "smtp.envelope-from", "smtp.helo", "mailfrom"];
    private static readonly string[] DkimNames = ["header.d", "header.i", "d"];
    private static readonly string[] DmarcNames = ["header.from", "header.d", "from"];
    private static readonly string[] OtherNames = ["header.d", "header.from", "smtp.mailfrom", "policy.domain"];
    private static readonly string[] AddressNames = ["smtp.remote-ip", "smtp.client-ip", "policy.iprev", "smtp.remote", "client-ip"];

    public static string? FindDomain(MethodResult result)
    {
        string[] names = result.Method switch
        {
            AuthenticationMethod.Spf => SpfNames,
            AuthenticationMethod.Dkim or AuthenticationMethod.DomainKeys => DkimNames,
            AuthenticationMethod.Dmarc => DmarcNames,
            _ => OtherNames,
        };

        // Microsoft writes "header.d=none" if there is no signature.
        return names
            .Select(name => DomainOf(result.GetProperty(name) ?? ""))
            .FirstOrDefault(domain => domain.Length > 0 && !Is(domain, "none"))
            ?? (result.Method == AuthenticationMethod.Spf && FindMention(result).Sender is { } sender
                ? DomainOf(sender) : null);
    }

    public static IPAddress? FindClientAddress(MethodResult result) =>
        AddressNames
            .Select(name => TryReadAddress(result.GetProperty(name), out IPAddress? address) ? address : null)
            .FirstOrDefault(address => address is not null)
        ?? FindMention(result).Address;

    /// <summary>The domain of an address, or the domain itself, without surrounding brackets and dots.</summary>
    public static string DomainOf(string value) => value.Substring(value.LastIndexOf('@') + 1)
        .Trim('<', '>', ' ', '\t', '.');

    /// <summary>Reads an address from a header: bare, bracketed, with the <c>IPv6:</c> tag or a port.</summary>
    public static bool TryReadAddress(string? text, out IPAddress? address)
    {
        address = null;
        if (text is null)
        {
            return false;
        }

        string candidate = text.Trim(' ', '\t', ',', ';', '.', '(', ')');
        if (candidate.Length > 0 && candidate[0] == '[')
        {
            int close = candidate.IndexOf(']');
            candidate = close < 0 ? candidate.Substring(1) : candidate.Substring(1, close - 1);
        }

        if (candidate.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
        {
            candidate = candidate.Substring(5);
        }

        return AddressText.TryRead(candidate, out address);
    }

    private static SpfMention FindMention(MethodResult result) =>
        result.Comments.Select(SpfMention.Read)
            .FirstOrDefault(mention => mention.Address is not null || mention.Sender is not null);
}
