using System.Globalization;

namespace Dmarc.Text;

/// <summary>Fills in the sentences of the resources.</summary>
internal static class Sentences
{
    private static readonly WordForms Forms = new();

    /// <summary>
    /// Fills in the placeholders. One such as <c>{0:file|files}</c> gives the word before the bar where the number is one, and else the word
    /// after it. Domains with A-labels are shown as people read them, with the A-labels beside. Values may be of strangers: what could act on a
    /// terminal stands as escapes.
    /// </summary>
    public static string Fill(string format, params object?[] arguments)
    {
        (string shown, object?[] values) = ReadableNames.AreIn(arguments) ? ReadableNames.Show(format, arguments) : (format, arguments);
        return string.Format(Forms, shown, values);
    }

    /// <summary>Sentences one after the other, as the language sets them; those that are empty or missing are left out.</summary>
    public static string Join(params string?[] sentences)
    {
        string text = "";
        foreach (string? sentence in sentences)
        {
            text = text.Length == 0 ? sentence ?? ""
                : string.IsNullOrEmpty(sentence) ? text
                : Fill(Strings.Text_NextSentence, text, sentence);
        }

        return text;
    }

    /// <summary>Words or phrases as a list, with the comma of the language between them. Names and values are joined by ", " in each.</summary>
    public static string List(IEnumerable<string?> items) => string.Join(Strings.Text_Comma, items);

    /// <summary>Chooses between the words for one and for many.</summary>
    private sealed class WordForms : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) =>
            formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType!);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider)
        {
            int bar = format?.IndexOf('|') ?? -1;
            if (bar < 0)
            {
                return arg is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : PrintableText.Escape(arg?.ToString());
            }

            return Convert.ToString(arg, CultureInfo.InvariantCulture) == "1" ? format!.Substring(0, bar) : format!.Substring(bar + 1);
        }
    }
}
