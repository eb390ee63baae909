using Dmarc.Text;

namespace Dmarc.Dns;

/// <summary>The answer to one query, whatever it was.</summary>
internal sealed record DnsResponse
{
    /// <summary>An answer.</summary>
    /// <param name="name">The name that was asked.</param>
    /// <param name="type">The type that was asked.</param>
    /// <param name="status">How the query ended.</param>
    public DnsResponse(string name, DnsRecordType type, DnsStatus status)
    {
        Name = name;
        Type = type;
        Status = status;
    }

    /// <summary>The name that was asked, in presentation format without the final dot.</summary>
    public string Name { get; init; }

    /// <summary>The type that was asked.</summary>
    public DnsRecordType Type { get; init; }

    /// <summary>How the query ended.</summary>
    public DnsStatus Status { get; init; }

    /// <summary>The records of the type asked, at the end of the CNAME path; empty unless the status is NoError.</summary>
    public PrintableList<DnsRecord> Records { get; init; } = PrintableList<DnsRecord>.Empty;

    /// <summary>The aliases that were followed, in order: the last one is the name that holds the records (or lacks them).</summary>
    public PrintableList<string> CnamePath { get; init; } = PrintableList<string>.Empty;

    /// <summary>For how many seconds the answer may be kept: the least of its records' (RFC 2308 §5 for a negative one); 0 for a failure.</summary>
    public uint TimeToLive { get; init; }

    /// <summary>True if the server says that it validated the answer with DNSSEC (the AD bit).</summary>
    public bool AuthenticatedData { get; init; }

    /// <summary>The server that answered, or the last one asked; a zone file's path where that answered; empty if none was asked.</summary>
    public string Server { get; init; } = "";

    /// <summary>How long it took; zero if it came from memory.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>False if no server was asked because all are down: nothing that is worth keeping.</summary>
    internal bool WasAsked { get; init; } = true;

    /// <summary>What went wrong, in words; empty if nothing did.</summary>
    public string Detail { get; init; } = "";
}
