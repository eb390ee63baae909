using System.Collections;
using System.Reflection;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// Restores the original from a copy of a result, for the views: an object from a file, a job or a remote session is a
/// property bag, in which an enum is a number that knows its name.
/// </summary>
internal static class CopiedObject
{
    /// <summary>What PowerShell puts before the type names of copies.</summary>
    public const string Prefix = "Deserialized.";

    private const int MaximumDepth = 8;

    private static readonly Assembly Core = typeof(Finding).Assembly;

    /// <summary>The original of a copy, as far as possible; any other value unchanged.</summary>
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

        // A list may be a copy of a type of this module too, but only its items matter.
        if (copy.BaseObject is not IEnumerable && TypeOf(copy) is { } type)
        {
            return type.IsEnum
                ? EnumOf(type, copy)
                : (depth < MaximumDepth ? Build(type, copy, depth + 1) : null) ?? (depth == 0 ? RowOf(type, copy) : (object?)null) ?? copy.ToString();
        }

        return copy.BaseObject is PSCustomObject ? copy : Restore(copy.BaseObject, depth);
    }

    /// <summary>The time in a copy, null if there is none; a time with an offset is also a property bag.</summary>
    private static DateTimeOffset? TimeOf(PSObject copy) =>
        copy.TypeNames.FirstOrDefault() == Prefix + typeof(DateTimeOffset).FullName
        && copy.Properties[nameof(DateTimeOffset.UtcDateTime)]?.Value is DateTime time
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))
            : null;

    /// <summary>A list with its copies restored; a list of this module has none and is unchanged.</summary>
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

    /// <summary>The module type of a copy; null if there is none. Mixed rows have a table name first.</summary>
    private static Type? TypeOf(PSObject copy) => copy.TypeNames
        .Where(name => name.StartsWith(Prefix + nameof(Dmarc) + ".", StringComparison.Ordinal))
        .Select(name => Core.GetType(name.Substring(Prefix.Length)))
        .FirstOrDefault(type => type is not null);

    /// <summary>The columns of a row or report, which only a reader can construct; null for other objects.</summary>
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
    /// An object of the type, or of its nearest constructible base type, with the properties of the copy, set by
    /// constructor or setters. Null if there is no suitable constructor.
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

            // Properties without a setter are lost: then the original text says more. A base type has another text.
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
            return Activator.CreateInstance(
                type, BindingFlags.Instance | BindingFlags.NonPublic, null, [array], CultureInfo.InvariantCulture);
        }

        return Convert(value, type);
    }

    private static object? Convert(object? value, Type type) =>
        type == typeof(AddressBlock) && AddressBlock.TryParse(value as string, out AddressBlock block) ? block
        : LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
}
