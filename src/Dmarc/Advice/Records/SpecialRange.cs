namespace Dmarc.Advice.Records;

/// <summary>A range in IANA's special-purpose registries (RFC 6890).</summary>
internal sealed class SpecialRange(AddressBlock block, Func<string> purpose)
{
    private static readonly SpecialRange[] All =
    [
        .. Make(() => Strings.Spf_RangePrivate, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
        .. Make(() => Strings.Spf_RangeLoopback, "127.0.0.0/8", "::1"),
        .. Make(() => Strings.Spf_RangeThisNetwork, "0.0.0.0/8", "::"),
        .. Make(() => Strings.Spf_RangeLinkLocal, "169.254.0.0/16", "fe80::/10"),
        .. Make(() => Strings.Spf_RangeCarrier, "100.64.0.0/10"),
        .. Make(() => Strings.Spf_RangeDocumentation, "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
        .. Make(() => Strings.Spf_RangeBenchmark, "198.18.0.0/15"),
        .. Make(() => Strings.Spf_RangeMulticast, "224.0.0.0/4", "ff00::/8"),
        .. Make(() => Strings.Spf_RangeReserved, "240.0.0.0/4"),
    ];

    /// <summary>The addresses.</summary>
    public AddressBlock Block { get; } = block;

    /// <summary>The purpose, in the user's language.</summary>
    public string Purpose => purpose();

    /// <summary>The range that contains a block; null for a block usable on the Internet.</summary>
    public static SpecialRange? Find(AddressBlock block) =>
        Array.Find(All, range => range.Block.PrefixLength <= block.PrefixLength && range.Block.Contains(block.First));

    private static IEnumerable<SpecialRange> Make(Func<string> purpose, params string[] blocks) =>
        blocks.Select(text =>
            new SpecialRange(
                AddressBlock.TryParse(text, out AddressBlock block) ? block : throw new FormatException(text),
                purpose));
}
