using System.Security.Cryptography;

namespace Dmarc.Dns.Transports;

/// <summary>Unpredictable numbers, drawn in blocks to reduce the cost of each.</summary>
internal static class RandomNumbers
{
    private const int BlockLength = 1024;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _used;

    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    /// <summary>A random 16-bit number.</summary>
    public static ushort Next()
    {
        byte[]? block = _block;
        if (block is null || _used >= BlockLength)
        {
            _block = block ??= new byte[BlockLength];
            Generator.GetBytes(block);
            _used = 0;
        }

        ushort number = (ushort)((block[_used] << 8) | block[_used + 1]);
        _used += 2;
        return number;
    }
}
