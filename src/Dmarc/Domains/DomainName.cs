using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Domains;

/// <summary>
/// A domain name in its A-label form: lower case, without the final dot, at most 253 characters in labels of at most 63.
/// Two names are equal where these are, as DNS compares them (RFC 4343).
/// </summary>
internal sealed class DomainName : IEquatable<DomainName>, IComparable<DomainName>
{
    /// <summary>The most characters that a name may have when written without the final dot.</summary>
    public const int MaximumLength = NameText.MaximumLength;

    /// <summary>The most octets that a label may have.</summary>
    public const int MaximumLabelLength = NameText.MaximumLabelLength;

    private readonly string _value;

    private DomainName(string value, int labelCount)
    {
        _value = value;
        LabelCount = labelCount;
    }

    /// <summary>How many labels the name has; at least one.</summary>
    public int LabelCount { get; }

    /// <summary>The name without its left-most label; null for a name of one label.</summary>
    public DomainName? Parent => LabelCount == 1 ? null : new DomainName(_value.Substring(_value.IndexOf('.') + 1), LabelCount - 1);

    /// <summary>The left-most label.</summary>
    public string FirstLabel => LabelCount == 1 ? _value : _value.Substring(0, _value.IndexOf('.'));

    /// <summary>
    /// Reads a name: U-labels become A-labels (RFC 5890), a final dot is dropped. Letters, digits, hyphens and
    /// underscores are what a label may hold, and nothing that cannot be seen; hyphens may stand at its ends, because
    /// DNS allows what host names do not.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="name">The name read; null if it is none.</param>
    /// <returns>False if the text is not a domain name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DomainName? name)
    {
        name = NameText.TryNormalize(text, out string normal, out int labels) ? new DomainName(normal, labels) : null;
        return name is not null;
    }

    /// <summary>Reads a name that is known to be one.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out DomainName? name)
            ? name
            : throw new FormatException(string.Format(CultureInfo.InvariantCulture, Strings.Domains_NotADomainName, text));

    /// <summary>The name itself, then its parent and so on up to the name of one label.</summary>
    public IEnumerable<DomainName> SelfAndAncestors()
    {
        for (DomainName? name = this; name is not null; name = name.Parent)
        {
            yield return name;
        }
    }

    /// <summary>The last labels of the name.</summary>
    /// <param name="count">How many labels to keep, from 1 to <see cref="LabelCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The name does not have so many.</exception>
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

    /// <summary>True if this name is the other one or stands below it.</summary>
    public bool IsEqualToOrBelow(DomainName other) =>
        other is not null
        && _value.EndsWith(other._value, StringComparison.Ordinal)
        && (_value.Length == other._value.Length || _value[_value.Length - other._value.Length - 1] == '.');

    /// <summary>True if this name stands below the other one.</summary>
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

    /// <summary>Ordinal order of names.</summary>
    public static bool operator <(DomainName? left, DomainName? right) => Compare(left, right) < 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator >(DomainName? left, DomainName? right) => Compare(left, right) > 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator <=(DomainName? left, DomainName? right) => Compare(left, right) <= 0;

    /// <summary>Ordinal order of names.</summary>
    public static bool operator >=(DomainName? left, DomainName? right) => Compare(left, right) >= 0;

    private static int Compare(DomainName? left, DomainName? right) => string.CompareOrdinal(left?._value, right?._value);
}
