using System.Collections;
using Dmarc.Advice.DirectSend.Tenant;

namespace Dmarc.PowerShell;

/// <summary>Reads properties of PowerShell objects: live, deserialised, from CSV or JSON, and hash tables.</summary>
internal static class PropertyFacts
{
    /// <summary>The properties of an object.</summary>
    public static FactSource Of(object item)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        return name => ValueOf(wrapped.BaseObject is IDictionary entries ? Entry(entries, name)?.Value : wrapped.Properties[name]?.Value);
    }

    /// <summary>The items of a value: one object, a list, or nested lists.</summary>
    public static IEnumerable<object> Flatten(object? value)
    {
        object? plain = Unwrap(value);
        if (plain is null)
        {
            yield break;
        }

        if (plain is string or IDictionary or PSCustomObject || plain is not IEnumerable items)
        {
            yield return value!;
            yield break;
        }

        foreach (object? item in items)
        {
            foreach (object one in Flatten(item))
            {
                yield return one;
            }
        }
    }

    /// <summary>The object wrapped by PowerShell; any other value unchanged.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The text that a deserialised object has kept; null for others. The value of an enum is then a number, so only
    /// the text has its name; if the text is useless, read the properties.
    /// </summary>
    public static string? SavedText(object? value)
    {
        if (value is not PSObject { BaseObject: not (string or IEnumerable) } wrapped
            || wrapped.TypeNames.Count == 0
            || !wrapped.TypeNames[0].StartsWith(CopiedObject.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string text = wrapped.ToString();
        return text.Length == 0
            || text == wrapped.TypeNames[0].Substring(CopiedObject.Prefix.Length)
            || text.StartsWith("@{", StringComparison.Ordinal)
            ? null
            : text;
    }

    /// <summary>A deserialised object has kept its text; a JSON object has only its properties.</summary>
    private static object? ValueOf(object? value) => Unwrap(value) switch
    {
        not (string or IEnumerable) when SavedText(value) is { } saved => saved,
        PSCustomObject when value is PSObject wrapped => Of(wrapped),
        IDictionary entries => Of(entries),
        string text => text,
        IEnumerable items => items.Cast<object?>().Select(ValueOf).ToArray(),
        object plain => plain,
        null => null,
    };

    /// <summary>The entry of a hash table by name, in any letter case; null if there is none.</summary>
    public static DictionaryEntry? Entry(IDictionary entries, string name)
    {
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Key is string key && string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return entry;
            }
        }

        return null;
    }
}
