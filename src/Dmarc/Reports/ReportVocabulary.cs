namespace Dmarc.Reports;

/// <summary>The elements of aggregate reports, in all editions, and their permitted parents.</summary>
internal static class ReportVocabulary
{
    /// <summary>The name of the processing instruction that marks missing text.</summary>
    public const string CutOffMarker = "dmarc-cut-off";

    /// <summary>The name of the processing instruction that marks a repaired record.</summary>
    public const string MendedMarker = "dmarc-mended";

    public const string Feedback = "feedback";
    public const string Version = "version";
    public const string ReportMetadata = "report_metadata";
    public const string OrgName = "org_name";
    public const string Email = "email";
    public const string ExtraContactInfo = "extra_contact_info";
    public const string ReportId = "report_id";
    public const string DateRange = "date_range";
    public const string Begin = "begin";
    public const string End = "end";
    public const string Error = "error";
    public const string Generator = "generator";
    public const string PolicyPublished = "policy_published";
    public const string Domain = "domain";
    public const string P = "p";
    public const string Sp = "sp";
    public const string Np = "np";
    public const string Adkim = "adkim";
    public const string Aspf = "aspf";
    public const string Pct = "pct";
    public const string Fo = "fo";
    public const string Testing = "testing";
    public const string DiscoveryMethod = "discovery_method";
    public const string Extension = "extension";
    public const string Record = "record";
    public const string Row = "row";
    public const string SourceIP = "source_ip";
    public const string Count = "count";
    public const string PolicyEvaluated = "policy_evaluated";
    public const string Disposition = "disposition";
    public const string Dkim = "dkim";
    public const string Spf = "spf";
    public const string Reason = "reason";
    public const string Type = "type";
    public const string Comment = "comment";
    public const string Identifiers = "identifiers";
    public const string Identities = "identities";
    public const string HeaderFrom = "header_from";
    public const string EnvelopeFrom = "envelope_from";
    public const string EnvelopeTo = "envelope_to";
    public const string AuthResults = "auth_results";
    public const string Selector = "selector";
    public const string Result = "result";
    public const string HumanResult = "human_result";
    public const string Scope = "scope";

    public const string Rfc9990Namespace = "urn:ietf:params:xml:ns:dmarc-2.0";
    public const string Rfc7489Namespace = "http://dmarc.org/dmarc-xml/0.1";

    private static readonly string[] AuthResultChildren = [Domain, Selector, Result, HumanResult, Scope];

    /// <summary>The elements with children. <c>dkim</c> and <c>spf</c> only have them in <c>auth_results</c>.</summary>
    private static readonly Dictionary<string, string[]> Children = new(StringComparer.Ordinal)
    {
        [Feedback] = [Version, ReportMetadata, PolicyPublished, Extension, Record],
        [ReportMetadata] = [OrgName, Email, ExtraContactInfo, ReportId, DateRange, Error, Generator],
        [DateRange] = [Begin, End],
        [PolicyPublished] = [Domain, P, Sp, Np, Adkim, Aspf, Pct, Fo, Testing, DiscoveryMethod],
        [Record] = [Row, Identifiers, Identities, AuthResults],
        [Row] = [SourceIP, Count, PolicyEvaluated],
        [PolicyEvaluated] = [Disposition, Dkim, Spf, Reason],
        [Reason] = [Type, Comment],
        [Identifiers] = [HeaderFrom, EnvelopeFrom, EnvelopeTo],
        [Identities] = [HeaderFrom, EnvelopeFrom, EnvelopeTo],
        [AuthResults] = [Dkim, Spf],
    };

    private static readonly Dictionary<string, string> ByFoldedName = MakeByFoldedName();

