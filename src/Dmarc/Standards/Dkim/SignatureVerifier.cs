using System.Numerics;
using Dmarc.Libraries;

namespace Dmarc.Standards.Dkim;

/// <summary>The two public-key operations of DKIM and ARC.</summary>
internal static class SignatureVerifier
{
    /// <summary>The DER prefix of a SHA-256 DigestInfo (RFC 8017 §9.2).</summary>
    private static readonly byte[] Sha256Prefix =
    [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    ];

    /// <summary>True if the signature over a SHA-256 hash was made with the matching private key.</summary>
    public static bool Verify(DkimKeyRecord key, byte[] hash, ReadOnlyMemory<byte> signature)
    {
        if (key.KeyType == DkimKeyType.Ed25519)
        {
            // RFC 8463 §3: pure Ed25519 over the hash.
            return LibraryAdapters.Get<IEd25519>().Verify(key.PublicKey.ToArray(), hash, signature.ToArray());
        }

        return key.Rsa is { } parameters
            && signature.Length == parameters.Modulus!.Length
            && key.RsaVerifier.Verify(hash, signature.ToArray());
    }

    /// <summary>
    /// The hash covered by an RSA signature; null if it was not made with this key. Only for distinguishing a wrong key
    /// from a changed header: no signature passes because of it.
    /// </summary>
    public static byte[]? RecoverHash(DkimKeyRecord key, ReadOnlyMemory<byte> signature)
    {
        if (key.Rsa is not { } parameters || parameters.Exponent!.Length > 4 || signature.Length > parameters.Modulus!.Length)
        {
            return null;
        }

        BigInteger value = BigInteger.ModPow(ToNumber(signature.ToArray()), ToNumber(parameters.Exponent), ToNumber(parameters.Modulus));
        byte[] encoded = value.ToByteArray();
        Array.Reverse(encoded);

        // 00 01 FF … FF 00, the prefix, the hash; the leading zero is not in the number.
        ReadOnlySpan<byte> rest = RsaPublicKeyReader.WithoutLeadingZeros(encoded);
        int tail = Sha256Prefix.Length + 32;
        bool isPadded = rest.Length == parameters.Modulus.Length - 1
            && rest.Length >= tail + 10
            && rest[0] == 1
            && rest.Slice(rest.Length - tail, Sha256Prefix.Length).SequenceEqual(Sha256Prefix);
        return isPadded ? rest.Slice(rest.Length - 32).ToArray() : null;
    }

    /// <summary>The number, which the last octet keeps positive.</summary>
    private static BigInteger ToNumber(byte[] bigEndian) => new([.. Enumerable.Reverse(bigEndian), 0]);
}
