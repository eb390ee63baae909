using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Domains;

/// <summary>
/// A domain name in its A-label form: lower case, without the final dot, at most 253 characters in labels of at most
/// 63. Names compare by this form, as in DNS (RFC 4343).
/// </summary>
internal sealed class DomainName : IEquatable<DomainName>, IComparable<DomainName>
{
    /// <summary>The maximum number of characters in a name, without the final dot.</summary>
    public const int MaximumLength = NameText.MaximumLength;

    /// <summary>The maximum number of octets in a label.</summary>
    public const int MaximumLabelLength = NameText.MaximumLabelLength;

    private readonly string _value;

    private DomainName(string value, int labelCount)
    {
        _value = value;
        LabelCount = labelCount;
    }

    /// <summary>The number of labels; at least one.</summary>
    public int LabelCount { get; }

    /// <summary>The name without its left-most label; null for a name of one label.</summary>
    public DomainName? Parent => LabelCount == 1 ? null : new DomainName(_value.Substring(_value.IndexOf('.') + 1), LabelCount - 1);

    /// <summary>The left-most label.</summary>
    public string FirstLabel => LabelCount == 1 ? _value : _value.Substring(0, _value.IndexOf('.'));

    /// <summary>
    /// Reads a name: converts U-labels to A-labels (RFC 5890) and drops a final dot. A label may contain letters,
    /// digits, hyphens and underscores, but no invisible characters; hyphens are allowed at its ends, because DNS
    /// allows what host names do not.
    /// </summary>
    /// <returns>False if the text is not a domain name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DomainName? name)
    {
        name = NameText.TryNormalize(text, out string normal, out int labels) ? new DomainName(normal, labels) : null;
        return name is not null;
    }

    /// <summary>Reads a name that is known to be valid.</summary>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out DomainName? name)
            ? name
            : throw new FormatException(Sentences.Insert(Strings.Domains_NotADomainName, text));

    /// <summary>The name, then its ancestors up to the name of one label.</summary>
    public IEnumerable<DomainName> SelfAndAncestors()
    {
        for (DomainName? name = this; name is not null; name = name.Parent)
        {
            yield return name;
        }
    }

    /// <summary>The last labels of the name.</summary>
    /// <param name="count">The number of labels to keep, from 1 to <see cref="LabelCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name has fewer labels.</exception>
    public DomainName KeepLast(int count)
    {
        if (count < 1 || count > LabelCount)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        int start = 0;
        for (int skipped = LabelCount - count; skipped > 0; skipped--)
        {
            start = _value.IndexOf('.', start) + 1;
        }

        return start == 0 ? this : new DomainName(_value.Substring(start), count);
    }

    /// <summary>True if this name equals the other one or is below it.</summary>
    public bool IsEqualToOrBelow(DomainName other) =>
        other is not null
        && _value.EndsWith(other._value, StringComparison.Ordinal)
        && (_value.Length == other._value.Length || _value[_value.Length - other._value.Length - 1] == '.');

    /// <summary>True if this name is below the other one.</summary>
    public bool IsBelow(DomainName other) => other is not null && LabelCount > other.LabelCount && IsEqualToOrBelow(other);

    /// <inheritdoc/>
    public bool Equals(DomainName? other) => other is not null && _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DomainName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

    /// <inheritdoc/>
    public int CompareTo(DomainName? other) => string.CompareOrdinal(_value, other?._value);

    /// <summary>The name in its A-label form.</summary>
    public override string ToString() => _value;

    /// <summary>Equality of names.</summary>
    public static bool operator ==(DomainName? left, DomainName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Inequality of names.</summary>
    public static bool operator !=(DomainName? left, DomainName? right) => !(left == right);
}
