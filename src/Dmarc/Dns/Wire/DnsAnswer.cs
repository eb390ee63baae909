using Dmarc.Text;

namespace Dmarc.Dns.Wire;

/// <summary>What one exchange with one server came to.</summary>
internal sealed class DnsAnswer(DnsStatus status)
{
    /// <summary>How it ended.</summary>
    public DnsStatus Status { get; } = status;

    /// <summary>The records of the type asked, at the end of the chain.</summary>
    public PrintableList<DnsRecord> Records { get; init; } = PrintableList<DnsRecord>.Empty;

    /// <summary>The aliases that the answer section follows.</summary>
    public PrintableList<string> CnamePath { get; init; } = PrintableList<string>.Empty;

    /// <summary>For how many seconds the answer may be kept.</summary>
    public uint TimeToLive { get; init; }

    /// <summary>The AD bit.</summary>
    public bool AuthenticatedData { get; init; }

    /// <summary>The answer did not fit: ask again over TCP.</summary>
    public bool Truncated { get; init; }

    /// <summary>The server did not understand EDNS: ask again without (RFC 6891 §7).</summary>
    public bool EdnsNotUnderstood { get; init; }

    /// <summary>The chain ends in an alias of which the server says nothing: its target has to be asked for.</summary>
    public bool ChainIncomplete { get; init; }

    /// <summary>The connection ended before the answer came; a new one may do better.</summary>
    public bool ConnectionLost { get; init; }

    /// <summary>False if nothing was sent, because the server is down.</summary>
    public bool WasAsked { get; init; } = true;

    /// <summary>What went wrong, in words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>No answer in time.</summary>
    public static DnsAnswer TimedOut { get; } = new(DnsStatus.Timeout);

    /// <summary>No answer, and none was waited for.</summary>
    public static DnsAnswer NotAsked { get; } = new(DnsStatus.Timeout) { WasAsked = false };

    /// <summary>An answer that could not be read.</summary>
    public static DnsAnswer Malformed(string detail) => new(DnsStatus.Malformed) { Detail = detail };

    /// <summary>A server that could not be reached.</summary>
    public static DnsAnswer Unreachable(string detail) => new(DnsStatus.NetworkError) { Detail = detail };
}
