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

    private readonly List<(string Name, string Value)> _tags = [];

    /// <summary>Adds a tag at the end.</summary>
    public void Add(string name, string value) => _tags.Add((name, value));

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
        // 0 and 1 exclude each other; 1 requests more.
        string[] letters =
        [
            Has(FailureReportOptions.AnyFail) ? "1" : Has(FailureReportOptions.AllFail) ? "0" : "",
            Has(FailureReportOptions.Dkim) ? "d" : "",
            Has(FailureReportOptions.Spf) ? "s" : "",
        ];
        string text = string.Join(":", letters.Where(letter => letter.Length > 0));
        return text is "" or "0" ? null : text;

        bool Has(FailureReportOptions option) => (options & option) != 0;
    }

    /// <summary>The value of a tag; null if there is none.</summary>
    public string? Find(string name) => _tags.Find(each => each.Name == name).Value;

    /// <summary>The policy in a tag of the old record; null if it has no valid one.</summary>
    public DmarcPolicy? ReadPolicy(string name) =>
        Find(name) is { } value ? DmarcValues.ReadPolicy(new DmarcTag(name, value, 0, 0), new FindingCollector()) : null;

    /// <summary>Replaces the value, or adds the tag; null removes it.</summary>
    public void Set(string name, string? value)
    {
        int place = _tags.FindIndex(each => each.Name == name);
        if (place >= 0)
        {
            _tags.RemoveAt(place);
        }

        if (value is null)
        {
            return;
        }

        if (place < 0)
        {
            int order = Array.IndexOf(DefaultOrder, name);
            int next = _tags.FindIndex(each => Array.IndexOf(DefaultOrder, each.Name) > order);
            place = next < 0 ? _tags.Count : next;
        }

        // RFC 7489 §6.4 wants p directly after v, and some receivers still expect it there.
        _tags.Insert(name == DmarcTags.Policy ? 0 : place, (name, value));
    }

    /// <summary>The record.</summary>
    public override string ToString() =>
        "v=DMARC1" + string.Concat(_tags.Select(tag => "; " + tag.Name + "=" + tag.Value));

    private static string ToAscii(string domain) => DomainName.TryParse(domain, out DomainName? name) ? name.ToString() : domain;

    /// <summary>Encodes characters that the local part of an address allows and a URI does not (RFC 6068 §2).</summary>
    private static string EscapeMailbox(string local)
    {
        const string Others = "%\"<>\\^`{|}#?/&[]";
        return string.Concat(local.Select(character => character is > ' ' and < '\x7F' && Others.IndexOf(character) < 0
            ? character.ToString()
            : Uri.EscapeDataString(character.ToString())));
    }
}
