using Dmarc.Mail;

namespace Dmarc.Reports;

/// <summary>A file encoded in text: uuencode from <c>begin</c> to <c>end</c>, or yEnc with <c>=y</c> lines.</summary>
/// <param name="IsYenc">True for yEnc, false for uuencode.</param>
/// <param name="Name">The file name in the text, without folders.</param>
/// <param name="Lines">The lines in the form required by a decoder.</param>
internal sealed record PackedText(bool IsYenc, string Name, byte[] Lines)
{
    private const int UuencodeShift = 32;
    private const int UuencodeMask = 63;

    /// <summary>False if the text is truncated before the end marker.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>The attributes of yEnc's <c>=y</c> lines; null for uuencode.</summary>
    public YencFields? Fields { get; private init; }

    /// <summary>False for an impossible file name: damage put data into the line with the name.</summary>
    public bool HasFileName
    {
        get
        {
            int dot = Name.LastIndexOf('.');
            return dot > 0 && Name.Length - dot is > 1 and <= 6
                && Name.Skip(dot + 1).All(character => character < 128 && char.IsLetterOrDigit(character))
                && !Name.Any(character => char.IsControl(character) || "\"<>|*?`".IndexOf(character) >= 0);
        }
    }

    /// <summary>True if a file begins in the text.</summary>
    public static ReportKind? Sniff(ReadOnlySpan<byte> text)
    {
        int position = 0;
        return !TryFindBegin(text, ref position, out bool isYenc) ? null
            : isYenc ? ReportKind.Yenc
            : ReportKind.Uuencode;
    }

    /// <summary>The files in a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasStrays">True if lines of further files occur without their beginning.</param>
    public static IReadOnlyList<PackedText> ReadAll(byte[] text, out bool hasStrays)
    {
        List<PackedText> files = [];
        int position = 0;
        int from = 0;
        hasStrays = false;
        while (TryFindBegin(text, ref position, out bool isYenc))
        {
            hasStrays |= HasStrays(text.AsSpan(from, position - from));
            files.Add(isYenc ? ReadYenc(text, ref position) : ReadUuencode(text, ref position));
            from = position;
        }

        hasStrays |= HasStrays(text.AsSpan(from));
        return files;
    }

    /// <summary>True for text with a line of data, or a line that begins or ends a file in yEnc.</summary>
    private static bool HasStrays(ReadOnlySpan<byte> text)
    {
        const int FullLine = 61;
        for (int position = 0; position < text.Length;)
        {
            int next = MailHeaderSection.NextLine(text, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.Slice(position, next - position));
            if (line.StartsWith("=y"u8) || (line.Length is >= FullLine and <= FullLine + 1 && line[0] == (byte)'M' && IsData(line)))
            {
                return true;
            }

            position = next;
        }

        return false;
    }

