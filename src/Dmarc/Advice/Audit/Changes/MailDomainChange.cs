using Dmarc.Text;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>Something that is different in a domain's mail set-up between two looks at it.</summary>
public sealed record MailDomainChange
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>What kind of change it is.</summary>
    public required MailDomainChangeKind Kind { get; init; }

    /// <summary>The part that changed; <see cref="MailDomainPart.None"/> where it is the domain as a whole.</summary>
    public required MailDomainPart Part { get; init; }

    /// <summary>How much it matters: Error opens the domain to misuse or breaks its mail, Warning should have been intended.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What was; empty if there was nothing.</summary>
    public string Old { get; init; } = "";

    /// <summary>What is; empty if there is nothing.</summary>
    public string New { get; init; } = "";

    /// <summary>What it means, in a sentence, and what to do.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The severity, the domain and the explanation.</summary>
    public override string ToString() => Severity + ": " + Domain + ": " + Explanation;
}
