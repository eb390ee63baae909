namespace Dmarc.Reports;

/// <summary>What content is, told by its first bytes and never by its name.</summary>
internal enum ReportKind
{
    /// <summary>Nothing that is known here.</summary>
    Unknown,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>XML, or text with XML in it: an aggregate report where its elements say so.</summary>
    Xml,

    /// <summary>JSON of RFC 8460: a TLS report.</summary>
    Tls,

    /// <summary>A message/feedback-report part (RFC 5965, RFC 9991): a failure report.</summary>
    Failure,

    /// <summary>Data compressed by gzip.</summary>
    Gzip,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>An e-mail message.</summary>
    Message,

    /// <summary>A file of several messages (mbox).</summary>
    Mailbox,

    /// <summary>Text in base64.</summary>
    Base64,

    /// <summary>A message in Outlook's own format (.msg), or another compound file.</summary>
    CompoundFile,

    /// <summary>A store of Outlook's messages (.pst, .ost).</summary>
    OutlookStore,

    /// <summary>A web page.</summary>
    Html,

    /// <summary>A message as Exchange packs it for Outlook (<c>winmail.dat</c>, TNEF).</summary>
    Tnef,

    /// <summary>Signed or encrypted data of S/MIME, with the message inside (RFC 5652).</summary>
    Cms,

    /// <summary>Text in uuencode.</summary>
    Uuencode,

    /// <summary>Text in yEnc.</summary>
    Yenc,

    /// <summary>An archive or compressed data in a form other than gzip and zip.</summary>
    OtherArchive,
}
