namespace Dmarc.Views;

/// <summary>How many columns of a terminal a text takes: the one place that says it.</summary>
internal static class TextWidth
{
    /// <summary>The width of a text of one line.</summary>
    public static int Of(string text) => text.Length;

    /// <summary>The text with spaces after it up to a width.</summary>
    public static string Pad(string text, int width) => Of(text) >= width ? text : text + new string(' ', width - Of(text));
}
