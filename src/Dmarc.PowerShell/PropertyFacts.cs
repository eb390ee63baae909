using System.Collections;
using System.Management.Automation;
using Dmarc.Advice.DirectSend.Tenant;

namespace Dmarc.PowerShell;

/// <summary>Reads the properties of whatever PowerShell has: live objects, deserialised ones, rows of a CSV, objects of JSON, hash tables.</summary>
internal static class PropertyFacts
{
    /// <summary>The properties of an object.</summary>
    public static FactSource Of(object item)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        return name => ValueOf(wrapped.BaseObject is IDictionary entries ? Entry(entries, name)?.Value : wrapped.Properties[name]?.Value);
    }

    /// <summary>The items of a value that may be one object, a list of them, or lists in a list.</summary>
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

    /// <summary>What PowerShell has wrapped; anything else as it is.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The text of an object that was written to a file and read again, which has kept it; null for others. Of an enum the value is a number then, so
    /// that nothing but the text has its name; and where the text says nothing, its properties do.
    /// </summary>
    public static string? SavedText(object? value)
    {
        if (value is not PSObject { BaseObject: not (string or IEnumerable) } wrapped
            || wrapped.TypeNames.Count == 0
            || !wrapped.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal))
        {
            return null;
        }

        string text = wrapped.ToString();
        return text.Length == 0 || text == wrapped.TypeNames[0].Substring("Deserialized.".Length) || text.StartsWith("@{", StringComparison.Ordinal) ? null : text;
    }

    /// <summary>An object that was written to a file and read again has kept its text; one of JSON has nothing but its properties.</summary>
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

    /// <summary>The entry of a hash table by its name, in any case of letters; null if there is none.</summary>
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
