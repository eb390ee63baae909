namespace Dmarc.Spf;

/// <summary>What was found where a domain's SPF record should be.</summary>
public enum SpfRecordStatus
{
    /// <summary>One record without syntax errors.</summary>
    Found,

    /// <summary>The domain exists and has no SPF record.</summary>
    NoRecord,

    /// <summary>The domain does not exist.</summary>
    DomainNotFound,

    /// <summary>More than one record (RFC 7208 §4.5).</summary>
    SeveralRecords,

    /// <summary>One record, which has a syntax error (RFC 7208 §4.6).</summary>
    SyntaxError,

    /// <summary>The look-up failed, so that nothing is known: see <see cref="SpfResult.DnsStatus"/>.</summary>
    LookupFailed,
}
