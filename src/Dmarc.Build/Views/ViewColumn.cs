using System.Globalization;
using System.Text.RegularExpressions;

namespace Dmarc.Build.Views;

/// <summary>A column of a table or an item of a list.</summary>
/// <param name="Label">The heading.</param>
/// <param name="Property">The property shown; empty for the object itself.</param>
/// <param name="Kind">The format: a method of <c>DmarcFormat</c>.</param>
/// <param name="Width">The width in columns; null for a share of the rest.</param>
/// <param name="Part">
/// For a status, the property with the failure of its look-up, or the part that has it; empty for the object itself.
/// </param>
/// <param name="IsNumber">True for numbers, which are right-aligned.</param>
internal sealed record ViewColumn(string Label, string Property, string Kind, int? Width, bool IsNumber, string Part = "")
{
    /// <summary>The length of the longest word that the column can show; 0 if its words are not a closed set.</summary>
    public int LongestWord { get; init; }
}

/// <summary>A column in the table of views: <c>Label=Property:Kind Width</c>, all but one name optional.</summary>
internal sealed partial record ViewColumnText(string Label, string Property, string Kind, int? Width)
{
    public static ViewColumnText? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string property = match.Groups["property"].Value;
        string label = match.Groups["label"] is { Success: true } own ? own.Value : property;
        return label.Length == 0 ? null : new ViewColumnText(
            label,
            property,
            match.Groups["kind"].Value,
            match.Groups["width"] is { Success: true } width ? int.Parse(width.Value, CultureInfo.InvariantCulture) : null);
    }

    [GeneratedRegex(@"^(?:(?<label>\w+)=)?(?<property>\w*)(?::(?<kind>\w+))?(?: (?<width>[1-9]\d?))?$")]
    private static partial Regex Form();
}
