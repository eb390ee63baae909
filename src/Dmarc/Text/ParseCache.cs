using System.Collections.Concurrent;

namespace Dmarc.Text;

/// <summary>
/// Caches parsed texts, because few of them occur again and again. Long texts are not cached, and a full cache is
/// cleared. Thread-safe.
/// </summary>
/// <param name="parse">Parses a text.</param>
/// <param name="capacity">The maximum number of texts.</param>
internal sealed class ParseCache<T>(Func<string, T> parse, int capacity)
{
    private const int MaximumLength = 2048;
    private readonly ConcurrentDictionary<string, T> _values = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The value of a text.</summary>
    public T Parse(string text)
    {
        if (_values.TryGetValue(text, out T? value))
        {
            return value;
        }

        value = parse(text);
        if (text.Length <= MaximumLength)
        {
            if (Interlocked.Increment(ref _count) > capacity)
            {
                _values.Clear();
                Interlocked.Exchange(ref _count, 1);
            }

            _values[text] = value;
        }

        return value;
    }
}
