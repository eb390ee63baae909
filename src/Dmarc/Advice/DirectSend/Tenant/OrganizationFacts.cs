namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>What matters here of <c>Get-OrganizationConfig</c>.</summary>
internal sealed record OrganizationFacts
{
    /// <summary>The name of the organisation; empty if it is not known.</summary>
    public string Name { get; init; } = "";

    /// <summary>The switch: true refuses anonymous mail with a MAIL FROM in an accepted domain that matches no connector; null if it is not told.</summary>
    public bool? RejectDirectSend { get; init; }

    /// <summary>The name and the switch.</summary>
    public override string ToString() => Name + ": RejectDirectSend=" + (RejectDirectSend?.ToString() ?? "?");
}
