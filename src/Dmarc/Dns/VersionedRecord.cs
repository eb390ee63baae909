namespace Dmarc.Dns;

/// <summary>How the records of a protocol begin, and how misspelled ones are recognised.</summary>
/// <param name="Version">The value of the tag v, such as <c>STSv1</c>.</param>
/// <param name="Word">The text that every spelling of the version contains, in lower case, such as <c>sts</c>.</param>
/// <param name="Tags">The tags that only such a record has at its name.</param>
/// <param name="AllowsSpace">True if blanks may surround the equals sign of the version, as in DKIM tag lists.</param>
internal sealed record VersionedRecordKind(string Version, string Word, string[] Tags, bool AllowsSpace = false)
{
    /// <summary>RFC 8461 §3.1.</summary>
    public static readonly VersionedRecordKind MtaSts = new("STSv1", "sts", ["id"]);

    /// <summary>RFC 8460 §3.</summary>
    public static readonly VersionedRecordKind TlsRpt = new("TLSRPTv1", "tls", ["rua"]);

    /// <summary>draft-brand-indicators-for-message-identification.</summary>
    public static readonly VersionedRecordKind Bimi = new("BIMI1", "bimi", ["l", "a", "avp", "lps"], true);
}

/// <summary>A TXT record identified by its beginning, such as <c>v=STSv1</c>.</summary>
/// <param name="Status">Whether there is one; <see cref="PartStatus.Invalid"/> if its version is misspelled.</param>
/// <param name="Text">The record, the first if there are several; empty if there is none.</param>
/// <param name="Count">The number of records.</param>
/// <param name="Problem">Why a text meant as a record is not valid, as the end of a sentence; empty otherwise.</param>
/// <param name="Target">The CNAME target of the name; empty if it is not an alias.</param>
internal readonly record struct VersionedRecord(PartStatus Status, string Text, int Count, string Problem, string Target)
{
    private const int MaximumShownLength = 40;

    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly char[] Quotes = ['"', '\u201C', '\''];

    /// <summary>How the look-up failed; null if it was answered.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>Another text that begins with a tag of such a record, like half of one; empty if none.</summary>
    public string Rest { get; init; } = "";

    /// <summary>True if the name is an alias whose target does not exist.</summary>
    public bool IsTargetMissing { get; init; }

    /// <summary>The record; empty if there is none; null if the look-up failed.</summary>
    public string? KnownText => Status == PartStatus.DnsFailure ? null : Text;

    /// <summary>Selects the record from an answer.</summary>
    public static VersionedRecord Select(DnsResponse response, VersionedRecordKind kind)
    {
        string target = response.CnamePath.Count == 0 ? "" : response.CnamePath[0].TrimEnd('.');
        if (!response.Status.IsAnswer())
        {
            return new VersionedRecord(PartStatus.DnsFailure, "", 0, "", target) { DnsFailure = response.Status.ToDnsFailure() };
        }

        string[] texts = [.. response.Records.OfType<TxtRecord>().Select(record => record.Text)];
        string[] records = [.. texts.Where(text => Begins(text, kind))];
        if (records.Length > 0)
        {
            return new VersionedRecord(records.Length > 1 ? PartStatus.Multiple : PartStatus.Found, records[0], records.Length, "", target)
            {
                Rest = records.Length > 1 ? "" : Array.Find(texts, text => IsRest(text, kind)) ?? "",
            };
        }

        foreach (string text in texts)
        {
            if (Diagnose(text, kind) is { } problem)
            {
                return new VersionedRecord(PartStatus.Invalid, text, 1, problem, target);
            }
        }

        return new VersionedRecord(PartStatus.NotFound, "", 0, "", target)
        {
            IsTargetMissing = target.Length > 0 && response.Status == DnsStatus.NxDomain,
        };
    }

    private static bool Begins(string text, VersionedRecordKind kind)
    {
        int next = 0;
        bool begins = Take("v")
            && (!kind.AllowsSpace || SkipBlanks())
            && Take("=")
            && (!kind.AllowsSpace || SkipBlanks())
            && Take(kind.Version)
            && SkipBlanks();
        return begins && (next == text.Length || text[next] == ';');

        bool Take(string expected)
        {
            bool found = string.CompareOrdinal(text, next, expected, 0, expected.Length) == 0;
            next += found ? expected.Length : 0;
            return found;
        }

        bool SkipBlanks()
        {
            while (next < text.Length && text[next] is ' ' or '\t')
            {
                next++;
            }

            return true;
        }
    }

    /// <summary>True for a text that begins with a tag of such a record but is not a record itself.</summary>
    private static bool IsRest(string text, VersionedRecordKind kind)
    {
        string plain = string.Concat(text.Split(Blanks)).TrimStart(';');
        return !Begins(text, kind) && kind.Tags.Any(tag => Is(plain, tag + "="));
    }

    /// <summary>Why a text meant as a record is not valid; null for a text with another purpose.</summary>
    private static string? Diagnose(string text, VersionedRecordKind kind)
    {
        string trimmed = text.Trim(Blanks);
        string plain = trimmed.Trim(Quotes).Trim(Blanks);
        int end = plain.IndexOfAny([';', ',', ' ', '\t']);
        string first = end < 0 ? plain : plain.Substring(0, end);
        string withoutBlanks = string.Concat(plain.Split(Blanks));
        string version = "v=" + kind.Version;
        if (Is(withoutBlanks, "v="))
        {
            // A record of another protocol has its own version.
            string rest = plain.Substring(plain.IndexOf('=') + 1).TrimStart(Blanks);
            int stop = rest.IndexOfAny([';', ',', ' ', '\t']);
            string written = rest.Substring(0, Math.Min(stop < 0 ? rest.Length : stop, MaximumShownLength));
            if (written.IndexOf(kind.Word, StringComparison.OrdinalIgnoreCase) < 0)
            {
                return null;
            }

            return trimmed.Length > 0 && Array.IndexOf(Quotes, trimmed[0]) >= 0 ? Strings.Record_Quoted
                : text.Length > 0 && Array.IndexOf(Blanks, text[0]) >= 0 ? Strings.Record_LeadingSpace
                : Sentences.Insert(
                    first.Length < version.Length && Is(withoutBlanks, version) ? Strings.Record_SpaceInVersion
                        : first == version ? Strings.Record_SeparatorMissing
                        : Is(first, version) && first.Length == version.Length ? Strings.Record_VersionCase
                        : Strings.Record_VersionUnknown,
                    version,
                    "v=" + written);
        }

        bool isLate = plain.Split(';').Any(part => Is(string.Concat(part.Split(Blanks)), version));
        return isLate ? Sentences.Insert(Strings.Record_VersionNotFirst, version)
            : kind.Tags.Any(tag => Is(withoutBlanks, tag + "="))
                || withoutBlanks.IndexOf(version, StringComparison.OrdinalIgnoreCase) > 0
                ? Sentences.Insert(Strings.Record_VersionMissing, version)
            : null;
    }

    private static bool Is(string text, string beginning) => text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

}
