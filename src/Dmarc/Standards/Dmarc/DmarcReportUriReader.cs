namespace Dmarc.Standards.Dmarc;

/// <summary>Reads the URI lists of rua and ruf (RFC 9989 §4.8, <c>dmarc-urilist</c>).</summary>
internal static class DmarcReportUriReader
{
    public static PrintableList<DmarcReportUri> Read(in DmarcTag tag, FindingCollector findings)
    {
        string list = tag.Value ?? "";
        List<DmarcReportUri> uris = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        int start = 0;
        while (start <= list.Length && uris.Count < DmarcLimits.ReportUris)
        {
            int comma = list.IndexOf(',', start);
            int end = comma < 0 ? list.Length : comma;
            string entry = list.Substring(start, end - start);
            string trimmed = entry.Trim(' ', '\t');
            int position = tag.ValuePosition + start + (entry.Length - entry.TrimStart(' ', '\t').Length);
            if (trimmed.Length == 0)
            {
                findings.Add(DmarcFindings.ReportUriEmpty, position, tag.Name);
            }
            else
            {
                uris.Add(ReadEntry(tag.Name, trimmed, position, findings));
                if (!known.Add(uris[uris.Count - 1].Text))
                {
                    findings.Add(DmarcFindings.ReportUriRepeated, position, tag.Name, trimmed);
                }
            }

            start = end + 1;
        }

        return uris.ToPrintableList();
    }

    /// <summary>Reads one destination, even a faulty one.</summary>
    public static DmarcReportUri ReadOne(string tag, string text) => ReadEntry(tag, text, 0, new FindingCollector());

    /// <summary>
    /// True for a valid mail address: its local part is a dot-string or is quoted (RFC 5321 §4.1.2), and its domain has
    /// more than one label.
    /// </summary>
    public static bool IsMailbox(string address)
    {
        int at = address.LastIndexOf('@');
        if (at < 0 || address.IndexOf('.', at) < 0)
        {
            return false;
        }

        string local = address.Substring(0, at);
        if (local.Length > 2 && local[0] == '"' && local[local.Length - 1] == '"')
        {
            return true;
        }

        return local.Length > 0
            && local[0] != '.'
            && local[local.Length - 1] != '.'
            && local.IndexOf("..", StringComparison.Ordinal) < 0
            && local.All(character => character is > ' ' and not ('@' or '(' or ')' or '<' or '>' or '[' or ']' or ':' or ';' or ',' or '\\' or '"' or '\x7F'));
    }

    private static DmarcReportUri ReadEntry(string tag, string entry, int position, FindingCollector findings)
    {
        string text = entry;
        string size = "";
        int mark = text.LastIndexOf('!');
        if (mark >= 0)
        {
            size = text.Substring(mark + 1);
            if (IsSize(size))
            {
                text = text.Substring(0, mark);
                findings.Add(DmarcFindings.SizeLimitObsolete, position + mark, tag, "!" + size);
            }
            else
            {
                size = "";
                findings.Add(DmarcFindings.ReportUriInvalid, position + mark, tag, entry);
                return new DmarcReportUri(text, ReadScheme(text), "", null, "", false, position);
            }
        }

        string scheme = ReadScheme(text);
        if (scheme.Length == 0)
        {
            findings.Add(text.Contains('@') ? DmarcFindings.ReportUriWithoutScheme : DmarcFindings.ReportUriInvalid, position, tag, entry);
            return new DmarcReportUri(text, "", "", null, size, false, position);
        }

        string rest = text.Substring(scheme.Length + 1);
        string address = "";
        DomainName? host;

        // Even before a size limit, an exclamation mark within the URI must be encoded.
        bool wellFormed = HasOnlyUriCharacters(rest) && rest.IndexOf('!') < 0;
        if (scheme == "mailto")
        {
            wellFormed &= TryReadMailbox(rest, out address, out host);
        }
        else
        {
            host = ReadAuthority(rest);
            wellFormed &= rest.Length > 0;
        }

        if (!wellFormed)
        {
            findings.Add(DmarcFindings.ReportUriInvalid, position, tag, entry);
        }
        else if (scheme != "mailto")
        {
            findings.Add(DmarcFindings.ReportUriScheme, position, tag, text);
        }

        return new DmarcReportUri(text, scheme, address, host, size, wellFormed, position);
    }

    private static bool TryReadMailbox(string rest, out string address, out DomainName? host)
    {
        int question = rest.IndexOf('?');
        string mailbox = question < 0 ? rest : rest.Substring(0, question);
        address = Uri.UnescapeDataString(mailbox);
        int at = address.LastIndexOf('@');
        if (at <= 0 || address.StartsWith("//", StringComparison.Ordinal) || (address[0] != '"' && address.IndexOf('@') < at))
        {
            host = null;
            return false;
        }

        // A name that ends in a number is not a domain, but looks like an IP address without brackets.
        string domain = address.Substring(at + 1);
        if (AddressText.IsAddress(domain) || AddressText.IsAmbiguous(domain))
        {
            host = null;
            return false;
        }

        return DomainName.TryParse(domain, out host);
    }

    private static DomainName? ReadAuthority(string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        int end = rest.IndexOfAny(['/', '?', '#'], 2);
        string authority = end < 0 ? rest.Substring(2) : rest.Substring(2, end - 2);
        authority = authority.Substring(authority.LastIndexOf('@') + 1);
        int colon = authority.IndexOf(':');
        return DomainName.TryParse(colon < 0 ? authority : authority.Substring(0, colon), out DomainName? host) ? host : null;
    }

    /// <summary>The scheme (RFC 3986 §3.1) in lower case; empty if the text has none.</summary>
    private static string ReadScheme(string text)
    {
        int colon = text.IndexOf(':');
        if (colon <= 0)
        {
            return "";
        }

        for (int index = 0; index < colon; index++)
        {
            char character = text[index];
            bool letter = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
            if (!letter && (index == 0 || character is not ((>= '0' and <= '9') or '+' or '-' or '.')))
            {
                return "";
            }
        }

        return string.Compare(text, 0, "mailto", 0, colon, StringComparison.OrdinalIgnoreCase) == 0 && colon == 6
            ? "mailto"
            : Lower(text.Substring(0, colon));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "URI schemes are written in lower case.")]
    private static string Lower(string text) => text.ToLowerInvariant();

    private static bool HasOnlyUriCharacters(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (character == '%')
            {
                if (index + 2 >= text.Length || !IsHex(text[index + 1]) || !IsHex(text[index + 2]))
                {
                    return false;
                }
            }
            else if (character is <= ' ' or >= '\x7F' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHex(char character) =>
        character is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    /// <summary>The part of <c>obs-dmarc-report-size</c> after its <c>!</c>.</summary>
    private static bool IsSize(string text)
    {
        int digits = 0;
        while (digits < text.Length && text[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        return digits > 0
            && (digits == text.Length
                || (digits == text.Length - 1 && text[digits] is 'k' or 'm' or 'g' or 't' or 'K' or 'M' or 'G' or 'T'));
    }
}
