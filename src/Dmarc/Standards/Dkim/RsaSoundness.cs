using System.Globalization;
using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// What rules a key out that has the form of an RSA public key (RFC 8017 §3.1): an exponent for which anybody can make
/// signatures, or that has no private half, and a modulus that is no product of two large primes. Most keys that were
/// damaged when they were copied have such a modulus.
/// </summary>
internal static class RsaSoundness
{
    /// <summary>Primes whose product leaves room for one more byte in 64 bits, so that one pass over a modulus tries them all.</summary>
    private static readonly ulong[][] SmallPrimes =
    [
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43],
        [47, 53, 59, 61, 67, 71, 73, 79, 83],
    ];

    /// <summary>Why a key is not sound, as the part of a sentence; null if nothing speaks against it.</summary>
    public static string? Explain(RSAParameters key)
    {
        byte[] exponent = key.Exponent!;
        bool isOdd = exponent.Length > 0 && (exponent[exponent.Length - 1] & 1) == 1;
        if (!isOdd || (exponent.Length == 1 && exponent[0] == 1))
        {
            ulong value = exponent.Aggregate(0UL, (number, next) => (number << 8) | next);
            return string.Format(CultureInfo.InvariantCulture, Strings.Dkim_RsaExponent, value);
        }

        return FindDivisor(key.Modulus!) is { } divisor ? string.Format(CultureInfo.InvariantCulture, Strings.Dkim_RsaModulus, divisor) : null;
    }

    /// <summary>What a certificate's public key is worth (RFC 5280 §4.1.2.7): how many bits an RSA key has, and why it is not sound.</summary>
    /// <param name="info">The SubjectPublicKeyInfo.</param>
    /// <returns>No bits for a key of another kind, and no problem if nothing speaks against the key.</returns>
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
