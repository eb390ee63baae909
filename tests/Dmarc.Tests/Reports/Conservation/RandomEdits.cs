namespace Dmarc.Tests.Reports.Conservation;

/// <summary>One change of the bytes of a report: those from <paramref name="Start"/> to <paramref name="End"/> give way to others.</summary>
internal sealed record Edit(int Start, int End, byte[] Bytes, string Kind)
{
    /// <summary>True if the edit touches a value. What takes the place of the byte beside it may lengthen it.</summary>
    public bool Touches(PlacedValue value) => Start == End
        ? (Start >= value.Start && Start <= value.End) || (Start == value.Start - 1 && Bytes.Length == 1 && Bytes[0] == '>')
        : Start < value.End + (Bytes.Length > 0 ? 1 : 0) && End > value.Start - (Bytes.Length > 0 ? 1 : 0);

    public override string ToString() => $"{Kind} at {Start}..{End}";
}

/// <summary>One to three random edits: bytes inserted, removed or changed, a tag cut, the end cut.</summary>
internal static class RandomEdits
{
    private static readonly byte[] Telling = "<>/&\"'= :;!?-x07\n"u8.ToArray();

    public static List<Edit> Make(Random random, byte[] bytes)
    {
        List<Edit> edits = [];
        int wanted = 1 + random.Next(3);

        // Where the end is cut off early, there may be no room for another edit.
        for (int tries = 0; edits.Count < wanted && tries < 100; tries++)
        {
            Edit edit = MakeOne(random, bytes);
            if (!edits.Exists(other => edit.Start <= other.End && other.Start <= edit.End))
            {
                edits.Add(edit);
            }
        }

        edits.Sort((left, right) => left.Start.CompareTo(right.Start));
        return edits;
    }

    public static byte[] Apply(byte[] bytes, IEnumerable<Edit> edits)
    {
        List<byte> result = new(bytes.Length + 8);
        int at = 0;
        foreach (Edit edit in edits)
        {
            result.AddRange(bytes.AsSpan(at, edit.Start - at));
            result.AddRange(edit.Bytes);
            at = edit.End;
        }

        result.AddRange(bytes.AsSpan(at));
        return [.. result];
    }

    private static Edit MakeOne(Random random, byte[] bytes)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(10))
        {
            case 0 or 1:
                return new Edit(at, at, [Any(random)], "insert");
            case 2 or 3:
                return new Edit(at, at + 1, [], "remove");
            case 4 or 5:
                return new Edit(at, at + 1, [Any(random)], "change");
            case 6 or 7 or 8:
                List<(int Start, int End)> tags = Tags(bytes);
                (int start, int end) = tags[random.Next(tags.Count)];
                return new Edit(start, end, [], "cut tag");
            default:
                return new Edit(at, bytes.Length, [], "cut end");
        }
    }

    private static byte Any(Random random) => random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);

    /// <summary>The tags of XML; of JSON, the names, texts and brackets.</summary>
    private static List<(int Start, int End)> Tags(byte[] bytes) => bytes[0] == '{' ? Tokens(bytes) : XmlTags(bytes);

    private static List<(int Start, int End)> Tokens(byte[] bytes)
    {
        List<(int, int)> tokens = [];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '"')
            {
                int start = i;
                i = Array.IndexOf(bytes, (byte)'"', i + 1);
                tokens.Add((start, i + 1));
            }
            else if (bytes[i] is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']')
            {
                tokens.Add((i, i + 1));
            }
        }

        return tokens;
    }

    private static List<(int Start, int End)> XmlTags(byte[] bytes)
    {
        List<(int, int)> tags = [];
        int start = -1;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '<')
            {
                start = i;
            }
            else if (bytes[i] == '>' && start >= 0)
            {
                tags.Add((start, i + 1));
                start = -1;
            }
        }

        return tags;
    }
}
