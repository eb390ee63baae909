namespace Dmarc.Advice.Audit.Changes;

/// <summary>A difference in a domain's mail configuration between two audits.</summary>
public sealed record MailDomainChange
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The kind of change.</summary>
    public required MailDomainChangeKind Kind { get; init; }

    /// <summary>The changed part; <see cref="MailDomainPart.None"/> for the domain as a whole.</summary>
    public required MailDomainPart Part { get; init; }

    /// <summary>Error means the change allows misuse or breaks mail; Warning means it should be intended.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The old value; may be empty.</summary>
    public string Old { get; init; } = "";

    /// <summary>The new value; may be empty.</summary>
    public string New { get; init; } = "";

    /// <summary>The meaning of the change and the remedy, in a sentence.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The severity, the domain and the explanation.</summary>
    public override string ToString() => Severity + ": " + Domain + ": " + Explanation;
}
