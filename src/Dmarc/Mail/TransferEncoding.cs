namespace Dmarc.Mail;

/// <summary>How the content of a part is written (RFC 2045 §6).</summary>
public enum TransferEncoding
{
    /// <summary>As it is: 7bit, 8bit, binary, or nothing named.</summary>
    Identity,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>Something that is not in the standard; the content is given as it stands.</summary>
    Unknown,
}
