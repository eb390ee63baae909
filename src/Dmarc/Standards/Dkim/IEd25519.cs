namespace Dmarc.Standards.Dkim;

/// <summary>
/// The public-key operations of Ed25519 (RFC 8032), which neither .NET 8 nor .NET Standard has. A library does them: cryptography is not to be home-made.
/// </summary>
internal interface IEd25519
{
    /// <summary>
    /// True for the canonical form of a point whose order is not small (RFC 8032 §5.1.3). With a key of small order, signatures can be
    /// made without a private key.
    /// </summary>
    /// <param name="publicKey">32 bytes; any other length is no key.</param>
    bool IsSound(byte[] publicKey);

    /// <summary>True if the signature over the message was made with the private half of the key (RFC 8032 §5.1.7).</summary>
    /// <param name="publicKey">32 bytes; any other length, and a key that is not sound, verifies nothing.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">64 bytes; any other length verifies nothing.</param>
    bool Verify(byte[] publicKey, byte[] message, byte[] signature);
}
