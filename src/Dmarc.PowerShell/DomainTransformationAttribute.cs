using System.Collections;

namespace Dmarc.PowerShell;

/// <summary>
/// Lets <c>-Domain</c> accept objects: results of other commands, rows of a CSV, accepted domains. It reads the text of
/// a property that names a domain, otherwise the text of the object.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainTransformationAttribute : ArgumentTransformationAttribute
{
    private const int MaximumDepth = 3;

    private static readonly string[] PropertyNames = ["Domain", "DomainName", "Name", "Id"];

    /// <summary>The properties read from unknown objects: in many of them, Name is not a domain name.</summary>
    private static readonly string[] ForeignNames = ["DomainName", "Domain"];

    private static readonly string[] NestedNames = ["Address", "Domain", "SmtpDomain", "Name", "Value"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = PropertyFacts.Unwrap(inputData);
        return value is IEnumerable items and not string
            ? items.Cast<object?>().Select(TextOf).ToArray()
            : new[] { TextOf(inputData) };
    }

    private static string TextOf(object? item)
    {
        object? value = PropertyFacts.Unwrap(item);
        string[] names = value is PSCustomObject or IDictionary
            || value?.GetType().Assembly == typeof(Domains.DomainName).Assembly ? PropertyNames
            : value is string or ValueType or Uri or FileSystemInfo or null ? []
            : ForeignNames;
        PSObject? wrapper = names.Length == 0 ? null : PSObject.AsPSObject(item!);
        foreach (string name in names)
        {
            if (wrapper!.Properties[name]?.Value is { } property && NameOf(property, MaximumDepth) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return value is PSCustomObject or null
            ? PropertyFacts.SavedText(item) ?? ""
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>
    /// The text of a property. Exchange types names as <c>SmtpDomain</c> and similar: live and CLIXML objects have a
    /// text, JSON objects only properties.
    /// </summary>
    private static string NameOf(object property, int depth)
    {
        object? value = PropertyFacts.Unwrap(property);
        if (value is not (PSCustomObject or IDictionary))
        {
            return PropertyFacts.SavedText(property) ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        if (PropertyFacts.SavedText(property) is { } saved)
        {
            return saved;
        }

        PSObject wrapper = PSObject.AsPSObject(property);
        return depth == 0 ? "" : NestedNames
            .Select(name => value is IDictionary entries ? entries[name] : wrapper.Properties[name]?.Value)
            .OfType<object>()
            .Select(inner => NameOf(inner, depth - 1))
            .FirstOrDefault(text => text.Length > 0) ?? "";
    }

}
