namespace Dmarc.Standards.Bimi;

/// <summary>How large a logo may be.</summary>
internal static class BimiLimits
{
    /// <summary>How many bytes a logo should have at most.</summary>
    public const int LogoLength = 32 * 1024;

    /// <summary>How many bytes of a logo are unpacked: a small file must not become a large one.</summary>
    public const int UnpackedLength = 1024 * 1024;

    /// <summary>How deep the elements of a logo may be nested.</summary>
    public const int LogoDepth = 64;

    /// <summary>The fewest bits of an RSA key in the certificate for a mark (VMC Requirements §6.1.5).</summary>
    public const int RsaKeyBits = 2048;
}
