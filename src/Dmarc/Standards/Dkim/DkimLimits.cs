using Dmarc.Text;

namespace Dmarc.Standards.Dkim;

/// <summary>What a signature and its key may cost (RFC 6376 §8.4, RFC 8301).</summary>
internal static class DkimLimits
{
    /// <summary>The fewest bits of an RSA key whose signatures may pass (RFC 8301 §3.2).</summary>
    public const int MinimumRsaBits = 1024;

    /// <summary>The fewest bits of an RSA key that signers should use (RFC 8301 §3.2).</summary>
    public const int RecommendedRsaBits = 2048;

    /// <summary>The most bits that verifiers have to handle (RFC 8301 §3.2).</summary>
    public const int CommonRsaBits = 4096;

    /// <summary>The most bits that are worked with: larger keys cost verifiers more than they give anyone.</summary>
    public const int MaximumRsaBits = 8192;

    /// <summary>The most octets of the exponent of an RSA key.</summary>
    public const int RsaExponentLength = 8;

    /// <summary>How many key records of one selector are tried: nobody publishes more.</summary>
    public const int KeysOfSelector = 5;

    /// <summary>How many signatures of a message are verified by default; the rest is only named.</summary>
    public const int Signatures = 10;

    /// <summary>How many names of signed fields (h=) are read.</summary>
    public const int SignedHeaders = 1000;

    /// <summary>How many tags of a signature or a key record are read.</summary>
    public const int Tags = TagList.MaximumTags;
}
