using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Dmarc.PowerShell;

/// <summary>
/// Lets <c>-Domain</c> take objects: the results of other commands, rows of a CSV, accepted domains. Where an object has a
/// property that names a domain, its text is taken; otherwise the text of the object itself.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] PropertyNames = ["Domain", "DomainName", "Name", "Id"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Unwrap(inputData);
        return value is IEnumerable items and not string
            ? items.Cast<object?>().Select(TextOf).ToArray()
            : new[] { TextOf(inputData) };
    }

    private static string TextOf(object? item)
    {
        object? value = Unwrap(item);
        if (value is PSCustomObject or IDictionary || value?.GetType().Assembly == typeof(Domains.DomainName).Assembly)
        {
            PSObject wrapper = PSObject.AsPSObject(item!);
            foreach (string name in PropertyNames)
            {
                if (wrapper.Properties[name]?.Value is { } property)
                {
                    return Convert.ToString(Unwrap(property), CultureInfo.InvariantCulture) ?? "";
                }
            }
        }

        return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
