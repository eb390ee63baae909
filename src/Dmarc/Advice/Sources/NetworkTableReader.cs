using System.Net;
using Dmarc.Reports.Reading.Containers;
using Row = (Dmarc.Advice.Sources.NetworkRange Range, int Line);

namespace Dmarc.Advice.Sources;

/// <summary>Reads a <see cref="NetworkTable"/>. An unreadable line is reported and skipped.</summary>
internal sealed class NetworkTableReader(string name)
{
    /// <summary>The maximum number of lines.</summary>
    public const int MaximumLines = 5_000_000;

    /// <summary>The maximum number of characters in a line.</summary>
    public const int MaximumLineLength = 4096;

    /// <summary>The maximum number of characters after decompression.</summary>
    public const long MaximumCharacters = 1L << 30;

    private const int MaximumText = 200;

    private readonly List<Row> _ranges = [];
    private readonly Dictionary<NetworkTableOwner, int> _owners = [];
    private readonly List<string> _problems = [];
    private readonly StringBuilder _line = new(128);
    private long _characters;
    private long _damaged;
    private int _firstDamaged;
    private string _firstDamagedText = "";

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">There is no valid line, or there are too many.</exception>
    public NetworkTable Read(Stream stream)
    {
        byte[] magic = new byte[2];
        int read = stream.Read(magic, 0, 2);
        stream.Seek(0, SeekOrigin.Begin);
        string? damage = null;
        using Stream text = read == 2 && magic[0] == 0x1F && magic[1] == 0x8B
            ? new GzipDecodingStream(stream, problem => damage ??= problem)
            : new BufferedStream(stream);
        using StreamReader reader = new(text, Encoding.UTF8, true, 1 << 16);
        int line = 0;
        while (ReadLine(reader) is { } content)
        {
            if (++line > MaximumLines || _characters > MaximumCharacters)
            {
                throw new InvalidDataException(Sentences.Fill(Strings.NetworkTable_TooLong, MaximumLines, MaximumCharacters >> 20));
            }

            Take(content, line);
        }

        if (damage is not null)
        {
            // An incomplete download: the lines before its end are usable.
            _problems.Add(Sentences.Fill(Strings.NetworkTable_Truncated, name, line, damage));
        }

        if (_damaged > 0)
        {
            _problems.Add(Sentences.Fill(Strings.NetworkTable_Damaged, name, _damaged, _firstDamaged, _firstDamagedText));
        }

        if (_ranges.Count == 0)
        {
            throw new InvalidDataException(
                _problems.Count > 0
                    ? _problems[_problems.Count - 1]
                    : Sentences.Fill(Strings.NetworkTable_Empty, name));
        }

        NetworkRange[] ranges = Flatten();
        return new NetworkTable(ranges, [.. _owners.OrderBy(pair => pair.Value).Select(pair => pair.Key)], _problems.ToPrintableList());
    }

    /// <summary>A line without its end; null at the end of the file. A too long line is cut and then invalid.</summary>
    private string? ReadLine(StreamReader reader)
    {
        _line.Clear();
        int next;
        bool any = false;
        while (_characters <= MaximumCharacters && (next = reader.Read()) >= 0)
        {
            any = true;
            _characters++;
            if (next == '\n')
            {
                break;
            }

            if (_line.Length <= MaximumLineLength)
            {
                _line.Append((char)next);
            }
        }

        return any ? _line.ToString() : null;
    }

    private void Take(string line, int number)
    {
        string content = line.TrimEnd('\r');
        if (content.Length == 0 || content[0] == '#')
        {
            return;
        }

        string[] fields = content.Split('\t');
        if (content.Length > MaximumLineLength
            || fields.Length < 4
            || !TryAddress(fields[0], out AddressNumber first)
            || !TryAddress(fields[1], out AddressNumber last)
            || first.IsIPv6 != last.IsIPv6
            || first.CompareTo(last) > 0
            || !TryAsn(fields[2], out uint asn))
        {
            if (_damaged++ == 0)
            {
                _firstDamaged = number;
                _firstDamagedText = Short(content, 80);
            }

            return;
        }

        string country = fields[3].Trim();
        string owner = asn == 0 || fields.Length < 5 ? "" : Short(string.Join(" ", fields.Skip(4)).Trim(), MaximumText);
        NetworkTableOwner key = new(asn, asn == 0 || country.Length != 2 ? "" : country.ToUpperInvariant(), owner);
        if (!_owners.TryGetValue(key, out int index))
        {
            index = _owners.Count;
            _owners.Add(key, index);
        }

        _ranges.Add((new NetworkRange(first, last, index), number));
    }

    private static bool TryAddress(string text, out AddressNumber address)
    {
        if (AddressText.TryRead(text, out IPAddress? parsed))
        {
            address = AddressNumber.From(parsed);
            return true;
        }

        address = default;
        return false;
    }

    private static bool TryAsn(string text, out uint asn)
    {
        string trimmed = text.Trim();
        return uint.TryParse(
            trimmed.StartsWith("AS", StringComparison.OrdinalIgnoreCase) ? trimmed.Substring(2) : trimmed,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out asn);
    }

    private static string Short(string text, int length) => text.Length > length ? text.Substring(0, length) : text;

    /// <summary>
    /// Makes ranges disjoint and sorts them. If several contain an address, the one that begins last counts, which is
    /// the narrower of two nested ones; of two equal ranges, the first in the file.
    /// </summary>
    private NetworkRange[] Flatten()
    {
        _ranges.Sort(static (left, right) =>
        {
            int order = left.Range.First.CompareTo(right.Range.First);
            order = order != 0 ? order : right.Range.Last.CompareTo(left.Range.Last);
            return order != 0 ? order : right.Line.CompareTo(left.Line);
        });

        long overlaps = 0;
        Row first = default;
        Row second = default;
        List<NetworkRange> flat = new(_ranges.Count);
        Stack<Row> open = new();
        AddressNumber from = default;
        foreach (Row next in _ranges)
        {
            Close(next.Range.First);
            if (open.Count > 0)
            {
                Row around = open.Peek();
                if (around.Range.Owner != next.Range.Owner && overlaps++ == 0)
                {
                    (first, second) = (around, next);
                }

                if (from.CompareTo(next.Range.First) < 0 && next.Range.First.TryPrevious(out AddressNumber before))
                {
                    flat.Add(new NetworkRange(from, before, around.Range.Owner));
                }
            }

            from = next.Range.First;
            open.Push(next);
        }

        Close(null);
        if (overlaps > 0)
        {
            _problems.Add(Sentences.Fill(
                Strings.NetworkTable_Overlaps,
                name,
                overlaps,
                second.Line,
                second.Range.First + "-" + second.Range.Last,
                first.Line,
                first.Range.First + "-" + first.Range.Last));
        }

        return [.. flat];

        // Closes the ranges that end before an address; all if there is none.
        void Close(AddressNumber? until)
        {
            while (open.Count > 0 && (until is not { } limit || open.Peek().Range.Last.CompareTo(limit) < 0))
            {
                NetworkRange ended = open.Pop().Range;
                if (from.IsIPv6 == ended.Last.IsIPv6 && from.CompareTo(ended.Last) <= 0)
                {
                    flat.Add(new NetworkRange(from, ended.Last, ended.Owner));
                    if (!ended.Last.TryNext(out from))
                    {
                        // The last address of a family closes all open ranges.
                        open.Clear();
                    }
                }
            }
        }
    }
}
