using System.Security.Cryptography;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Verifies with one RSA key. Importing a key costs several times as much as verifying, so the imported key is kept; a
/// caller that finds it in use imports another.
/// </summary>
internal sealed class RsaVerifier(RSAParameters parameters)
{
    private RSA? _idle;

    /// <summary>True if the signature over a SHA-256 hash was made with the matching private key.</summary>
    public bool Verify(byte[] hash, byte[] signature)
    {
        RSA? rsa = Interlocked.Exchange(ref _idle, null);
        try
        {
            rsa ??= Import();
            return rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // The modulus is not a product of primes or the exponent is out of range: such a key verifies nothing.
            return false;
        }
        finally
        {
            if (rsa is not null && Interlocked.CompareExchange(ref _idle, rsa, null) is not null)
            {
                rsa.Dispose();
            }
        }
    }

    private RSA Import()
    {
        RSA rsa = RSA.Create();
        rsa.ImportParameters(parameters);
        return rsa;
    }
}
