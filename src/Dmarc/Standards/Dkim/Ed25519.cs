using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032 §5.1.7). Neither .NET 8 nor .NET Standard has the algorithm. Only public values
/// are worked with, so nothing here needs to take the same time for every input.
/// </summary>
internal static class Ed25519
{
    /// <summary>How many bytes a public key has.</summary>
    public const int KeyLength = 32;

    /// <summary>How many bytes a signature has.</summary>
    public const int SignatureLength = 64;

    /// <summary>The order of the base point: 2^252 + 27742317777372353535851937790883648493.</summary>
    private static readonly uint[] Order =
    [
        0x5CF5D3ED, 0x5812631A, 0xA2F79CD6, 0x14DEF9DE, 0x00000000, 0x00000000, 0x00000000, 0x10000000,
    ];

    /// <summary>
    /// True for the canonical form of a point whose order is not small (RFC 8032 §5.1.3). With a key of small order, signatures can be
    /// made without a private key.
    /// </summary>
    /// <param name="publicKey">32 bytes; any other length is no key.</param>
    public static bool IsSound(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == KeyLength && Ed25519Point.Read(publicKey) is { HasSmallOrder: false };

    /// <summary>True where the signature over the message was made with the private half of the key.</summary>
    /// <param name="publicKey">32 bytes; any other length verifies nothing.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">64 bytes; any other length verifies nothing.</param>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength
            || Ed25519Point.Read(publicKey) is not { HasSmallOrder: false } key)
        {
            return false;
        }

        uint[] s = ToWords(signature.Slice(32));
        if (Compare(s, Order) >= 0)
        {
            return false;
        }

        byte[] hashed = new byte[SignatureLength + message.Length];
        signature.Slice(0, 32).CopyTo(hashed);
        publicKey.CopyTo(hashed.AsSpan(32));
        message.CopyTo(hashed.AsSpan(64));
        using SHA512 sha512 = SHA512.Create();
        uint[] k = Reduce(sha512.ComputeHash(hashed));

        // s·B = R + k·A, written as R = s·B - k·A.
        Ed25519Point r = Ed25519Point.MultiplyAndAdd(s, Ed25519Point.Base, k, key.Negate());
        return r.Write().AsSpan().SequenceEqual(signature.Slice(0, 32));
    }

    /// <summary>A number of 512 bits, the lowest byte first, modulo the order: bit by bit from the top.</summary>
    internal static uint[] Reduce(byte[] bytes)
    {
        uint[] result = new uint[8];
        for (int bit = (bytes.Length * 8) - 1; bit >= 0; bit--)
        {
            uint carry = (uint)(bytes[bit >> 3] >> (bit & 7)) & 1;
            for (int i = 0; i < result.Length; i++)
            {
                uint next = result[i] >> 31;
                result[i] = (result[i] << 1) | carry;
                carry = next;
            }

            if (Compare(result, Order) >= 0)
            {
                Subtract(result, Order);
            }
        }

        return result;
    }

    internal static uint[] ToWords(ReadOnlySpan<byte> bytes)
    {
        uint[] words = new uint[8];
        for (int i = 0; i < bytes.Length; i++)
        {
            words[i >> 2] |= (uint)bytes[i] << (8 * (i & 3));
        }

        return words;
    }

    private static int Compare(uint[] a, uint[] b)
    {
        for (int i = a.Length - 1; i >= 0; i--)
        {
            if (a[i] != b[i])
            {
                return a[i] < b[i] ? -1 : 1;
            }
        }

        return 0;
    }

    private static void Subtract(uint[] a, uint[] b)
    {
        long borrow = 0;
        for (int i = 0; i < a.Length; i++)
        {
            long difference = a[i] - (long)b[i] + borrow;
            a[i] = unchecked((uint)difference);
            borrow = difference >> 32;
        }
    }
}
