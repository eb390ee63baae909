using Dmarc.Text;

namespace Dmarc.Standards.Dkim;

/// <summary>What can be noticed about a DKIM key record.</summary>
public static class DkimFindings
{
    /// <summary>The record is not a list of tags.</summary>
    public static readonly FindingDescriptor KeySyntax = new("DkimKeySyntax", Severity.Error, "RFC 6376 §3.2");

    /// <summary>A tag comes twice.</summary>
    public static readonly FindingDescriptor KeyDuplicateTag = new("DkimKeyDuplicateTag", Severity.Error, "RFC 6376 §3.2");

    /// <summary>The record has more tags than are read.</summary>
    public static readonly FindingDescriptor KeyTooManyTags = new("DkimKeyTooManyTags", Severity.Error, "RFC 6376 §3.2");

    /// <summary>The version is another than DKIM1.</summary>
    public static readonly FindingDescriptor KeyVersionWrong = new("DkimKeyVersionWrong", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The version is not the first tag.</summary>
    public static readonly FindingDescriptor KeyVersionNotFirst = new("DkimKeyVersionNotFirst", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary>There is no <c>p</c> tag.</summary>
    public static readonly FindingDescriptor KeyMissing = new("DkimKeyMissing", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The <c>p</c> tag is empty: the key is revoked.</summary>
    public static readonly FindingDescriptor KeyRevoked = new("DkimKeyRevoked", Severity.Information, "RFC 6376 §3.6.1");

    /// <summary>The <c>p</c> tag is not base64.</summary>
    public static readonly FindingDescriptor KeyBase64Damaged = new("DkimKeyBase64Damaged", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The <c>p</c> tag holds no RSA public key.</summary>
    public static readonly FindingDescriptor KeyNotRsa = new("DkimKeyNotRsa", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The <c>p</c> tag of an Ed25519 key is not 32 bytes long.</summary>
    public static readonly FindingDescriptor KeyNotEd25519 = new("DkimKeyNotEd25519", Severity.Error, "RFC 8463 §4");

    /// <summary>An Ed25519 key that is no point of the curve, or one of small order, for which anybody can make signatures.</summary>
    public static readonly FindingDescriptor KeyEd25519Unsafe = new("DkimKeyEd25519Unsafe", Severity.Error, "RFC 8032 §5.1.7");

    /// <summary>The type of the key is unknown.</summary>
    public static readonly FindingDescriptor KeyTypeUnknown = new("DkimKeyTypeUnknown", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>An RSA key of fewer than 1024 bits, which never passes.</summary>
    public static readonly FindingDescriptor KeyTooShort = new("DkimKeyTooShort", Severity.Error, "RFC 8301 §3.2");

    /// <summary>An RSA key of fewer than 2048 bits.</summary>
    public static readonly FindingDescriptor KeyWeak = new("DkimKeyWeak", Severity.Warning, "RFC 8301 §3.2");

    /// <summary>An RSA key of more than 4096 bits, which verifiers need not handle.</summary>
    public static readonly FindingDescriptor KeyLarge = new("DkimKeyLarge", Severity.Warning, "RFC 8301 §3.2");

    /// <summary>An RSA key of more bits than are worked with.</summary>
    public static readonly FindingDescriptor KeyTooLarge = new("DkimKeyTooLarge", Severity.Error, "RFC 8301 §3.2");

    /// <summary>The key does not allow SHA-256, so nothing can be signed with it.</summary>
    public static readonly FindingDescriptor KeyHashUnusable = new("DkimKeyHashUnusable", Severity.Error, "RFC 8301 §3.1");

    /// <summary>The key is not for mail.</summary>
    public static readonly FindingDescriptor KeyNotForMail = new("DkimKeyNotForMail", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary>The key is for TLS reports, and for no other mail.</summary>
    public static readonly FindingDescriptor KeyForTlsReports = new("DkimKeyForTlsReports", Severity.Information, "RFC 8460 §3");

    /// <summary>The key is in testing mode.</summary>
    public static readonly FindingDescriptor KeyTesting = new("DkimKeyTesting", Severity.Warning, "RFC 6376 §3.6.1");

    /// <summary>The record has the tag <c>g</c> of RFC 4871.</summary>
    public static readonly FindingDescriptor KeyGranularity = new("DkimKeyGranularity", Severity.Information, "RFC 6376 §3.6.1");

    /// <summary>The record has backslashes or quotes that were meant for a zone file.</summary>
    public static readonly FindingDescriptor KeyEscaped = new("DkimKeyEscaped", Severity.Error, "RFC 6376 §3.6.2.2");
}
