using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>The receiving server's DMARC result and action according to the message.</summary>
public sealed record ReceiverVerdict
{
    /// <summary>The server (authserv-id), otherwise the receiving host; empty if both are unknown.</summary>
    public string Server { get; init; } = "";

    /// <summary>True if the server is trusted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The DMARC result; null if missing.</summary>
    public AuthenticationResult? Dmarc { get; init; }

    /// <summary>The policy and handling; null if missing.</summary>
    public DmarcHandling? Handling { get; init; }

    /// <summary>Microsoft's composite authentication with its reason; null if missing.</summary>
    public MethodResult? Composite { get; init; }

    /// <summary>The action, in a sentence; empty if unknown.</summary>
    public string Action { get; init; } = "";

    /// <summary>Server, result and action in one line.</summary>
    public override string ToString() => string.Join(
        ": ",
        new[] { Server, Dmarc is null ? "" : "dmarc=" + Dmarc, Action }.Where(part => part.Length > 0));
}
