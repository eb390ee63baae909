namespace Dmarc.Standards.Dkim;

/// <summary>Limits of signatures and keys (RFC 6376 §8.4, RFC 8301).</summary>
internal static class DkimLimits
{
    /// <summary>The minimum size of an RSA key whose signatures may pass, in bits (RFC 8301 §3.2).</summary>
    public const int MinimumRsaBits = 1024;

    /// <summary>The minimum size of an RSA key that signers should use, in bits (RFC 8301 §3.2).</summary>
    public const int RecommendedRsaBits = 2048;

    /// <summary>The maximum size that verifiers must support, in bits (RFC 8301 §3.2).</summary>
    public const int CommonRsaBits = 4096;

    /// <summary>The maximum size processed, in bits: larger keys cost more than they add in security.</summary>
    public const int MaximumRsaBits = 8192;

    /// <summary>The maximum length of an RSA exponent in octets.</summary>
    public const int RsaExponentLength = 8;

    /// <summary>The maximum number of key records tried for one selector; no domain publishes more.</summary>
    public const int KeysOfSelector = 5;

    /// <summary>The default maximum number of signatures verified in a message; the rest is only listed.</summary>
    public const int Signatures = 10;

    /// <summary>The maximum number of signed field names (h=) read.</summary>
    public const int SignedHeaders = 1000;

    /// <summary>The maximum number of tags read in a signature or a key record.</summary>
    public const int Tags = TagList.MaximumTags;
}
