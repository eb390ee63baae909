namespace Dmarc.Standards.Dkim;

/// <summary>
/// The public-key operations of Ed25519 (RFC 8032), which .NET 8 and .NET Standard lack. A library implements them:
/// cryptography must not be home-made.
/// </summary>
internal interface IEd25519
{
    /// <summary>
    /// True for a canonical point that is not of small order (RFC 8032 §5.1.3). With a key of small order, signatures
    /// can be made without a private key.
    /// </summary>
    /// <param name="publicKey">32 bytes; any other length is invalid.</param>
    bool IsSound(byte[] publicKey);

    /// <summary>True if the signature was made with the matching private key (RFC 8032 §5.1.7).</summary>
    /// <param name="publicKey">32 bytes; any other length, or an unsound key, verifies nothing.</param>
    /// <param name="message">The signed message.</param>
    /// <param name="signature">64 bytes; any other length verifies nothing.</param>
    bool Verify(byte[] publicKey, byte[] message, byte[] signature);
}
