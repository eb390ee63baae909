using System.Collections;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The value of a property by name, in any letter case; null if there is none.</summary>
internal delegate object? FactSource(string name);

/// <summary>
/// Reads values of settings from all sources: live objects, deserialised ones (whose collections are lists or one
/// text), CSV cells and JSON.
/// </summary>
internal static class FactValues
{
    /// <summary>The maximum number of items read from a list.</summary>
    public const int MaximumItems = 5_000;

    private static readonly char[] Separators = [',', '\r', '\n', '\t', ' '];

    /// <summary>Names of properties with the text of an item that is an object.</summary>
    private static readonly string[] ItemNames = ["Address", "Domain", "SmtpDomain", "Value", "Name", "Expression"];

    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        FactSource item => ItemNames.Select(name => Text(item(name))).FirstOrDefault(text => text.Length > 0) ?? Range(item),
        IEnumerable items => Text(items.Cast<object?>().FirstOrDefault()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "",
    };

    /// <summary>The name of an object of Exchange Online.</summary>
    public static string Name(FactSource source) => Text(source("Name")) is { Length: > 0 } name
        ? name
        : Text(source("Identity"));

    public static bool? Truth(object? value) => value is bool truth ? truth : Text(value).TrimStart('$').ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => null,
    };

    public static IEnumerable<string> Texts(object? value) => (value switch
    {
        null => [],
        string text => Split(text),
        IEnumerable items => items.Cast<object?>().Take(MaximumItems).SelectMany(item => Split(Text(item))),
        _ => Split(Text(value)),
    }).Take(MaximumItems);

    /// <summary>A sender domain without Exchange's decoration (<c>smtp:contoso.com;1</c>), in lower case.</summary>
    public static string SenderDomain(string text)
    {
        int start = text.IndexOf(':') + 1;
        int cost = text.IndexOf(';');
        return text.Substring(start, (cost < start ? text.Length : cost) - start).Trim().ToLowerInvariant();
    }

    /// <summary>An address range given by its two ends, or by one end and a prefix length.</summary>
    private static string Range(FactSource item)
    {
        string first = Text(item("LowerBound"));
        string length = Text(item("CIDRLength"));
        string last = Text(item("UpperBound"));
        return length is { Length: > 0 } and not "-1" and not "0" ? first + "/" + length
            : last.Length > 0 && last != first ? first + "-" + last
            : first;
    }

    private static IEnumerable<string> Split(string text) => text
        .Trim('{', '}')
        .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Trim('"', '\''))
        .Where(part => part.Length > 0);
}
