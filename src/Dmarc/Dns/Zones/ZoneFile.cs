using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>
/// The records of a zone file (RFC 1035 §5), which answer instead of DNS. <para>The content determines the names it
/// answers for. With SOA records, it answers for all names at and below their owners. If it has records outside these,
/// or no SOA, it also answers for all names at and below the first <c>$ORIGIN</c>: <c>$ORIGIN .</c> answers for
/// everything. Records outside that too (a file with neither SOA nor <c>$ORIGIN</c>) replace only their own record
/// sets; everything else is looked up as usual.</para>
/// </summary>
internal sealed class ZoneFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Latin1 = Encoding.GetEncoding("ISO-8859-1");

    private ZoneFile(string source, ZoneParser parser, IEnumerable<string> origins, IEnumerable<Finding> conflicts)
    {
        Source = source;
        Records = parser.Records.ToPrintableList();
        OtherNames = parser.OtherNames.ToPrintableList();
        Origins = origins.ToPrintableList();
        Findings = parser.Findings.ToList().Concat(conflicts).ToFindingList();
    }

    /// <summary>The path of the file, or another name of the source.</summary>
    public string Source { get; }

    /// <summary>The names at and below which it answers, without the final dot; the root is the empty text.</summary>
    public PrintableList<string> Origins { get; }

    /// <summary>The records, in order, with absolute names.</summary>
    public PrintableList<DnsRecord> Records { get; }

    /// <summary>Findings about the file; each unreadable line is named.</summary>
    public PrintableList<Finding> Findings { get; }

    /// <summary>Names that exist because of records of unsupported types.</summary>
    internal PrintableList<string> OtherNames { get; }

    /// <summary>Reads a file in UTF-8, UTF-16 with a byte order mark, or another encoding as octets.</summary>
    /// <param name="path">The path.</param>
    /// <param name="origin">The origin of relative names, for which the file answers; null to read it there.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static ZoneFile Read(string path, string? origin = null)
    {
        RegularFile.Check(path);
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            Encoding wide = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return Parse(wide.GetString(bytes, 2, bytes.Length - 2), path, origin);
        }

        int start = AsciiBytes.MarkLength(bytes);
        try
        {
            return Parse(StrictUtf8.GetString(bytes, start, bytes.Length - start), path, origin);
        }
        catch (DecoderFallbackException)
        {
            return Parse(Latin1.GetString(bytes), path, origin, true);
        }
    }

    /// <summary>Reads the text of a file. Never throws on content.</summary>
    /// <param name="text">The text; non-ASCII characters in character-strings become UTF-8.</param>
    /// <param name="source">The name of the file in answers and findings.</param>
    /// <param name="origin">The origin of relative names, for which the file answers; null to read it there.</param>
    /// <exception cref="ArgumentException">The origin is not a domain name.</exception>
    public static ZoneFile Parse(string text, string source, string? origin = null) => Parse(text, source, origin, false);

    private static ZoneFile Parse(string text, string source, string? origin, bool octetsAsCharacters)
    {
        string? start = null;
        if (origin is not null)
        {
            start = WireName.TryGetCanonical(origin, out string canonical, out string error)
                ? canonical
                : throw new ArgumentException(error, nameof(origin));
        }

        ZoneParser parser = new(text, source, start, octetsAsCharacters);
        parser.Parse();
        return new ZoneFile(source, parser, FindOrigins(parser, start), FindConflicts(parser, source));
    }

    private static List<string> FindOrigins(ZoneParser parser, string? origin)
    {
        if (origin is not null)
        {
            return [origin];
        }

        HashSet<string> origins = [.. parser.Records.OfType<SoaRecord>().Select(record => ZoneIndex.Key(record.Name))];
        if (parser.FirstOrigin is string first
            && (origins.Count == 0 || parser.Records.Any(record => ZoneIndex.FindAtOrAbove(origins, ZoneIndex.Key(record.Name)) is null)))
        {
            origins.Add(ZoneIndex.Key(first));
        }

        return [.. origins];
    }

    private static IEnumerable<Finding> FindConflicts(ZoneParser parser, string source) => parser.Records
        .GroupBy(record => ZoneIndex.Key(record.Name))
        .Where(group => group.Any(record => record.Type == DnsRecordType.CNAME) && group.Skip(1).Any())
        .Select(group => DnsFindings.ZoneCnameConflict.Create(source, group.Key));
}
