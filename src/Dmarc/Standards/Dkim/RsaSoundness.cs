using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Rejects unsound RSA public keys (RFC 8017 §3.1): an exponent that lets anyone make signatures or has no private
/// counterpart, and a modulus that is not a product of two large primes. Most keys damaged by copying have such a
/// modulus.
/// </summary>
internal static class RsaSoundness
{
    /// <summary>Primes whose product leaves one byte free in 64 bits, so that one pass tests them all.</summary>
    private static readonly ulong[][] SmallPrimes =
    [
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43],
        [47, 53, 59, 61, 67, 71, 73, 79, 83],
    ];

    /// <summary>Why a key is not sound, as part of a sentence; null if no problem is known.</summary>
    public static string? Explain(RSAParameters key)
    {
        byte[] exponent = key.Exponent!;
        bool isOdd = exponent.Length > 0 && (exponent[exponent.Length - 1] & 1) == 1;
        if (!isOdd || (exponent.Length == 1 && exponent[0] == 1))
        {
            ulong value = exponent.Aggregate(0UL, (number, next) => (number << 8) | next);
            return Sentences.Insert(Strings.Dkim_RsaExponent, value);
        }

        return FindDivisor(key.Modulus!) is { } divisor
            ? Sentences.Insert(Strings.Dkim_RsaModulus, divisor)
            : null;
    }

    /// <summary>Examines a certificate's public key (RFC 5280 §4.1.2.7): RSA key size and soundness.</summary>
    /// <returns>The size (null for other kinds of keys) and the problem (null if none is known).</returns>
    public static (int? Bits, string? Problem) ReadInfo(byte[] info) => RsaPublicKeyReader.Read(info) is { } key
        ? (RsaPublicKeyReader.CountBits(key.Modulus!), Explain(key))
        : (null, null);

    private static ulong? FindDivisor(byte[] modulus)
    {
        foreach (ulong[] primes in SmallPrimes)
        {
            ulong product = primes.Aggregate((left, right) => left * right);
            ulong rest = modulus.Aggregate(0UL, (number, next) => ((number << 8) | next) % product);
            foreach (ulong prime in primes)
            {
                if (rest % prime == 0)
                {
                    return prime;
                }
            }
        }

        return null;
    }
}
