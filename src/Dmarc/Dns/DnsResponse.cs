namespace Dmarc.Dns;

/// <summary>The answer to one query, including a failure.</summary>
/// <param name="Name">The queried name, in presentation format without the final dot.</param>
/// <param name="Type">The queried type.</param>
/// <param name="Status">The status of the query.</param>
internal sealed record DnsResponse(string Name, DnsRecordType Type, DnsStatus Status)
{
    private string _server = "";
    private TimeSpan _duration;
    private string _detail = "";

    /// <summary>The records of the queried type at the end of the CNAME path; empty unless NoError.</summary>
    public PrintableList<DnsRecord> Records { get; init; } = PrintableList<DnsRecord>.Empty;

    /// <summary>The aliases followed, in order: the last one is the name that has or lacks the records.</summary>
    public PrintableList<string> CnamePath { get; init; } = PrintableList<string>.Empty;

    /// <summary>The TTL in seconds: the minimum of the records (RFC 2308 §5 if negative); 0 for a failure.</summary>
    public uint TimeToLive { get; init; }

    /// <summary>True if the server reports that it validated the answer with DNSSEC (the AD bit).</summary>
    public bool AuthenticatedData { get; init; }

    /// <summary>The server that answered or was queried last, or the path of an answering zone file.</summary>
    public string Server
    {
        get => _server;
        init => _server = value;
    }

    /// <summary>The duration of the query; zero for an answer from the cache.</summary>
    public TimeSpan Duration
    {
        get => _duration;
        init => _duration = value;
    }

    /// <summary>False if no server was queried because all are down; such a response is not cached.</summary>
    internal bool WasAsked { get; init; } = true;

    /// <summary>The error in words; empty if there is none.</summary>
    public string Detail
    {
        get => _detail;
        init => _detail = value;
    }

    /// <summary>The retry that is needed if this answer of one server is not final.</summary>
    internal DnsRetry Retry { get; init; }

    /// <summary>
    /// Adds the server to the parsed answer. Only the code that queried the server calls it, before it passes the
    /// response on: copying each of very many answers would cost more than reading them.
    /// </summary>
    internal void Sign(string server, TimeSpan duration, string detail)
    {
        _server = server;
        _duration = duration;
        _detail = detail;
    }
}

/// <summary>Why and how a question is repeated.</summary>
internal enum DnsRetry
{
    /// <summary>No retry.</summary>
    None,

    /// <summary>The answer was truncated: retry over TCP.</summary>
    OverTcp,

    /// <summary>The server does not support EDNS: retry without it (RFC 6891 §7).</summary>
    WithoutEdns,

    /// <summary>The connection ended before the answer arrived: retry over a new one.</summary>
    OverNewConnection,

    /// <summary>The CNAME chain ends in an alias without an answer: query its target.</summary>
    ForTarget,
}
