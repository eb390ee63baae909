namespace Dmarc.Mail.Packed;

/// <summary>An item unpacked from another format.</summary>
/// <param name="Name">The file name, without folders; empty if there is none.</param>
/// <param name="MediaType">The media type; empty if there is none.</param>
/// <param name="Content">The bytes.</param>
internal sealed record PackedPart(string Name, string MediaType, byte[] Content);

/// <summary>The content of a container.</summary>
/// <param name="Parts">The readable parts, in order.</param>
/// <param name="Damage">The damage to the container, which may have cost parts; null if none is known.</param>
/// <param name="IsOverCount">True if there were more parts than allowed.</param>
internal sealed record PackedParts(IReadOnlyList<PackedPart> Parts, string? Damage, bool IsOverCount);