    /// <summary>The elements with one meaning anywhere: a misplaced one is read where it belongs.</summary>
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal)
    {
        Feedback, ReportMetadata, OrgName, ReportId, DateRange, Begin, End, PolicyPublished, Adkim, Aspf, DiscoveryMethod,
        Record, Row, SourceIP, Count, PolicyEvaluated, Disposition, Reason, Identifiers, Identities, HeaderFrom, EnvelopeFrom,
        EnvelopeTo, AuthResults, Dkim, Spf,
    };

    /// <summary>The elements that identify a report even inside non-standard elements.</summary>
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal)
    {
        Feedback, ReportMetadata, PolicyPublished, Record, Row, SourceIP, PolicyEvaluated, Identifiers, Identities, HeaderFrom, AuthResults,
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByFoldedName.Values;

    /// <summary>The name as in the standards; null if unknown in any letter case.</summary>
    public static string? Find(string name) => ByFoldedName.TryGetValue(name, out string? found) ? found : null;

    /// <summary>True for the values that a row needs: the sender, the number of messages, the From domain.</summary>
    public static bool IsVital(string name) => name is SourceIP or Count or HeaderFrom;

    /// <summary>True for an element that is misplaced, not foreign, where it is not allowed.</summary>
    public static bool IsTelling(string name) => Telling.Contains(name);

    /// <summary>True for an element, in any letter case, that indicates a part of a report in a foreign one.</summary>
    public static bool IsStructural(string name) => Find(name) is { } found && Structural.Contains(found);

    /// <summary>True for text with the start of a report or, inside a report, of a record; other formats have records too.</summary>
    public static bool HasEscapedPart(ReadOnlySpan<char> text, bool isInside) =>
        text.IndexOf('<') >= 0
        && (text.IndexOf("<feedback".AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0
            || text.IndexOf("<report_metadata".AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0
            || (isInside && text.IndexOf("<record".AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0));

    /// <summary>True for an element that contains only elements.</summary>
    public static bool HoldsElements(string name) => Children.ContainsKey(name);

    /// <summary>
    /// The elements to open in <paramref name="parent"/> so that <paramref name="name"/> is allowed there, the
    /// outermost first: none if it is allowed directly; null if there is no way. The shorter way is used; of two of
    /// equal length, the one with <paramref name="last"/>.
    /// </summary>
    public static IReadOnlyList<string>? Path(string parent, string name, string? last = null)
    {
        if (MayContain(parent, name))
        {
            return [];
        }

        if (!Children.TryGetValue(parent.Length == 0 ? Feedback : parent, out string[]? children))
        {
            return null;
        }

        List<string>? best = null;
        foreach (string child in children)
        {
            bool isLeaf = child != Dkim && child != Spf && !Children.ContainsKey(child) || parent == PolicyEvaluated && child != Reason;
            if (isLeaf || child == Identities || Path(child, name, last) is not { } rest)
            {
                continue;
            }

            if (best is null
                || rest.Count + 1 < best.Count
                || rest.Count + 1 == best.Count && (rest.Count == 0 ? child : rest[rest.Count - 1]) == last)
            {
                best = [child, .. rest];
            }
        }

        return best;
    }

    /// <summary>True if an element contains text and no elements.</summary>
    public static bool IsLeaf(string name, string parent) =>
        name is Dkim or Spf
            ? parent == PolicyEvaluated
            : name != Extension && ByFoldedName.ContainsKey(name) && !Children.ContainsKey(name);

    /// <summary>True if an element is allowed in another; an empty parent is the document.</summary>
    public static bool MayContain(string parent, string name) =>
        parent.Length == 0 ? name == Feedback || Contains(Feedback, name)
        : parent is Dkim or Spf ? Array.IndexOf(AuthResultChildren, name) >= 0
        : Contains(parent, name);

    private static bool Contains(string parent, string name) =>
        Children.TryGetValue(parent, out string[]? children) && Array.IndexOf(children, name) >= 0;

    private static Dictionary<string, string> MakeByFoldedName()
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase) { [Feedback] = Feedback };
        foreach (string name in Children.Values.SelectMany(children => children).Concat(AuthResultChildren))
        {
            names[name] = name;
        }

        return names;
    }
}