    private static bool IsData(ReadOnlySpan<byte> line)
    {
        foreach (byte octet in line)
        {
            if (octet is < (byte)' ' or > (byte)'`')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Moves to the next line that begins a file.</summary>
    private static bool TryFindBegin(ReadOnlySpan<byte> text, ref int position, out bool isYenc)
    {
        isYenc = false;
        while (position < text.Length)
        {
            int next = MailHeaderSection.NextLine(text, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.Slice(position, next - position));
            isYenc = line.StartsWith("=ybegin "u8);
            if (isYenc
                || (line.StartsWith("begin "u8) && IsUuencodeBegin(line) && IsUuencodeLine(text, next) && IsData(LineAt(text, next))))
            {
                return true;
            }

            position = next;
        }

        return false;
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int position) =>
        MailHeaderSection.TrimLineEnd(text.Slice(position, MailHeaderSection.NextLine(text, position) - position));

    /// <summary>True for <c>begin 644 name</c>.</summary>
    private static bool IsUuencodeBegin(ReadOnlySpan<byte> line)
    {
        int digits = "begin ".Length;
        int end = digits;
        while (end < line.Length && line[end] is >= (byte)'0' and <= (byte)'7')
        {
            end++;
        }

        return end - digits is 3 or 4 && end + 1 < line.Length && line[end] == (byte)' ';
    }

    /// <summary>True if a line of data, or the end of an empty file, is at the position.</summary>
    private static bool IsUuencodeLine(ReadOnlySpan<byte> text, int position)
    {
        ReadOnlySpan<byte> line = LineAt(text, position);
        return !line.IsEmpty && (line[0] is (>= (byte)'!' and <= (byte)'M') or (byte)'`');
    }

    private static PackedText ReadUuencode(byte[] text, ref int position)
    {
        int next = MailHeaderSection.NextLine(text, position);
        string begin = Encoding.UTF8.GetString(text, position, next - position).Trim();
        string name = begin.Substring(begin.IndexOf(' ', "begin ".Length) + 1);
        MemoryStream lines = new();
        lines.Write(text, position, next - position);
        position = next;
        bool ended = false;
        bool sound = true;
        while (position < text.Length && !ended)
        {
            next = MailHeaderSection.NextLine(text, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.AsSpan(position, next - position));
            ended = line.SequenceEqual("end"u8);
            if (!ended && !IsUuencodeLine(text, position) && !line.IsEmpty && line[0] != (byte)' ')
            {
                // Other content follows: the file is truncated.
                break;
            }

            position = next;
            if (ended || line.IsEmpty)
            {
                continue;
            }

            // Trailing blanks mean zeros, and many programs remove them; a check sum may follow.
            int length = ((((line[0] - UuencodeShift) & UuencodeMask) + 2) / 3 * 4) + 1;
            sound &= line.Length <= length + 1 && IsData(line);
            foreach (byte octet in line.Slice(0, Math.Min(line.Length, length)))
            {
                lines.WriteByte(octet);
            }

            for (int missing = line.Length; missing < length; missing++)
            {
                lines.WriteByte((byte)' ');
            }

            lines.WriteByte(AsciiBytes.LineFeed);
        }

        byte[] end = Encoding.ASCII.GetBytes("`\nend\n");
        lines.Write(end, 0, end.Length);
        return new PackedText(false, WithoutFolders(name), lines.ToArray()) { IsComplete = ended && sound };
    }

    private static PackedText ReadYenc(byte[] text, ref int position)
    {
        int start = position;
        YencFields fields = new();
        bool ended = false;
        while (position < text.Length && !ended)
        {
            int next = MailHeaderSection.NextLine(text, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.AsSpan(position, next - position));
            ended = line.StartsWith("=yend "u8);
            if (ended || line.StartsWith("=ybegin "u8) || line.StartsWith("=ypart "u8))
            {
                fields.Read(Encoding.UTF8.GetString(text, position, next - position));
            }

            position = next;
        }

        byte[] lines = new byte[position - start];
        Array.Copy(text, start, lines, 0, lines.Length);
        return new PackedText(true, WithoutFolders(fields.Name), lines) { IsComplete = ended && !fields.IsDamaged, Fields = fields };
    }

    private static string WithoutFolders(string name) => name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).Trim();
}

/// <summary>The attributes of a file in its yEnc lines.</summary>
internal sealed class YencFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private bool _hasEnd;

    /// <summary>The name of the file.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The required size of the decoded data in bytes; null if unknown.</summary>
    public long? Size =>
        long.TryParse(
            Find("=yend size") ?? Find("=ybegin size"), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size
            : null;

    /// <summary>True if the last line lacks the required size, or has an invalid check sum.</summary>
    public bool IsDamaged =>
        _hasEnd
            && (!IsNumber(Find("=yend size")) || (Find("=yend pcrc32") ?? Find("=yend crc32")) is not null && CheckSum is null);

    /// <summary>The check sum of the decoded data; null if there is none.</summary>
    public uint? CheckSum =>
        uint.TryParse(
            Find("=yend pcrc32") ?? Find("=yend crc32"),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture,
            out uint sum)
            ? sum
            : null;

    /// <summary>The part number of a file in several parts; null for a whole file.</summary>
    public string? Part => Find("=ybegin part");

    /// <summary>The number of parts; null if unknown.</summary>
    public string? Total => Find("=ybegin total");

    /// <summary>Reads a line.</summary>
    public void Read(string line)
    {
        string text = line.Trim();
        int name = text.StartsWith("=ybegin ", StringComparison.Ordinal) ? text.IndexOf(" name=", StringComparison.Ordinal) : -1;
        if (name >= 0)
        {
            Name = text.Substring(name + " name=".Length);
            text = text.Substring(0, name);
        }

        string[] words = text.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        _hasEnd |= words[0] == "=yend";
        foreach (string word in words.Skip(1))
        {
            int equals = word.IndexOf('=');
            if (equals > 0)
            {
                _values[words[0] + " " + word.Substring(0, equals)] = word.Substring(equals + 1);
            }
        }
    }

    private static bool IsNumber(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private string? Find(string key) => _values.TryGetValue(key, out string? value) ? value : null;
}
