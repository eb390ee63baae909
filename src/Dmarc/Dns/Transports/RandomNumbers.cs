using System.Security.Cryptography;

namespace Dmarc.Dns.Transports;

/// <summary>Numbers that nobody can foretell, drawn in blocks so that each costs little.</summary>
internal static class RandomNumbers
{
    private const int BlockLength = 1024;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _used;

    private static readonly RandomNumberGenerator Generator = RandomNumberGenerator.Create();

    /// <summary>A number of 16 bits.</summary>
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
