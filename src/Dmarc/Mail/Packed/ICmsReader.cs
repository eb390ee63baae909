namespace Dmarc.Mail.Packed;

/// <summary>The kind of S/MIME data (RFC 5652, RFC 3274).</summary>
internal enum CmsKind
{
    /// <summary>Signed, with the message inside.</summary>
    Signed,

    /// <summary>Detached signature: the signed content is elsewhere.</summary>
    SignatureAlone,

    /// <summary>Compressed.</summary>
    Compressed,

    /// <summary>Encrypted, or of another kind that is not opened.</summary>
    Closed,
}

/// <summary>The content of S/MIME data.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Content">The content, still compressed if it was; may be empty.</param>
internal sealed record CmsContent(CmsKind Kind, byte[] Content);

/// <summary>Unpacks S/MIME data. It needs no key and checks no signature.</summary>
internal interface ICmsReader
{
    /// <summary>Unpacks the data.</summary>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    CmsContent Read(byte[] content);
}
