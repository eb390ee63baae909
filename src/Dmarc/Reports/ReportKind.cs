namespace Dmarc.Reports;

/// <summary>The kind of content, detected by its first bytes and never by its name.</summary>
internal enum ReportKind
{
    /// <summary>Unknown content.</summary>
    Unknown,

    /// <summary>Empty content.</summary>
    Empty,

    /// <summary>XML, or text with XML in it: an aggregate report if it has the elements of one.</summary>
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

    /// <summary>A message store of Outlook (.pst, .ost).</summary>
    OutlookStore,

    /// <summary>A web page.</summary>
    Html,

    /// <summary>A message packed by Exchange for Outlook (<c>winmail.dat</c>, TNEF).</summary>
    Tnef,

    /// <summary>Signed or encrypted S/MIME data with a message inside (RFC 5652).</summary>
    Cms,

    /// <summary>Text in uuencode.</summary>
    Uuencode,

    /// <summary>Text in yEnc.</summary>
    Yenc,

    /// <summary>An archive or compressed data in a format other than gzip and zip.</summary>
    OtherArchive,
}
