namespace Dmarc.Mail;

/// <summary>The encoding of a part's content (RFC 2045 §6).</summary>
public enum TransferEncoding
{
    /// <summary>None: 7bit, 8bit, binary, or not given.</summary>
    Identity,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>Not in the standard; the content is returned unchanged.</summary>
    Unknown,
}
