namespace Dmarc.Standards.Bimi;

/// <summary>How large a logo may be.</summary>
internal static class BimiLimits
{
    /// <summary>How many bytes a logo should have at most.</summary>
    public const int LogoLength = 32 * 1024;

    /// <summary>How deep the elements of a logo may be nested.</summary>
    public const int LogoDepth = 64;
}
