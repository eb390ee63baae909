namespace Dmarc.Mail.Packed;

/// <summary>What S/MIME data is (RFC 5652, RFC 3274).</summary>
internal enum CmsKind
{
    /// <summary>Signed, with the message inside.</summary>
    Signed,

    /// <summary>Signed, without what was signed: that stands elsewhere.</summary>
    SignatureAlone,

    /// <summary>Compressed.</summary>
    Compressed,

    /// <summary>Encrypted, or something else that is not opened.</summary>
    Closed,
}

/// <summary>What S/MIME data holds.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What is inside, still compressed where it is; empty if there is nothing.</param>
internal sealed record CmsContent(CmsKind Kind, byte[] Content);

/// <summary>Takes S/MIME data apart. No key is needed, and no signature is checked.</summary>
internal interface ICmsReader
{
    /// <summary>Takes the data apart.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    CmsContent Read(byte[] content);
}
