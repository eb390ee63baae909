namespace Dmarc.Advice.Sources;

/// <summary>What a source is, and why.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Service">The sending service that was recognised; empty if none was.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Remedy">What to do, in a sentence; empty if nothing needs to be done.</param>
internal sealed record SourceVerdict(SourceClass Class, string Service, string Reason, string Remedy)
{
    /// <summary>True if the mail that fails is likely the domain owner's own and can be made to align: the next policy has to wait for it.</summary>
    public bool NeedsWork { get; init; }

    /// <summary>The class and the reason.</summary>
    public override string ToString() => Class + ": " + Reason;
}
