namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The meaning of a reason code of Microsoft's composite authentication.</summary>
public enum CompositeReasonKind
{
    /// <summary>A code that Microsoft does not document.</summary>
    Unknown,

    /// <summary>DMARC failed, and its policy is quarantine or reject (000).</summary>
    ExplicitFailure,

    /// <summary>The sender publishes no or weak records, and the message fails Microsoft's own check (001).</summary>
    ImplicitFailure,

    /// <summary>An administrator blocked this pair of sender and sending infrastructure (002).</summary>
    BlockedByAdministrator,

    /// <summary>DMARC failed with quarantine or reject, for one of the recipient's own domains (010).</summary>
    OwnDomainExplicitFailure,

    /// <summary>Implicit failure, and the sender is one of the recipient's own domains (6xx).</summary>
    OwnDomainImplicitFailure,

    /// <summary>Passed (1xx and 7xx).</summary>
    Pass,

    /// <summary>Passed because a trusted ARC sealer vouched for it (130).</summary>
    ArcOverride,

    /// <summary>Passed on weak evidence (2xx).</summary>
    SoftPass,

    /// <summary>Not checked (3xx).</summary>
    NotChecked,

    /// <summary>Composite authentication was bypassed (4xx and 9xx).</summary>
    Bypassed,
}

/// <summary>A reason code of Microsoft's composite authentication (<c>compauth=… reason=NNN</c>).</summary>
/// <param name="Code">The code as written, such as <c>601</c>.</param>
/// <param name="Kind">The meaning.</param>
public sealed record CompositeReason(string Code, CompositeReasonKind Kind)
{
    /// <summary>The meaning of the code, in a sentence.</summary>
    public string Description => Strings.ResourceManager.GetString("CompositeReason_" + Kind, Strings.Culture)!;

    /// <summary>Reads a code. Undocumented codes, and those without three digits, are unknown.</summary>
    /// <param name="code">The code.</param>
    public static CompositeReason Parse(string code) => new(code, Classify(code ?? ""));

    /// <summary>The code and its meaning.</summary>
    public override string ToString() => Code + ": " + Description;

    private static CompositeReasonKind Classify(string code) => code switch
    {
        "000" => CompositeReasonKind.ExplicitFailure,
        "001" => CompositeReasonKind.ImplicitFailure,
        "002" => CompositeReasonKind.BlockedByAdministrator,
        "010" => CompositeReasonKind.OwnDomainExplicitFailure,
        "130" => CompositeReasonKind.ArcOverride,
        _ when code.Length != 3 || !code.All(character => character is >= '0' and <= '9') =>
            CompositeReasonKind.Unknown,
        _ => code[0] switch
        {
            '1' or '7' => CompositeReasonKind.Pass,
            '2' => CompositeReasonKind.SoftPass,
            '3' => CompositeReasonKind.NotChecked,
            '4' or '9' => CompositeReasonKind.Bypassed,
            '6' => CompositeReasonKind.OwnDomainImplicitFailure,
            _ => CompositeReasonKind.Unknown,
        },
    };
}
