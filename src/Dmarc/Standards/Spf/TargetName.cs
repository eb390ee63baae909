namespace Dmarc.Standards.Spf;

/// <summary>Makes the names that macro expansion yields fit for a query (RFC 7208 §4.8, §7.3).</summary>
internal static class TargetName
{
    /// <summary>
    /// The name to query: without the final dot, shortened from the left by whole labels to 253 characters; null if it
    /// cannot exist (an empty label, or one of over 63 characters).
    /// </summary>
    public static string? FromExpansion(string? expanded)
    {
        if (expanded is null || expanded.Length == 0)
        {
            return null;
        }

        string name = expanded[expanded.Length - 1] == '.' ? expanded.Substring(0, expanded.Length - 1) : expanded;
        if (name.Length > DomainName.MaximumLength)
        {
            int dot = name.IndexOf('.', name.Length - DomainName.MaximumLength - 1);
            if (dot < 0)
            {
                return null;
            }

            name = name.Substring(dot + 1);
        }

        return IsPossible(name, out _) ? name : null;
    }

    /// <summary>
    /// The domain of a message for <c>check_host()</c>: several labels, U-labels converted to A-labels (RFC 7208 §4.3);
    /// null if malformed: no domain of a message contains a blank or control character.
    /// </summary>
    public static string? FromMessage(string domain)
    {
        if (domain.Length == 0 || domain[0] == '[')
        {
            return null;
        }

        foreach (char character in domain)
        {
            if (character is <= ' ' or '\x7F')
            {
                return null;
            }

            if (character > 0x7E)
            {
                return DomainName.TryParse(domain, out DomainName? name) && name.LabelCount > 1 ? name.ToString() : null;
            }
        }

        string text = domain[domain.Length - 1] == '.' ? domain.Substring(0, domain.Length - 1) : domain;
        return IsPossible(text, out int labels) && labels > 1 ? text : null;
    }

    /// <summary>
    /// The name in presentation format (RFC 1035 §5.1): blanks and control characters from macros become escapes, and a
    /// backslash is doubled, because it would begin one.
    /// </summary>
    public static string ToPresentation(string name)
    {
        foreach (char character in name)
        {
            if (IsEscaped(character))
            {
                return Escape(name);
            }
        }

        return name;
    }

    /// <summary>True if a name equals the other one or is below it, compared as in DNS.</summary>
    public static bool IsEqualToOrBelow(string name, string ancestor)
    {
        name = name.TrimEnd('.');
        ancestor = ancestor.TrimEnd('.');
        return name.EndsWith(ancestor, StringComparison.OrdinalIgnoreCase)
            && (name.Length == ancestor.Length || name[name.Length - ancestor.Length - 1] == '.');
    }

    private static bool IsEscaped(char character) => character is <= ' ' or '\x7F' or '\\';

    private static string Escape(string name) => string.Concat(name.Select(character => character == '\\' ? "\\\\"
        : IsEscaped(character) ? "\\" + ((int)character).ToString("D3", CultureInfo.InvariantCulture)
        : character.ToString()));

    private static bool IsPossible(string name, out int labels)
    {
        labels = 1;
        int length = 0;
        foreach (char character in name)
        {
            if (character != '.')
            {
                // U-labels are never looked up (RFC 8616 §4).
                if (character > '\x7F')
                {
                    return false;
                }

                length++;
                continue;
            }

            if (length is 0 or > DomainName.MaximumLabelLength)
            {
                return false;
            }

            labels++;
            length = 0;
        }

        return length is > 0 and <= DomainName.MaximumLabelLength && name.Length <= DomainName.MaximumLength;
    }
}
