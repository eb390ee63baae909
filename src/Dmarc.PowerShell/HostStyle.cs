using System.Reflection;
using Dmarc.Views;

namespace Dmarc.PowerShell;

/// <summary>
/// The colours of <c>$PSStyle</c>, which PowerShell 7.2 introduced and the referenced PowerShell library lacks: hence
/// reflection, done once. Windows PowerShell has no <c>$PSStyle</c> and gets no colours.
/// </summary>
internal static class HostStyle
{
    private const char Escape = '\u001b';

    private static readonly object? Style = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.PSStyle")?
        .GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?
        .GetValue(null);

    private static readonly PropertyInfo? OutputRendering = Style?.GetType().GetProperty("OutputRendering");

    private static readonly object? Foreground = Get(Style, "Foreground");

    private static readonly string Reset = Get(Style, "Reset") as string ?? "";

    /// <summary>The text in the colour of its tone; unchanged if the session shows no colours.</summary>
    public static string Apply(ViewText text)
    {
        if (Style is null
            || text.Colour == ViewTone.Plain
            || string.Equals(OutputRendering?.GetValue(Style)?.ToString(), "PlainText", StringComparison.Ordinal))
        {
            return text.Text;
        }

        string start = text.Colour switch
        {
            ViewTone.Good => Get(Foreground, "Green") as string,
            ViewTone.Caution => Get(Foreground, "Yellow") as string,
            ViewTone.Bad => Get(Foreground, "Red") as string,
            _ => null,
        } ?? "";
        return start.Length == 0 ? text.Text : start + text.Text + Reset;
    }

    /// <summary>Removes the colour that <see cref="Apply"/> added.</summary>
    public static string Strip(string text)
    {
        if (text.Length == 0 || text[0] != Escape)
        {
            return text;
        }

        int start = text.IndexOf('m') + 1;
        int end = text.LastIndexOf(Escape);
        return end > start ? text.Substring(start, end - start) : text;
    }

    private static object? Get(object? instance, string property) =>
        instance?.GetType().GetProperty(property)?.GetValue(instance);
}
