namespace Dmarc.Standards.Dmarc;

/// <summary>Reads the URI lists of rua and ruf (RFC 9989 §4.8, <c>dmarc-urilist</c>).</summary>
internal static class DmarcReportUriReader
{
    private static readonly char[] NotInAtoms = [.. "@()<>[]:;,\\\"\x7F"];

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
        bool isQuoted = local.Length > 2 && local[0] == '"' && local[local.Length - 1] == '"';
        return isQuoted
            || (local.Length > 0
                && local[0] != '.'
                && local[local.Length - 1] != '.'
                && local.IndexOf("..", StringComparison.Ordinal) < 0
                && local.IndexOfAny(NotInAtoms) < 0
                && local.All(character => character > ' '));
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
        host = null;
        int question = rest.IndexOf('?');
        address = Uri.UnescapeDataString(question < 0 ? rest : rest.Substring(0, question));
        int at = address.LastIndexOf('@');
        string domain = address.Substring(at + 1);

        // A name that ends in a number is not a domain, but looks like an IP address without brackets.
        return at > 0
            && !address.StartsWith("//", StringComparison.Ordinal)
            && (address[0] == '"' || address.IndexOf('@') == at)
            && !AddressText.IsAddress(domain)
            && !AddressText.IsAmbiguous(domain)
            && DomainName.TryParse(domain, out host);
    }

    private static DomainName? ReadAuthority(string rest)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        string authority = rest.Substring(2).Split('/', '?', '#')[0];
        string hostAndPort = authority.Substring(authority.LastIndexOf('@') + 1);
        return DomainName.TryParse(hostAndPort.Split(':')[0], out DomainName? host) ? host : null;
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

        return text.StartsWith("mailto:", StringComparison.Ordinal)
            ? "mailto"
            : NameText.ToLower(text.Substring(0, colon));
    }

    private static bool HasOnlyUriCharacters(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (character == '%'
                ? !Uri.IsHexEncoding(text, index)
                : character is <= ' ' or >= '\x7F' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The part of <c>obs-dmarc-report-size</c> after its <c>!</c>: digits and at most one unit.</summary>
    private static bool IsSize(string text)
    {
        string digits = text.Length > 0 && "kmgtKMGT".IndexOf(text[text.Length - 1]) >= 0
            ? text.Substring(0, text.Length - 1)
            : text;
        return digits.Length > 0 && digits.All(character => character is >= '0' and <= '9');
    }
}
