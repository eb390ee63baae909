using System.Management.Automation;
using System.Reflection;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// The colours of <c>$PSStyle</c>, which PowerShell 7.2 brought and the library that this module is compiled against does
/// not know: hence the reflection, done once. Windows PowerShell has none, and gets no colour.
/// </summary>
internal static class HostStyle
{
    private static readonly object? Style = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.PSStyle")?
        .GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?
        .GetValue(null);

    private static readonly PropertyInfo? OutputRendering = Style?.GetType().GetProperty("OutputRendering");

    private static readonly object? Foreground = Get(Style, "Foreground");

    private static readonly string Reset = Get(Style, "Reset") as string ?? "";

    /// <summary>The text in the colour of a tone, every line for itself; unchanged where the session shows no colours.</summary>
    public static string Apply(string text, ViewTone tone)
    {
        if (Style is null || string.Equals(OutputRendering?.GetValue(Style)?.ToString(), "PlainText", StringComparison.Ordinal))
        {
            return text;
        }

        string start = tone switch
        {
            ViewTone.Good => Get(Foreground, "Green") as string,
            ViewTone.Caution => Get(Foreground, "Yellow") as string,
            ViewTone.Bad => Get(Foreground, "Red") as string,
            ViewTone.Faint => Get(Foreground, "BrightBlack") as string,
            _ => null,
        } ?? "";
        return start.Length == 0
            ? text
            : start + text.Replace("\n", Reset + "\n" + start) + Reset;
    }

    private static object? Get(object? instance, string property) =>
        instance?.GetType().GetProperty(property)?.GetValue(instance);
}
