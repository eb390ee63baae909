namespace Dmarc.Reports.Reading.Repair;

/// <summary>
/// Detects the encoding of XML by its first bytes (XML 1.0 Appendix F): first the byte order mark or the pattern of the
/// first characters, then the declaration.
/// </summary>
internal static class ReportEncoding
{
    /// <summary>True if .NET can read the bytes: UTF-8 with or without a mark, not declared otherwise.</summary>
    public static bool IsPlainUtf8(ReadOnlySpan<byte> head)
    {
        if (FromBytes(head) is not null)
        {
            return false;
        }

        string declared = Declared(head);
        return declared.Length == 0
            || string.Equals(declared, "utf-8", StringComparison.OrdinalIgnoreCase)
            || string.Equals(declared, "utf8", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A reader that accepts any bytes, and logs invalid ones.</summary>
    public static TextReader OpenLenient(Stream stream, ReadOnlySpan<byte> head, RepairLog log)
    {
        Encoding? encoding = FromBytes(head) ?? FromDeclaration(Declared(head));
        return encoding is null
            ? new LenientUtf8Reader(stream, log)
            : new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 14);
    }

    private static Encoding? FromBytes(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4)
        {
            return null;
        }

        return (head[0], head[1], head[2], head[3]) switch
        {
            (0xFF, 0xFE, 0, 0) => Encoding.UTF32,
            (0, 0, 0xFE, 0xFF) => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            (0xFF, 0xFE, _, _) => Encoding.Unicode,
            (0xFE, 0xFF, _, _) => Encoding.BigEndianUnicode,
            ((byte)'<' or (byte)'{' or (byte)'[', 0, not 0, 0) => Encoding.Unicode,
            (0, (byte)'<' or (byte)'{' or (byte)'[', 0, not 0) => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    /// <summary>
    /// The declared encoding, unless it is UTF-8 or a single-byte encoding that <see cref="LenientUtf8Reader"/> reads.
    /// A UTF-16 declaration before single bytes is wrong: otherwise it could not have been read.
    /// </summary>
    private static Encoding? FromDeclaration(string declared)
    {
        if (declared.Length == 0
            || declared.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
            || declared.StartsWith("ucs", StringComparison.OrdinalIgnoreCase)
            || declared.StartsWith("iso-10646", StringComparison.OrdinalIgnoreCase)
            || declared.StartsWith("iso-8859-1", StringComparison.OrdinalIgnoreCase) && declared.Length == 10
            || string.Equals(declared, "us-ascii", StringComparison.OrdinalIgnoreCase)
            || string.Equals(declared, "ascii", StringComparison.OrdinalIgnoreCase)
            || string.Equals(declared, "latin1", StringComparison.OrdinalIgnoreCase)
            || string.Equals(declared, "windows-1252", StringComparison.OrdinalIgnoreCase)
            || string.Equals(declared, "cp1252", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return LegacyEncodings.Find(declared);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Declared(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.Slice(0, Math.Min(head.Length, 200));
        int start = text.IndexOf("<?xml"u8);
        if (start < 0)
        {
            return "";
        }

        text = text.Slice(start);
        int end = text.IndexOf((byte)'>');
        text = end < 0 ? text : text.Slice(0, end);
        int at = text.IndexOf("encoding"u8);
        if (at < 0)
        {
            return "";
        }

        text = text.Slice(at + 8);
        int open = text.IndexOfAny((byte)'"', (byte)'\'');
        if (open < 0)
        {
            return "";
        }

        byte quote = text[open];
        text = text.Slice(open + 1);
        int close = text.IndexOf(quote);
        return close < 0 ? "" : Encoding.ASCII.GetString(text.Slice(0, close).ToArray()).Trim();
    }
}

/// <summary>Encodings beyond Unicode, without registering a provider for the whole process.</summary>
internal static class LegacyEncodings
{
    /// <summary>The encoding with a name; throws <see cref="ArgumentException"/> if there is none.</summary>
    public static Encoding Find(string name) =>
#if NET
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
        // .NET Framework includes them.
        Encoding.GetEncoding(name);
#endif
}
