using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Reads RSA public keys from DER, because .NET Standard 2.0 has no reader: a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7),
/// which everyone publishes, or the bare RSAPublicKey (RFC 8017 A.1.1) that RFC 6376 §3.6.1 names.
/// </summary>
internal static class RsaPublicKeyReader
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte BitString = 0x03;
    private const byte ObjectIdentifier = 0x06;

    /// <summary>1.2.840.113549.1.1.1, rsaEncryption.</summary>
    private static readonly byte[] RsaEncryption = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>
    /// The key; null if the bytes do not have the format of one. Trailing bytes are skipped.
    /// <see cref="RsaSoundness"/> checks the key itself; an exponent of zero has no bytes.
    /// </summary>
    public static RSAParameters? Read(ReadOnlySpan<byte> der)
    {
        if (!DerReader.TryRead(ref der, Sequence, out ReadOnlySpan<byte> outer) || outer.IsEmpty)
        {
            return null;
        }

        return outer[0] == Integer ? ReadPair(outer) : ReadInfo(outer);
    }

    /// <summary>True for a private key: an RSAPrivateKey (RFC 8017 A.1.2), or any in PKCS #8 (RFC 5958 §2).</summary>
    public static bool IsPrivateKey(ReadOnlySpan<byte> der) =>
        DerReader.TryRead(ref der, Sequence, out ReadOnlySpan<byte> outer)
        && DerReader.TryRead(ref outer, Integer, out ReadOnlySpan<byte> version)
        && version.Length == 1 && version[0] <= 1
        && outer.Length > 0 && outer[0] is Integer or Sequence;

    /// <summary>The number of bits of the modulus.</summary>
    public static int CountBits(byte[] modulus)
    {
        int bits = modulus.Length * 8;
        for (int mask = 0x80; modulus.Length > 0 && mask > 0 && (modulus[0] & mask) == 0; mask >>= 1)
        {
            bits--;
        }

        return bits;
    }

    /// <summary>A big-endian number without leading zeros.</summary>
    public static ReadOnlySpan<byte> WithoutLeadingZeros(ReadOnlySpan<byte> number)
    {
        while (number.Length > 0 && number[0] == 0)
        {
            number = number.Slice(1);
        }

        return number;
    }

    private static RSAParameters? ReadInfo(ReadOnlySpan<byte> content)
    {
        if (!DerReader.TryRead(ref content, Sequence, out ReadOnlySpan<byte> algorithm)
            || !DerReader.TryRead(ref algorithm, ObjectIdentifier, out ReadOnlySpan<byte> identifier)
            || !identifier.SequenceEqual(RsaEncryption)
            || !DerReader.TryRead(ref content, BitString, out ReadOnlySpan<byte> bits)
            || bits.Length < 2
            || bits[0] != 0)
        {
            return null;
        }

        bits = bits.Slice(1);
        return DerReader.TryRead(ref bits, Sequence, out ReadOnlySpan<byte> pair) ? ReadPair(pair) : null;
    }

    private static RSAParameters? ReadPair(ReadOnlySpan<byte> content)
    {
        if (!DerReader.TryRead(ref content, Integer, out ReadOnlySpan<byte> modulus)
            || !DerReader.TryRead(ref content, Integer, out ReadOnlySpan<byte> exponent))
        {
            return null;
        }

        modulus = WithoutLeadingZeros(modulus);
        return modulus.IsEmpty
            ? null
            : new RSAParameters { Modulus = modulus.ToArray(), Exponent = WithoutLeadingZeros(exponent).ToArray() };
    }
}
