namespace Dmarc.Dns;

/// <summary>The record types that are queried; the numbers are those of the IANA registry.</summary>
internal enum DnsRecordType
{
    /// <summary>An IPv4 address (RFC 1035 §3.4.1).</summary>
    A = 1,

    /// <summary>An authoritative name server (RFC 1035 §3.3.11).</summary>
    NS = 2,

    /// <summary>The canonical name behind an alias (RFC 1035 §3.3.1).</summary>
    CNAME = 5,

    /// <summary>The start of a zone of authority (RFC 1035 §3.3.13).</summary>
    SOA = 6,

    /// <summary>A pointer to a name (RFC 1035 §3.3.12).</summary>
    PTR = 12,

    /// <summary>A mail exchange (RFC 1035 §3.3.9, RFC 7505).</summary>
    MX = 15,

    /// <summary>Character-strings (RFC 1035 §3.3.14).</summary>
    TXT = 16,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    AAAA = 28,

    /// <summary>A certificate association (RFC 6698).</summary>
    TLSA = 52,

    /// <summary>The obsolete SPF type (RFC 7208 §3.1); queried only to find leftovers.</summary>
    SPF = 99,
}
