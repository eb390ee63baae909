namespace Dmarc.Services;

/// <summary>A service that sends or receives mail for its customers, and the signs by which a domain shows that it uses it.</summary>
public sealed record SendingService
{
    /// <summary>The name that its customers know.</summary>
    public required string Name { get; init; }

    /// <summary>The names that its customers include in SPF records; names below these are meant as well.</summary>
    public PrintableList<string> SpfDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The domains below which its mail exchanges stand.</summary>
    public PrintableList<string> MxDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The DKIM selectors that it has its customers publish, where these are the same for all.</summary>
    public PrintableList<string> DkimSelectors { get; init; } = PrintableList<string>.Empty;

    /// <summary>How the TXT records begin with which its customers prove that a domain is theirs.</summary>
    public PrintableList<string> VerificationPrefixes { get; init; } = PrintableList<string>.Empty;

    /// <summary>True where all customers send from the same addresses and may choose the MAIL FROM.</summary>
    public bool IsShared { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
