using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>The names of all zone files in one tree, looked up as servers do (RFC 1034 §4.3.2, RFC 4592).</summary>
internal sealed class ZoneIndex
{
    private const uint NegativeTimeToLive = 300;

    private readonly Dictionary<string, string> _origins = [];
    private readonly Dictionary<string, Dictionary<DnsRecordType, DnsResponse>> _names = [];

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
                Touch(group.Key.Name)[group.Key.Type] =
                    new DnsResponse(group.Key.Name, group.Key.Type, DnsStatus.NoError)
                {
                    Records = records,
                    TimeToLive = records.Min(record => record.TimeToLive),
                    Server = file.Source,
                };
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
    /// <returns>
    /// The answer, which for an alias has the CNAME record and <see cref="DnsRetry.ForTarget"/>; null if no file
    /// answers for the name.
    /// </returns>
    public DnsResponse? Find(string key, string name, DnsRecordType type)
    {
        // A file without SOA and $ORIGIN replaces record sets, not whole names.
        string? origin = FindAtOrAbove(_origins.Keys, key);
        bool exists = _names.TryGetValue(key, out Dictionary<DnsRecordType, DnsResponse>? sets);
        if (origin is not null && !exists)
        {
            string encloser = key;
            do
            {
                encloser = Parent(encloser)!;
            }
            while (!_names.ContainsKey(encloser));

            exists = _names.TryGetValue(encloser.Length == 0 ? "*" : "*." + encloser, out sets);
        }

        if (exists && Choose(sets!, type, name) is { } answer)
        {
            return answer;
        }

        return origin is null ? null : new DnsResponse(name, type, exists ? DnsStatus.NoData : DnsStatus.NxDomain)
        {
            Server = _origins[origin],
            TimeToLive = GetNegativeTimeToLive(origin),
        };
    }

    private static DnsResponse? Choose(Dictionary<DnsRecordType, DnsResponse> sets, DnsRecordType type, string name)
    {
        if (!sets.TryGetValue(type, out DnsResponse? set) && !sets.TryGetValue(DnsRecordType.CNAME, out set))
        {
            return null;
        }

        bool isWildcard = set.Records[0].Name.StartsWith("*.", StringComparison.Ordinal) || set.Records[0].Name == "*";
        return set with
        {
            Name = name,
            Type = type,
            Records = isWildcard
                ? set.Records.Select(record => record with { Name = name }).ToPrintableList()
                : set.Records,
            Retry = set.Type == type ? DnsRetry.None : DnsRetry.ForTarget,
        };
    }

    private uint GetNegativeTimeToLive(string origin) =>
        _names[origin].TryGetValue(DnsRecordType.SOA, out DnsResponse? set) && set.Records[0] is SoaRecord soa
            ? Math.Min(soa.TimeToLive, soa.Minimum)
            : NegativeTimeToLive;

    /// <summary>A name exists if a name below it does (RFC 8020 §2, empty non-terminals of RFC 4592 §2.2.2).</summary>
    private Dictionary<DnsRecordType, DnsResponse> Touch(string key)
    {
        if (_names.TryGetValue(key, out Dictionary<DnsRecordType, DnsResponse>? sets))
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
