using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Dmarc.Domains;
using Dmarc.Text;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// Makes of a copy of a result what it was, for the views: what comes from a file, a job or a remote session is a bag of
/// properties, in which an enum is a number that knows its name.
/// </summary>
internal static class CopiedObject
{
    private const string Prefix = "Deserialized.";
    private const int MaximumDepth = 8;

    private static readonly Assembly Core = typeof(Finding).Assembly;

    /// <summary>The original of a copy, as far as it can be made; anything else as it is.</summary>
    public static object? Restore(PSObject? value) => Restore(value, 0);

    private static object? Restore(object? value, int depth)
    {
        if (value is not PSObject copy)
        {
            return value is IEnumerable items and not string ? RestoreAll(items, depth) : value;
        }

        if (TimeOf(copy) is { } time)
        {
            return time;
        }

        // A list is a copy of one of this module too, but its items are what counts.
        if (copy.BaseObject is not IEnumerable && TypeOf(copy) is { } type)
        {
            return type.IsEnum
                ? EnumOf(type, copy)
                : (depth < MaximumDepth ? Build(type, copy, depth + 1) : null) ?? (depth == 0 ? RowOf(type, copy) : (object?)null) ?? copy.ToString();
        }

        return copy.BaseObject is PSCustomObject ? copy : Restore(copy.BaseObject, depth);
    }

    /// <summary>The time that something is a copy of: one with an offset is a bag of properties too. Null if it is none.</summary>
    private static DateTimeOffset? TimeOf(PSObject copy) =>
        copy.TypeNames.FirstOrDefault() == Prefix + typeof(DateTimeOffset).FullName
        && copy.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is DateTime time
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : null;

    /// <summary>A list with the originals of the copies in it; a list of this module holds none, and stays.</summary>
    private static object RestoreAll(IEnumerable items, int depth)
    {
        if (items.GetType().Assembly == Core)
        {
            return items;
        }

        List<object?> restored = [];
        foreach (object? item in items)
        {
            restored.Add(Restore(item, depth));
        }

        return restored;
    }

    /// <summary>The type of this module that something is a copy of; null if it is none. Rows of several kinds have a name for their table first.</summary>
    private static Type? TypeOf(PSObject copy) => copy.TypeNames
        .Where(name => name.StartsWith(Prefix + nameof(Dmarc) + ".", StringComparison.Ordinal))
        .Select(name => Core.GetType(name.Substring(Prefix.Length)))
        .FirstOrDefault(type => type is not null);

    /// <summary>What the views show of a row or report, which nobody but a reader can make; null for other objects.</summary>
    private static ReportItemText? RowOf(Type type, PSObject copy) => ReportItemText.Of(
        type.Name, path => path.Split('.').Aggregate((object?)SavedObject.From(copy), (value, name) => (value as SavedObject)?.Get(name)));

    private static object EnumOf(Type type, PSObject copy)
    {
        try
        {
            return Enum.Parse(type, copy.ToString());
        }
        catch (ArgumentException)
        {
            return copy.ToString();
        }
    }

    /// <summary>
    /// An object of the type, or of the next one that it is derived from which can be made, with the properties of the copy: by a constructor
    /// that takes them, and by those that can be set. Null if there is no such constructor.
    /// </summary>
    private static object? Build(Type type, PSObject copy, int depth)
    {
        ConstructorInfo? constructor = type.GetConstructors()
            .Where(one => one.GetParameters().All(parameter => copy.Properties[NameOf(parameter)] is not null))
            .OrderByDescending(one => one.GetParameters().Length)
            .FirstOrDefault();
        if (constructor is null)
        {
            return type.BaseType is { } above && above.Assembly == Core ? Build(above, copy, depth) : null;
        }

        try
        {
            object made = constructor.Invoke(
                [.. constructor.GetParameters().Select(parameter => Value(copy, NameOf(parameter), parameter.ParameterType, depth))]);
            foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
            {
                if (copy.Properties[property.Name] is not null)
                {
                    property.SetValue(made, Value(copy, property.Name, property.PropertyType, depth));
                }
            }

            // What cannot be set is missing: then the text of the original says more. One that is made as its base type has another text.
            return type != TypeOf(copy) || made.ToString() == copy.ToString() ? made : null;
        }
        catch (Exception exception) when (exception is TargetInvocationException or PSInvalidCastException or ArgumentException or InvalidCastException)
        {
            return null;
        }
    }

    private static string NameOf(ParameterInfo parameter) => char.ToUpperInvariant(parameter.Name![0]) + parameter.Name.Substring(1);

    private static object? Value(PSObject copy, string name, Type type, int depth)
    {
        object? value = Restore(copy.Properties[name].Value, depth);
        if (value is null || type.IsInstanceOfType(value))
        {
            return value;
        }

        if (value is IEnumerable items and not string && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(PrintableList<>))
        {
            Type itemType = type.GetGenericArguments()[0];
            object?[] all = [.. items.Cast<object?>().Select(item => Convert(item, itemType))];
            Array array = Array.CreateInstance(itemType, all.Length);
            Array.Copy(all, array, all.Length);
            return Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.NonPublic, null, [array], CultureInfo.InvariantCulture);
        }

        return Convert(value, type);
    }

    private static object? Convert(object? value, Type type) =>
        type == typeof(AddressBlock) && AddressBlock.TryParse(value as string, out AddressBlock block) ? block
        : LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
}
