using Dmarc.Text;

namespace Dmarc.Dns;

/// <summary>The answer to one query, whatever it was.</summary>
internal sealed record DnsResponse
{
    private string _server = "";
    private TimeSpan _duration;
    private string _detail = "";

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
    public string Server
    {
        get => _server;
        init => _server = value;
    }

    /// <summary>How long it took; zero if it came from memory.</summary>
    public TimeSpan Duration
    {
        get => _duration;
        init => _duration = value;
    }

    /// <summary>False if no server was asked because all are down: nothing that is worth keeping.</summary>
    internal bool WasAsked { get; init; } = true;

    /// <summary>What went wrong, in words; empty if nothing did.</summary>
    public string Detail
    {
        get => _detail;
        init => _detail = value;
    }

    /// <summary>What has to be asked yet, where this is what one server said and not the last word.</summary>
    internal DnsRetry Retry { get; init; }

    /// <summary>
    /// Adds who answered to what was read from the answer. For whoever asked the server, before anybody else has the response: a copy
    /// for each of so many answers would cost more than reading them.
    /// </summary>
    internal void Sign(string server, TimeSpan duration, string detail)
    {
        _server = server;
        _duration = duration;
        _detail = detail;
    }
}

/// <summary>Why and how a question is asked once more.</summary>
internal enum DnsRetry
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The answer did not fit: over TCP.</summary>
    OverTcp,

    /// <summary>The server did not understand EDNS: without it (RFC 6891 §7).</summary>
    WithoutEdns,

    /// <summary>The connection ended before the answer came: over a new one.</summary>
    OverNewConnection,

    /// <summary>The chain ends in an alias of which the server says nothing: for its target.</summary>
    ForTarget,
}
