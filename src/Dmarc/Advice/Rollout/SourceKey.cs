namespace Dmarc.Advice.Rollout;

/// <summary>A source and a From domain, in any letter case.</summary>
internal readonly struct SourceKey(string source, string headerFrom) : IEquatable<SourceKey>
{
    private readonly string _source = source;
    private readonly string _headerFrom = headerFrom;

    public bool Equals(SourceKey other) =>
        string.Equals(_source, other._source, StringComparison.Ordinal)
        && string.Equals(_headerFrom, other._headerFrom, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is SourceKey other && Equals(other);

    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(_source) * 31) + StringComparer.OrdinalIgnoreCase.GetHashCode(_headerFrom));
}
