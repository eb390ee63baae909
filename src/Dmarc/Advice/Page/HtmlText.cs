namespace Dmarc.Advice.Page;

/// <summary>
/// Builds HTML. Only <see cref="Raw"/> and the literal parts of <see cref="Add"/> are markup: untrusted text can
/// neither become markup nor change the direction of the text around it.
/// </summary>
internal sealed class HtmlText
{
    /// <summary>The maximum length of a tooltip; the source files of the rows have the rest.</summary>
    private const int MaximumInTitle = 12_000;

    private readonly StringBuilder _html = new(64 * 1024);

    /// <summary>Adds our own markup.</summary>
    public HtmlText Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>
    /// Adds our own markup with values: texts, which are escaped; whole numbers of type long, with separators;
    /// coordinates and sizes of other types.
    /// </summary>
    public HtmlText Add(FormattableString markup)
    {
        _html.AppendFormat(Values.Instance, markup.Format, markup.GetArguments());
        return this;
    }

    /// <summary>Adds our own text, which may contain values.</summary>
    public HtmlText Text(string text) => Add($"{text}");

    public HtmlText Number(long number) => Add($"{number}");

    /// <summary>Adds an element with a text.</summary>
    public HtmlText Element(string name, string text, string? cssClass = null) => cssClass is null
        ? Add($"<{name}>{text}</{name}>")
        : Add($"<{name} class=\"{cssClass}\">{text}</{name}>");

    /// <summary>Opens an image, with a title and a description for people who cannot see it.</summary>
    public HtmlText Image(string cssClass, int height, string id, string title, string description) =>
        Add($"<svg class=\"{cssClass}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">")
            .Add($"<title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>");

    /// <summary>Adds an untrusted domain in readable form.</summary>
    public HtmlText Domain(string value, int most) => Value(DomainDisplay.Of(value), most);

    /// <summary>Adds an untrusted value with isolated direction; a long one is cut, with a full tooltip.</summary>
    public HtmlText Value(string value, int most = 80)
    {
        string text = PrintableText.Escape(value);
        return text.Length <= most
            ? Add($"<bdi>{text}</bdi>")
            : Add($"<bdi title=\"{Cut(text, MaximumInTitle)}\">{Cut(text, most)}</bdi>");
    }

    public override string ToString() => _html.ToString();

    /// <summary>The first characters and an ellipsis; never half a character.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int length = most - 1;
        return text.Substring(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length) + "…";
    }

    private sealed class Values : IFormatProvider, ICustomFormatter
    {
        public static readonly Values Instance = new();

        public object GetFormat(Type? formatType) => this;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            string text => Encode(PrintableText.Escape(text)),
            long number => PageText.Number(number),
            IFormattable size => size.ToString("0.###", CultureInfo.InvariantCulture),
            _ => "",
        };

        private static string Encode(string text) => text
            .Replace("&", "&amp;")
            .Replace("<", "&lt;")
            .Replace(">", "&gt;")
            .Replace("\"", "&quot;")
            .Replace("'", "&#39;");
    }
}
