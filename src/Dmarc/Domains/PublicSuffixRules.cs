namespace Dmarc.Domains;

/// <summary>
/// The rules of a public suffix list in a hash table over one block of characters. A look-up scans the name once from
/// its right end and allocates nothing.
/// </summary>
internal sealed class PublicSuffixRules
{
    private const string VersionMark = "// VERSION:";

    private const uint HashSeed = 2166136261;

    private const uint HashPrime = 16777619;

    /// <summary>How rules begin; any line begins like a normal one.</summary>
    private static readonly (Kinds Kind, string Text)[] Marks =
        [(Kinds.Exception, "!"), (Kinds.Wildcard, "*."), (Kinds.Normal, "")];

    private readonly string _block;
    private readonly int[] _buckets;
    private readonly Entry[] _entries;

    private PublicSuffixRules(Dictionary<string, Kinds> rules, int count, string version)
    {
        Count = count;
        Version = version;
        StringBuilder block = new(rules.Count * 14);
        _entries = new Entry[rules.Count];
        _buckets = new int[TableSize(rules.Count)];
        int index = 0;
        foreach (KeyValuePair<string, Kinds> rule in rules)
        {
            uint hash = HashSeed;
            for (int position = rule.Key.Length - 1; position >= 0; position--)
            {
                hash = (hash ^ rule.Key[position]) * HashPrime;
            }

            ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
            _entries[index] = new Entry(block.Length, rule.Key.Length, rule.Value, bucket);
            bucket = ++index;
            block.Append(rule.Key);
        }

        _block = block.ToString();
    }

    [Flags]
    private enum Kinds : byte
    {
        None = 0,
        Normal = 1,
        Wildcard = 2,
        Exception = 4,
    }

    public int Count { get; }

    public string Version { get; }

    public static PublicSuffixRules Read(Stream stream)
    {
        Dictionary<string, Kinds> rules = new(16384, StringComparer.Ordinal);
        string version = "";
        int count = 0;
        using StreamReader reader = new(stream, Encoding.UTF8, true, 16384, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                if (line.StartsWith(VersionMark, StringComparison.Ordinal))
                {
                    version = line.Substring(VersionMark.Length).Trim();
                }
            }
            else if (TryReadRule(line, out string name, out Kinds kind))
            {
                rules.TryGetValue(name, out Kinds earlier);
                rules[name] = earlier | kind;
                count += (earlier & kind) == 0 ? 1 : 0;
            }
        }

        return new PublicSuffixRules(rules, count, version);
    }

    /// <summary>The number of labels in the name's public suffix; at least one.</summary>
    public int CountSuffixLabels(string name)
    {
        int best = 1;
        int labels = 1;
        uint hash = HashSeed;
        for (int position = name.Length - 1; position >= 0; position--)
        {
            hash = (hash ^ name[position]) * HashPrime;
            if (position > 0 && name[position - 1] != '.')
            {
                continue;
            }

            Kinds kinds = Find(name, position, hash);
            if ((kinds & Kinds.Exception) != 0)
            {
                return labels - 1;
            }

            if ((kinds & Kinds.Normal) != 0)
            {
                best = labels;
            }

            if ((kinds & Kinds.Wildcard) != 0 && position > 0)
            {
                best = labels + 1;
            }

            labels++;
        }

        return best;
    }

    public void Write(TextWriter writer)
    {
        writer.WriteLine(VersionMark + " " + Version);
        List<string> lines = [];
        foreach (Entry entry in _entries)
        {
            string name = _block.Substring(entry.Start, entry.Length);
            lines.AddRange(Marks.Where(mark => (entry.Kinds & mark.Kind) != 0).Select(mark => mark.Text + name));
        }

        // Grouping rules of one suffix compresses best.
        foreach (string line in lines.OrderBy(line => string.Join(".", Enumerable.Reverse(line.Split('.'))), StringComparer.Ordinal))
        {
            writer.WriteLine(line);
        }
    }

    private static bool TryReadRule(string line, out string name, out Kinds kind)
    {
        // A rule ends at the first white space.
        int end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        (kind, string mark) = Array.Find(Marks, each => line.StartsWith(each.Text, StringComparison.Ordinal));
        bool isRule = DomainName.TryParse(
            line.Substring(0, end).Substring(Math.Min(mark.Length, end)), out DomainName? domain);
        name = domain?.ToString() ?? "";
        return isRule;
    }

    private static int TableSize(int count)
    {
        int size = 16;
        while (size < count * 2)
        {
            size *= 2;
        }

        return size;
    }

    private Kinds Find(string name, int start, uint hash)
    {
        int length = name.Length - start;
        for (int index = _buckets[hash & (uint)(_buckets.Length - 1)]; index != 0; index = _entries[index - 1].Next)
        {
            ref readonly Entry entry = ref _entries[index - 1];
            if (entry.Length == length && string.CompareOrdinal(_block, entry.Start, name, start, length) == 0)
            {
                return entry.Kinds;
            }
        }

        return Kinds.None;
    }

    private readonly struct Entry(int start, int length, Kinds kinds, int next)
    {
        public readonly int Start = start;
        public readonly int Length = length;
        public readonly Kinds Kinds = kinds;
        public readonly int Next = next;
    }
}
