namespace Dmarc.Standards.Dmarc;

/// <summary>The tags of a record being written, in order.</summary>
internal sealed class DmarcTagList
{
    /// <summary>The positions of tags that the old record did not have.</summary>
    private static readonly string[] DefaultOrder =
    [
        DmarcTags.Policy, DmarcTags.SubdomainPolicy, DmarcTags.NonexistentSubdomainPolicy, DmarcTags.Testing, DmarcTags.PublicSuffixDomain,
        DmarcTags.DkimAlignment, DmarcTags.SpfAlignment, DmarcTags.AggregateReports, DmarcTags.FailureReports, DmarcTags.FailureOptions,
    ];

    private readonly List<KeyValuePair<string, string>> _tags = [];

    /// <summary>Adds a tag at the end.</summary>
    public void Add(string name, string value) => _tags.Add(new KeyValuePair<string, string>(name, value));

    /// <summary>A destination's URI: <c>mailto:</c> added, <c>,</c> and <c>!</c> encoded (RFC 9989 §4.8).</summary>
    public static string WriteUri(string destination)
    {
        string text = destination.Trim();
        if (text.StartsWith("mailto://", StringComparison.OrdinalIgnoreCase))
        {
            text = "mailto:" + text.Substring("mailto://".Length);
        }

        int colon = text.IndexOf(':');
        int at = text.LastIndexOf('@');
        bool isBare = at > 0 && (colon < 0 || colon > at);
        if (isBare)
        {
            text = "mailto:" + EscapeMailbox(text.Substring(0, at)) + "@" + ToAscii(text.Substring(at + 1));
        }
        else if (at > 0 && text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && text.IndexOf('?') < 0)
        {
            text = text.Substring(0, at + 1) + ToAscii(text.Substring(at + 1));
        }

        return text.Replace(",", "%2C").Replace("!", "%21").Replace(";", "%3B");
    }

    /// <summary>The value of fo; null for the default.</summary>
    public static string? WriteFailureOptions(FailureReportOptions options)
    {
        StringBuilder value = new();
        Append(FailureReportOptions.AnyFail, '1');
        Append(FailureReportOptions.AllFail, '0');
        Append(FailureReportOptions.Dkim, 'd');
        Append(FailureReportOptions.Spf, 's');
        string text = value.ToString();
        return text is "" or "0" ? null : text;

        void Append(FailureReportOptions option, char letter)
        {
            // 0 and 1 exclude each other; 1 requests more.
            if ((options & option) != 0 && !(letter == '0' && value.Length > 0))
            {
                value.Append(value.Length > 0 ? ":" : "").Append(letter);
            }
        }
    }

    /// <summary>The value of a tag; null if there is none.</summary>
    public string? Find(string name)
    {
        int index = _tags.FindIndex(each => each.Key == name);
        return index < 0 ? null : _tags[index].Value;
    }

    /// <summary>The policy in a tag of the old record; null if it has no valid one.</summary>
    public DmarcPolicy? ReadPolicy(string name) =>
        Find(name) is { } value ? DmarcValues.ReadPolicy(new DmarcTag(name, value, 0, 0), new FindingCollector()) : null;

    /// <summary>Replaces the value, or adds the tag; null removes it.</summary>
    public void Set(string name, string? value)
    {
        int index = _tags.FindIndex(each => each.Key == name);
        if (value is null)
        {
            if (index >= 0)
            {
                _tags.RemoveAt(index);
            }

            return;
        }

        KeyValuePair<string, string> tag = new(name, value);
        if (index >= 0 && name == DmarcTags.Policy)
        {
            // RFC 7489 §6.4 wants p directly after v, and some receivers still expect it there.
            _tags.RemoveAt(index);
        }
        else if (index >= 0)
        {
            _tags[index] = tag;
            return;
        }

        int order = Array.IndexOf(DefaultOrder, name);
        int place = _tags.FindIndex(each => Array.IndexOf(DefaultOrder, each.Key) > order);
        _tags.Insert(name == DmarcTags.Policy ? 0 : place < 0 ? _tags.Count : place, tag);
    }

    /// <summary>The record.</summary>
    public override string ToString()
    {
        StringBuilder text = new("v=DMARC1");
        foreach (KeyValuePair<string, string> tag in _tags)
        {
            text.Append("; ").Append(tag.Key).Append('=').Append(tag.Value);
        }

        return text.ToString();
    }

    private static string ToAscii(string domain) => DomainName.TryParse(domain, out DomainName? name) ? name.ToString() : domain;

    /// <summary>Encodes characters that the local part of an address allows and a URI does not (RFC 6068 §2).</summary>
    private static string EscapeMailbox(string local)
    {
        StringBuilder text = new();
        foreach (char character in local)
        {
            if (character is > ' ' and < '\x7F' and not ('%' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '#' or '?' or '/' or '&' or '[' or ']'))
            {
                text.Append(character);
            }
            else
            {
                text.Append(Uri.EscapeDataString(character.ToString()));
            }
        }

        return text.ToString();
    }
}
