using System.Collections;
using System.Reflection;
using Dmarc.Build.Help;
using Dmarc.Dns;

namespace Dmarc.Build.Views;

/// <summary>
/// The formats of values. Each kind is a method of <c>DmarcFormat</c>; the type of a property determines its kind
/// unless the table names one.
/// </summary>
internal sealed class ViewKinds(IReadOnlyCollection<string> methods)
{
    /// <summary>The class whose methods the views call.</summary>
    public const string Caller = "Dmarc.PowerShell.DmarcFormat";

    /// <summary>The kind of a status that can report a failed look-up, shown beside it.</summary>
    public const string Status = "Status";

    /// <summary>Cuts a cell to the width of its column; PowerShell would widen the column instead.</summary>
    public const string Cut = "Cut";

    private const string Text = "Text";

    private const string Failure = "DnsFailure";

    private static readonly IEnumerable<string> FailureWords = Enum.GetValues<DnsFailure>().Select(failure => failure.ToWord());

    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The kinds of lists of a type, in tables and in lists.</summary>
    private readonly Dictionary<string, (string Table, string List)> _lists = new(StringComparer.Ordinal);

    /// <summary>The kinds in a built module.</summary>
    /// <param name="module">The module's assembly.</param>
    public static ViewKinds Read(string module) => new(
        [.. CommandReader.Load(module).GetType(Caller, throwOnError: true)!
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)]);

    /// <summary>The unused kinds.</summary>
    public IEnumerable<string> Unused => methods.Except(_used, StringComparer.Ordinal);

    /// <summary>Sets how lists of a type are shown.</summary>
    public void SetLists(string type, string table, string list) => _lists[type] = (table, list);

    /// <summary>Whether the kind exists; marks it as used.</summary>
    public bool Use(string kind) => methods.Contains(kind) && (_used.Add(kind) || true);

    /// <summary>
    /// For a status that can report a failed look-up: the property with the failure, or the part that has it. By
    /// default the failure is the object's. Null for any other property.
    /// </summary>
    public static string? PartOf(Type owner, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (!type.IsEnum || !Enum.IsDefined(type, Failure) || owner.GetProperty(Failure) is null)
        {
            return null;
        }

        string part = property.Name.EndsWith(Status, StringComparison.Ordinal) ? property.Name[..^Status.Length] : "";
        return part.Length == 0 ? "" : new[] { part + Failure, part }.FirstOrDefault(name => owner.GetProperty(name) is not null) ?? "";
    }

    /// <summary>The default kind of a property.</summary>
    public string Of(Type type, string property, bool isTable)
    {
        if (IsDomain(type, property))
        {
            return "Domain";
        }

        if ((Nullable.GetUnderlyingType(type) ?? type) is var value && (value == typeof(DateTime) || value == typeof(DateTimeOffset)))
        {
            return "Time";
        }

        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type))
        {
            return Text;
        }

        for (Type? element = type.GetGenericArguments().FirstOrDefault(); element is not null; element = element.BaseType)
        {
            if (_lists.TryGetValue(element.Name, out (string Table, string List) kinds))
            {
                return isTable ? kinds.Table : kinds.List;
            }
        }

        return isTable ? Text : "Lines";
    }

    /// <summary>Whether a property holds a domain, by its name, so that no table can forget one.</summary>
    private static bool IsDomain(Type type, string property) =>
        type.Name is nameof(String) or "DomainName" && (property.EndsWith("Domain", StringComparison.Ordinal) || property == "HeaderFrom");

    /// <summary>The length of the longest word of a closed set; 0 for any other type.</summary>
    public static int LongestWord(Type type, bool isStatus) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind
        ? Enum.GetNames(kind).Concat(isStatus ? FailureWords : []).Max(name => name.Length)
        : 0;

    /// <summary>Whether values of a type are numbers.</summary>
    public static bool IsNumber(Type type) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal
        && !(Nullable.GetUnderlyingType(type) ?? type).IsEnum;
}
