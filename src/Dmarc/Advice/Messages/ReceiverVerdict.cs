using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>What the server that received a message wrote into it about DMARC and what it did.</summary>
public sealed record ReceiverVerdict
{
    /// <summary>The server (authserv-id), or the host that received where the field names none; empty where neither is known.</summary>
    public string Server { get; init; } = "";

    /// <summary>True if the server is one of those that were named as trusted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Its DMARC result; null if it wrote none.</summary>
    public AuthenticationResult? Dmarc { get; init; }

    /// <summary>What it wrote about policy and handling; null if it wrote nothing.</summary>
    public DmarcHandling? Handling { get; init; }

    /// <summary>Microsoft's composite authentication with its reason; null if there is none.</summary>
    public MethodResult? Composite { get; init; }

    /// <summary>What it did, in a sentence; empty if it does not say.</summary>
    public string Action { get; init; } = "";

    /// <summary>Server, result and action in one line.</summary>
    public override string ToString() => string.Join(
        ": ",
        new[] { Server, Dmarc is null ? "" : "dmarc=" + Dmarc, Action }.Where(part => part.Length > 0));
}
