using System.Collections;
using Dmarc.Reports.Saved;

namespace Dmarc.PowerShell;

/// <summary>A copy of a result: deserialised, from ConvertFrom-Json or Import-Csv, or a hash table.</summary>
internal sealed class SavedObject : ISavedObject
{
    private readonly Func<string, object?> _get;
    private readonly Func<string, bool> _has;

    private SavedObject(PSObject item)
    {
        _get = name => item.Properties[name]?.Value;
        _has = name => item.Properties[name] is not null;
    }

    private SavedObject(IDictionary entries)
    {
        _get = name => PropertyFacts.Entry(entries, name)?.Value;
        _has = name => PropertyFacts.Entry(entries, name) is not null;
    }

    /// <summary>The copy; null for a simple value.</summary>
    public static SavedObject? From(object? value) => PropertyFacts.Unwrap(value) switch
    {
        IDictionary entries => new SavedObject(entries),
        PSCustomObject => new SavedObject((PSObject)value!),
        _ => null,
    };

    /// <inheritdoc/>
    public bool Has(string name) => _has(name);

    /// <inheritdoc/>
    public object? Get(string name) => Plain(_get(name));

    private static object? Plain(object? value)
    {
        object? plain = PropertyFacts.Unwrap(value);
        return plain switch
        {
            null or string or bool or DateTime or DateTimeOffset => plain,
            IDictionary or PSCustomObject => From(value),
            IEnumerable items => items.Cast<object?>().Select(Plain).ToList(),

            // In a copy of an enum, the base object is a number, and the text is the name.
            IConvertible when PropertyFacts.SavedText(value) is { } name => name,
            Enum => plain.ToString(),
            _ => plain,
        };
    }
}
