namespace Dmarc.Advice.Sources;

/// <summary>The class of a source, and the reason.</summary>
/// <param name="Class">The class.</param>
/// <param name="Service">The recognised sending service; empty if there is none.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Remedy">What to do, in a sentence; empty if nothing needs to be done.</param>
/// <param name="NeedsWork">
/// True if the failing mail is probably the owner's own and fixable: the next policy must wait.
/// </param>
internal sealed record SourceVerdict(
    SourceClass Class, string Service, string Reason, string Remedy, bool NeedsWork = false)
{
    /// <summary>The class and the reason.</summary>
    public override string ToString() => Class + ": " + Reason;
}
