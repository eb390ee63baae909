namespace Dmarc.Standards.Bimi;

/// <summary>Limits of logos.</summary>
internal static class BimiLimits
{
    /// <summary>The recommended maximum size of a logo in bytes.</summary>
    public const int LogoLength = 32 * 1024;

    /// <summary>The maximum unpacked size of a logo in bytes: a small file must not become a huge one.</summary>
    public const int UnpackedLength = 1024 * 1024;

    /// <summary>The maximum nesting depth of elements in a logo.</summary>
    public const int LogoDepth = 64;

    /// <summary>The minimum size of an RSA key in a mark certificate, in bits (VMC Requirements §6.1.5).</summary>
    public const int RsaKeyBits = 2048;
}
