using System.Net;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>Facts from outside the messages, and options of the assessment.</summary>
internal sealed record MessageAssessorOptions
{
    /// <summary>The address of the sending client; null if unknown. With it, SPF is evaluated.</summary>
    public IPAddress? IPAddress { get; init; }

    /// <summary>The HELO name of the client; null to take it from the header.</summary>
    public string? Helo { get; init; }

    /// <summary>The envelope sender, empty for the null sender; null to take it from the header.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The servers (authserv-id) whose <c>Authentication-Results</c> are trusted.</summary>
    public IReadOnlyList<string> TrustedAuthServIds { get; init; } = [];

    /// <summary>How records and Organizational Domains are found.</summary>
    public DiscoveryMethod DiscoveryMethod { get; init; }

    /// <summary>The text of a DMARC record to use for the Author Domain; null to look it up.</summary>
    public string? Record { get; init; }

    /// <summary>True to check the rules of large mailbox providers too.</summary>
    public bool ChecksBulkSenderRules { get; init; }

    /// <summary>Organizational Domains without DNS; null for the embedded public suffix list.</summary>
    public IOrganizationalDomainSource? Suffixes { get; init; }

    /// <summary>The clock for expired signatures.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;
}
