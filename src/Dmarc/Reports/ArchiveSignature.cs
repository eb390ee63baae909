namespace Dmarc.Reports;

/// <summary>Detects unsupported archives and compressed data by their first bytes.</summary>
internal static class ArchiveSignature
{
    private const int TarMagic = 257;

    /// <summary>The name of the format; null for other content.</summary>
    public static string? NameOf(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> sevenZip = [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C];
        ReadOnlySpan<byte> xz = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];
        ReadOnlySpan<byte> zstandard = [0x28, 0xB5, 0x2F, 0xFD];
        return head.StartsWith(sevenZip) ? "7-Zip (.7z)"
            : head.StartsWith(xz) ? "xz (.xz)"
            : head.StartsWith(zstandard) ? "Zstandard (.zst)"
            : head.StartsWith("Rar!\u001A\u0007"u8) ? "RAR (.rar)"
            : head.Length > 10 && head.StartsWith("BZh"u8) && head.Slice(4).StartsWith("1AY&SY"u8) ? "bzip2 (.bz2)"
            : head.Length > TarMagic + 5 && head.Slice(TarMagic).StartsWith("ustar"u8) ? "tar (.tar, .tar.gz)"
            : null;
    }
}
