using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>The outcome of a look-up in the zone files.</summary>
internal enum ZoneOutcome
{
    /// <summary>No file answers for the name.</summary>
    Outside,

    /// <summary>The name has such records.</summary>
    Found,

    /// <summary>The name is an alias.</summary>
    Alias,

    /// <summary>The name exists but has no such records.</summary>
    NoData,

    /// <summary>The name does not exist.</summary>
    NxDomain,
}

/// <summary>Records of one name and type.</summary>
/// <param name="Records">The records.</param>
/// <param name="Source">The file that they come from.</param>
internal sealed record ZoneRecordSet(PrintableList<DnsRecord> Records, string Source);

/// <summary>The result of a look-up.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Records">The records, or the alias.</param>
/// <param name="Source">The file.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
internal readonly record struct ZoneAnswer(ZoneOutcome Outcome, PrintableList<DnsRecord> Records, string Source, uint TimeToLive);

/// <summary>The names of all zone files in one tree, looked up as servers do (RFC 1034 §4.3.2, RFC 4592).</summary>
internal sealed class ZoneIndex
{
    private const uint NegativeTimeToLive = 300;

    private readonly Dictionary<string, string> _origins = [];
    private readonly Dictionary<string, Dictionary<DnsRecordType, ZoneRecordSet>> _names = [];

    /// <summary>An index of files; if two have the same record set, the later one counts.</summary>
    public ZoneIndex(IEnumerable<ZoneFile> files)
    {
        foreach (ZoneFile file in files)
        {
            foreach (string origin in file.Origins)
            {
                _origins[origin] = file.Source;
                Touch(origin);
            }

            foreach (IGrouping<(string Name, DnsRecordType Type), DnsRecord> group in file.Records
                .GroupBy(record => (Key(record.Name), record.Type)))
            {
                PrintableList<DnsRecord> records = group.ToPrintableList();
                records = records.Count < 2 ? records : records.GroupBy(Data).Select(same => same.First()).ToPrintableList();
                Touch(group.Key.Name)[group.Key.Type] = new ZoneRecordSet(records, file.Source);
            }

            foreach (string name in file.OtherNames)
            {
                Touch(Key(name));
            }
        }
    }

    /// <summary>The data that identifies duplicates in a set, which a server returns once (RFC 2181 §5).</summary>
    private static object Data(DnsRecord record) => record is TxtRecord txt
        ? string.Join(" ", txt.Strings.Select(Convert.ToBase64String))
        : record with { Name = "", TimeToLive = 0 };

    /// <summary>The spelling by which a name is found.</summary>
    public static string Key(string name) => WireName.TryGetCanonical(name, out string canonical, out _) ? canonical : name;

    /// <summary>The longest of the given names that equals the key or is above it; null if there is none.</summary>
    public static string? FindAtOrAbove(ICollection<string> names, string key)
    {
        for (string? candidate = key; candidate is not null; candidate = Parent(candidate))
        {
            if (names.Contains(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Looks up a name.</summary>
    /// <param name="key">The name as returned by <see cref="Key"/>.</param>
    /// <param name="name">The queried name, which becomes the owner of wildcard records.</param>
    /// <param name="type">The type.</param>
    public ZoneAnswer Find(string key, string name, DnsRecordType type)
    {
        string? origin = FindAtOrAbove(_origins.Keys, key);
        bool exists = _names.TryGetValue(key, out Dictionary<DnsRecordType, ZoneRecordSet>? sets);
        if (origin is null)
        {
            // A file without SOA and $ORIGIN replaces record sets, not whole names.
            return exists && TryChoose(sets!, type, name, out ZoneAnswer patch)
                ? patch
                : new ZoneAnswer(ZoneOutcome.Outside, PrintableList<DnsRecord>.Empty, "", 0);
        }

        if (!exists)
        {
            string encloser = key;
            do
            {
                encloser = Parent(encloser)!;
            }
            while (!_names.ContainsKey(encloser));
            exists = _names.TryGetValue(encloser.Length == 0 ? "*" : "*." + encloser, out sets);
        }

        if (exists && TryChoose(sets!, type, name, out ZoneAnswer answer))
        {
            return answer;
        }

        return new ZoneAnswer(
            exists ? ZoneOutcome.NoData : ZoneOutcome.NxDomain,
            PrintableList<DnsRecord>.Empty,
            _origins[origin],
            GetNegativeTimeToLive(origin));
    }

    private static bool TryChoose(Dictionary<DnsRecordType, ZoneRecordSet> sets, DnsRecordType type, string name, out ZoneAnswer answer)
    {
        bool found = sets.TryGetValue(type, out ZoneRecordSet? set);
        if (!found && !sets.TryGetValue(DnsRecordType.CNAME, out set))
        {
            answer = default;
            return false;
        }

        PrintableList<DnsRecord> records = set!.Records;
        if (records[0].Name.StartsWith("*.", StringComparison.Ordinal) || records[0].Name == "*")
        {
            records = records.Select(record => record with { Name = name }).ToPrintableList();
        }

        answer = new ZoneAnswer(
            found ? ZoneOutcome.Found : ZoneOutcome.Alias,
            records,
            set.Source,
            records.Min(record => record.TimeToLive));
        return true;
    }

    private uint GetNegativeTimeToLive(string origin) =>
        _names[origin].TryGetValue(DnsRecordType.SOA, out ZoneRecordSet? set) && set.Records[0] is SoaRecord soa
            ? Math.Min(soa.TimeToLive, soa.Minimum)
            : NegativeTimeToLive;

    /// <summary>A name exists if a name below it does (RFC 8020 §2, empty non-terminals of RFC 4592 §2.2.2).</summary>
    private Dictionary<DnsRecordType, ZoneRecordSet> Touch(string key)
    {
        if (_names.TryGetValue(key, out Dictionary<DnsRecordType, ZoneRecordSet>? sets))
        {
            return sets;
        }

        if (Parent(key) is string parent)
        {
            Touch(parent);
        }

        return _names[key] = [];
    }

    private static string? Parent(string key)
    {
        if (key.Length == 0)
        {
            return null;
        }

        int start = WireName.ParentStart(key);
        return start < 0 ? "" : key.Substring(start);
    }
}
