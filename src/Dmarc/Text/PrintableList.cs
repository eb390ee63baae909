using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Dmarc.Text;

/// <summary>
/// An immutable list whose text is its items joined by <c>"; "</c>. Every collection on a result object is one, so that
/// it stays readable as plain text: in a CSV cell, an interpolated string, a log line.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
[CollectionBuilder(typeof(PrintableList), nameof(PrintableList.Create))]
public sealed class PrintableList<T> : IReadOnlyList<T>, IEquatable<PrintableList<T>>
{
    private readonly T[] _items;

    internal PrintableList(T[] items) => _items = items;

    /// <summary>The list without items.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Read as PrintableList<T>.Empty, as with the arrays of .NET.")]
    public static PrintableList<T> Empty { get; } = new([]);

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The item at a position.</summary>
    /// <param name="index">The position, from 0 to <see cref="Count"/> - 1.</param>
    public T this[int index] => _items[index];

    /// <summary>The items as a span, to read without an enumerator.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>True if both lists hold equal items in the same order.</summary>
    public bool Equals(PrintableList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PrintableList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = _items.Length;
        foreach (T item in _items)
        {
            hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        }

        return hash;
    }

    /// <summary>The items' texts joined by <c>"; "</c>; empty if there are none.</summary>
    public override string ToString() => string.Join("; ", _items);
}

/// <summary>Makes <see cref="PrintableList{T}"/> values.</summary>
internal static class PrintableList
{
    /// <summary>A list of these items (what a collection expression calls).</summary>
    public static PrintableList<T> Create<T>(ReadOnlySpan<T> items) =>
        items.IsEmpty ? PrintableList<T>.Empty : new PrintableList<T>(items.ToArray());

    /// <summary>A list of the items of a sequence, read once.</summary>
    public static PrintableList<T> ToPrintableList<T>(this IEnumerable<T> items)
    {
        T[] copy = items.ToArray();
        return copy.Length == 0 ? PrintableList<T>.Empty : new PrintableList<T>(copy);
    }
}
