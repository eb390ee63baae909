using System.Runtime.CompilerServices;

namespace Dmarc.Reports;

/// <summary>
/// Caches the last results of a function of texts. Equal texts are mostly the same string (<see cref="StringPool"/>),
/// so that their hashes need not be computed. Not thread-safe.
/// </summary>
/// <param name="size">The number of results, a power of two.</param>
/// <param name="read">The function.</param>
internal sealed class ReferenceCache<T>(int size, Func<string, T> read)
{
    private readonly (string? Text, T Value)[] _known = new (string?, T)[size];

    /// <summary>The result for a text.</summary>
    public T Get(string text)
    {
        ref (string? Text, T Value) known = ref _known[RuntimeHelpers.GetHashCode(text) & (_known.Length - 1)];
        if (!ReferenceEquals(known.Text, text))
        {
            known = (text, read(text));
        }

        return known.Value;
    }
}
