using System.Runtime.CompilerServices;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>Reads the entries of a zone file in order; unreadable ones become findings.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="source">The name of the file for findings.</param>
/// <param name="origin">The initial origin, absolute; null if unknown.</param>
/// <param name="octetsAsCharacters">True if each character is the octet with its number.</param>
internal sealed class ZoneParser(string text, string source, string? origin, bool octetsAsCharacters)
{
    private const int MaximumRecords = 2_000_000;
    private const int MaximumUnknownTypes = 1000;
    private const uint LastResortTimeToLive = 3600;

    private readonly HashSet<string> _unknownTypes = new(StringComparer.OrdinalIgnoreCase);
    private string? _origin = origin;
    private string? _owner;
    private uint? _defaultTimeToLive;
    private uint? _lastTimeToLive;
    private uint? _soaMinimum;

    /// <summary>The records in the order of the file.</summary>
    public List<DnsRecord> Records { get; } = [];

    /// <summary>Names that exist because of records of unsupported types.</summary>
    public List<string> OtherNames { get; } = [];

    /// <summary>The findings.</summary>
    public FindingCollector Findings { get; } = new();

    /// <summary>The value of the first $ORIGIN; null if there is none.</summary>
    public string? FirstOrigin { get; private set; }

    /// <summary>Reads all entries.</summary>
    public void Parse()
    {
        ZoneTokenizer tokenizer = new(text);
        while (tokenizer.Next() is ZoneEntry entry)
        {
            if (Records.Count >= MaximumRecords)
            {
                Report(DnsFindings.ZoneTooLarge.CreateAt(entry.Position, source, MaximumRecords, entry.Line));
                return;
            }

            string? problem = entry.Problem ?? ReadEntry(entry);
            if (problem is not null)
            {
                Report(DnsFindings.ZoneSyntax.CreateAt(entry.Position, source, entry.Line, problem));
            }
        }
    }

    private string? ReadEntry(ZoneEntry entry)
    {
        ZoneToken first = entry.Tokens[0];
        if (first.Text.StartsWith("$", StringComparison.Ordinal) && !first.IsQuoted && !entry.StartsWithBlank)
        {
            return ReadDirective(entry);
        }

        int position = 0;
        if (!entry.StartsWithBlank)
        {
            // Later lines that omit the owner use this one, even if the rest of this line cannot be read.
            _owner = ZoneDataReader.ReadName(first.Text, _origin, out string? problem);
            position = 1;
            if (_owner is null)
            {
                return problem;
            }

            ReportUnicode(entry, [first.Text]);
        }

        return _owner is null ? Strings.Dns_ZoneNoOwner : ReadRecord(entry, position, _owner);
    }

    private string? ReadRecord(ZoneEntry entry, int position, string owner)
    {
        uint? timeToLive = null;
        bool hasClass = false;
        for (; position < entry.Tokens.Count; position++)
        {
            string word = entry.Tokens[position].Text;
            if (timeToLive is null && ZoneDataReader.TryReadSeconds(word, out uint seconds))
            {
                timeToLive = seconds > int.MaxValue ? 0 : seconds;
            }
            else if (!hasClass && word.ToUpperInvariant() is "IN" or "CH" or "HS" or "CS" or "ANY")
            {
                hasClass = true;
                if (!string.Equals(word, "IN", StringComparison.OrdinalIgnoreCase))
                {
                    return Sentences.Insert(Strings.Dns_ZoneBadClass, word);
                }
            }
            else
            {
                break;
            }
        }

        if (position >= entry.Tokens.Count)
        {
            return Strings.Dns_ZoneNoType;
        }

        string typeName = entry.Tokens[position++].Text;
        if (!TryReadType(typeName, out DnsRecordType type, out bool plausible))
        {
            if (!plausible)
            {
                return Sentences.Insert(Strings.Dns_ZoneNotAType, typeName);
            }

            OtherNames.Add(owner);
            if (_unknownTypes.Count < MaximumUnknownTypes && _unknownTypes.Add(typeName))
            {
                Report(DnsFindings.ZoneUnknownType.CreateAt(entry.Position, source, entry.Line, typeName));
            }

            return null;
        }

        ZoneDataReader data = new(entry.Tokens, position, _origin, octetsAsCharacters);
        DnsRecord? record = data.Read(type, owner, timeToLive ?? 0);
        if (record is null)
        {
            return data.Problem;
        }

        ReportUnicode(entry, data.UnicodeNames);

        if (record is SoaRecord soa)
        {
            _soaMinimum ??= soa.Minimum;
        }

        // RFC 2308 §4 for $TTL, RFC 1035 §5.1 for the previous record's TTL, then the usual fallbacks of servers.
        uint effective = timeToLive ?? _defaultTimeToLive ?? _lastTimeToLive ?? _soaMinimum ?? LastResortTimeToLive;
        _lastTimeToLive = timeToLive ?? _lastTimeToLive;
        Records.Add(timeToLive is null ? record with { TimeToLive = effective } : record);
        return null;
    }

    private string? ReadDirective(ZoneEntry entry)
    {
        string directive = entry.Tokens[0].Text;
        string value = entry.Tokens.Count == 2 ? entry.Tokens[1].Text : "";
        switch (directive.ToUpperInvariant())
        {
            case "$ORIGIN" when ZoneDataReader.ReadName(value, _origin, out _) is string name:
                ReportUnicode(entry, [value]);
                _origin = name;
                FirstOrigin ??= name;
                return null;
            case "$ORIGIN":
                // The following names are not relative to the previous origin and must not get it.
                _origin = null;
                _owner = null;
                return Sentences.Insert(Strings.Dns_ZoneBadDirective, directive);
            case "$TTL" when ZoneDataReader.TryReadSeconds(value, out uint seconds):
                _defaultTimeToLive = seconds > int.MaxValue ? 0 : seconds;
                return null;
            case "$INCLUDE":
                Report(DnsFindings.ZoneInclude.CreateAt(entry.Position, source, entry.Line));
                return null;
            default:
                return Sentences.Insert(Strings.Dns_ZoneBadDirective, directive);
        }
    }

    /// <summary>A type by name or as <c>TYPE16</c> (RFC 3597 §5). Letters and digits may be an unknown type.</summary>
    private static bool TryReadType(string word, out DnsRecordType type, out bool plausible)
    {
        string name = word.ToUpperInvariant();
        plausible = name.Length > 0
            && name[0] is >= 'A' and <= 'Z'
            && name.All(letter => letter is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-');
        if (name.StartsWith("TYPE", StringComparison.Ordinal))
        {
            type = int.TryParse(name.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? (DnsRecordType)number
                : 0;
            return RecordReader.Knows((int)type);
        }

        return Enum.TryParse(name, out type) && plausible && RecordReader.Knows((int)type);
    }

    private void Report(Finding finding) => Findings.Add(finding);

    /// <summary>DNS holds only A-labels: a server reads U-labels as octets that are never queried.</summary>
    private void ReportUnicode(ZoneEntry entry, IEnumerable<string> names)
    {
        foreach (string name in names.Where(ZoneDataReader.IsUnicode))
        {
            // Users copy the A-labels: a value that formats itself is not shown with the U-labels beside.
            FormattableString copied = FormattableStringFactory.Create("{0}", ZoneDataReader.ToALabels(name));
            Report(DnsFindings.ZoneUnicodeName.CreateAt(entry.Position, source, entry.Line, name, copied));
        }
    }

}
