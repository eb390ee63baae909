using Dmarc.Standards.Dkim;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Dmarc.Libraries;

/// <summary>Ed25519 by BouncyCastle.</summary>
internal sealed class Ed25519 : IEd25519
{
    /// <inheritdoc/>
    public bool IsSound(byte[] publicKey) =>
        publicKey.Length == Curve.PublicKeySize && Curve.ValidatePublicKeyPartial(publicKey, 0);

    /// <inheritdoc/>
    public bool Verify(byte[] publicKey, byte[] message, byte[] signature) =>
        signature.Length == Curve.SignatureSize
        && IsSound(publicKey)
        && Curve.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
}
