using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Dmarc.Mail;

/// <summary>Decodes text by the character set names used in mail.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private static readonly Encoding SingleByte = Find("windows-1252") ?? Find("iso-8859-1") ?? Encoding.ASCII;

    /// <summary>Gets the encoding with this name; false if the platform has none.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        string canonical = Canonical(name.Trim().Trim('"', '\''));
        encoding = canonical == "windows-1252" ? SingleByte : Find(canonical);
        return encoding is not null;
    }

    /// <summary>Decodes valid UTF-8 as such, anything else as Windows-1252: it never fails.</summary>
    public static string DecodeLenient(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return GetString(StrictUtf8, bytes);
        }
        catch (DecoderFallbackException)
        {
            return GetString(SingleByte, bytes);
        }
    }

    /// <summary>Decodes with the named character set; with <see cref="DecodeLenient"/> if it is unknown.</summary>
    public static string Decode(string? charset, ReadOnlyMemory<byte> bytes)
    {
        if (string.IsNullOrWhiteSpace(charset) || !TryGet(charset!, out Encoding? encoding) || encoding is UTF8Encoding or ASCIIEncoding)
        {
            return DecodeLenient(bytes);
        }

        return GetString(encoding, bytes);
    }

    public static string GetString(Encoding encoding, ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? encoding.GetString(segment.Array!, segment.Offset, segment.Count)
            : encoding.GetString(bytes.ToArray());

    private static Encoding? Find(string name)
    {
        try
        {
#if NET8_0_OR_GREATER
            // Queried directly, so that loading this assembly changes no encoding of the process.
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
            return Encoding.GetEncoding(name);
#endif
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Canonical(string name) => name.ToUpperInvariant() switch
    {
        "UTF8" or "UTF-8" or "UNICODE-1-1-UTF-8" => "utf-8",
        "ASCII" or "US-ASCII" or "ANSI_X3.4-1968" => "us-ascii",
        "LATIN1" or "ISO8859-1" or "ISO-8859-1" or "CP1252" => "windows-1252",
        "ISO8859-15" => "iso-8859-15",
        "CP1250" => "windows-1250",
        "CP1251" => "windows-1251",
        "GB2312" or "GBK" or "X-GBK" or "CP936" => "gb18030",
        "CP932" or "MS_KANJI" or "WINDOWS-31J" or "SJIS" or "X-SJIS" => "shift_jis",
        "KS_C_5601-1987" or "CP949" => "ks_c_5601-1987",
        _ => name,
    };
}
