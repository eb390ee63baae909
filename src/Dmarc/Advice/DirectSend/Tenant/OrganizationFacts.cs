namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of <c>Get-OrganizationConfig</c>.</summary>
internal sealed record OrganizationFacts
{
    /// <summary>The name of the organisation; empty if unknown.</summary>
    public string Name { get; init; } = "";

    /// <summary>True refuses anonymous mail from an accepted domain without a connector; null if unknown.</summary>
    public bool? RejectDirectSend { get; init; }

    /// <summary>The name and the switch.</summary>
    public override string ToString() => Name + ": RejectDirectSend=" + (RejectDirectSend?.ToString() ?? "?");
}
