namespace Dmarc.Mail.Packed;

/// <summary>Something that was packed in another form.</summary>
/// <param name="Name">Its file name, without folders; empty if it has none.</param>
/// <param name="MediaType">Its media type; empty if none is named.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record PackedPart(string Name, string MediaType, byte[] Content);

/// <summary>What a container held.</summary>
/// <param name="Parts">What could be read, in order.</param>
/// <param name="Damage">What is wrong with the container, so that something may be missing; null if nothing is known to be.</param>
/// <param name="IsOverCount">True if there was more than might be taken out.</param>
internal sealed record PackedParts(IReadOnlyList<PackedPart> Parts, string? Damage, bool IsOverCount);
