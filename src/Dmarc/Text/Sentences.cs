namespace Dmarc.Text;

/// <summary>Fills in the placeholders of sentences.</summary>
internal static class Sentences
{
    private static readonly WordForms Forms = new();

    /// <summary>
    /// Fills in the placeholders. A placeholder such as <c>{0:file|files}</c> yields the word before the bar if the
    /// number is one, and the word after it otherwise. Domains with A-labels are shown in readable form, followed by
    /// the A-labels. Untrusted values are escaped, so they cannot control a terminal.
    /// </summary>
    public static string Fill(string format, params object?[] arguments)
    {
        (string shown, object?[] values) = ReadableNames.AreIn(arguments) ? ReadableNames.Show(format, arguments) : (format, arguments);
        return string.Format(Forms, shown, values);
    }

    /// <summary>Fills in the placeholders with the values as they are, without <see cref="Fill"/>'s changes.</summary>
    public static string Insert(string format, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, format, values);

    /// <summary>Joins sentences in the style of the language; empty and missing ones are left out.</summary>
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

    /// <summary>A list with the comma of the language. Names and values are joined by ", " in every language.</summary>
    public static string List(IEnumerable<string?> items) => string.Join(Strings.Text_Comma, items);

    /// <summary>Chooses between singular and plural.</summary>
    private sealed class WordForms : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) =>
            formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType!);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider)
        {
            int bar = format?.IndexOf('|') ?? -1;
            if (bar < 0)
            {
                return arg is IFormattable number
                    ? number.ToString(format, CultureInfo.InvariantCulture)
                    : PrintableText.Escape(arg?.ToString());
            }

            return Convert.ToString(arg, CultureInfo.InvariantCulture) == "1" ? format!.Substring(0, bar) : format!.Substring(bar + 1);
        }
    }
}
