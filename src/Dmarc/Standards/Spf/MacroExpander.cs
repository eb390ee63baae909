namespace Dmarc.Standards.Spf;

/// <summary>The values of the macro letters (RFC 7208 §7.2).</summary>
internal sealed class MacroValues
{
    public required string LocalPart { get; init; }

    public required string SenderDomain { get; init; }

    public required string Helo { get; init; }

    public required AddressNumber Address { get; init; }

    public required string Receiver { get; init; }

    public required IClock Clock { get; init; }

    /// <summary>The domain whose record is being evaluated.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The validated name of the address, once looked up.</summary>
    public string ValidatedName { get; set; } = "unknown";
}

/// <summary>Expands macro strings (RFC 7208 §7.3).</summary>
internal static class MacroExpander
{
    /// <summary>
    /// The expanded text; null if it is too long or needs a value that is not ASCII: a non-ASCII local part never
    /// matches (RFC 8616 §4).
    /// </summary>
    public static string? Expand(MacroString macro, MacroValues values) => Expand(macro, values, values.Domain);

    /// <summary>The text expanded with the current domain only; null if it needs other values.</summary>
    public static string? ExpandDomain(MacroString macro, string domain) => Expand(macro, null, domain);

    private static string? Expand(MacroString macro, MacroValues? values, string domain)
    {
        if (macro.Literal is string literal)
        {
            return literal;
        }

        StringBuilder text = new(128);
        foreach (MacroPart part in macro.Parts)
        {
            string? value = part.Letter switch { '\0' => null, 'd' => domain, _ => ValueOf(part.Letter, values) };
            if (part.Letter == '\0')
            {
                text.Append(part.Literal);
            }
            else if (value is null || !TryAppend(text, part, value))
            {
                return null;
            }

            if (text.Length > SpfLimits.ExpandedLength)
            {
                return null;
            }
        }

        return text.ToString();
    }

    /// <summary>The value of a letter other than d; null if the values are not known.</summary>
    private static string? ValueOf(char letter, MacroValues? values) => values is null ? null : letter switch
    {
        's' => values.LocalPart + "@" + values.SenderDomain,
        'l' => values.LocalPart,
        'o' => values.SenderDomain,
        'i' => AddressText.Dotted(values.Address),
        'p' => values.ValidatedName,
        'v' => values.Address.IsIPv6 ? "ip6" : "in-addr",
        'h' => values.Helo,
        'c' => values.Address.ToString(),
        'r' => values.Receiver,
        _ => values.Clock.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>An IPv4 address as usual; the 32 nibbles of an IPv6 address separated by dots.</summary>
    private static bool TryAppend(StringBuilder text, MacroPart part, string value)
    {
        foreach (char character in value)
        {
            if (character > 0x7E)
            {
                return false;
            }
        }

        if (part.Keep != 0 || part.Reverses || part.Literal != ".")
        {
            value = Transform(value, part);
        }

        if (part.Escapes)
        {
            AppendEscaped(text, value);
        }
        else
        {
            text.Append(value);
        }

        return true;
    }

    private static string Transform(string value, MacroPart part)
    {
        string[] pieces = value.Split(part.Literal.ToCharArray());
        if (part.Reverses)
        {
            Array.Reverse(pieces);
        }

        int skip = part.Keep == 0 ? 0 : Math.Max(0, pieces.Length - part.Keep);
        return string.Join(".", pieces, skip, pieces.Length - skip);
    }

    /// <summary>Every character that is not unreserved (RFC 3986 §2.3) becomes <c>%XX</c>.</summary>
    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (char character in value)
        {
            if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~')
            {
                text.Append(character);
            }
            else
            {
                text.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
            }
        }
    }
}
