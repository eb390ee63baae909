namespace Dmarc.Advice.Page;

/// <summary>
/// Builds HTML. Untrusted text only passes through <see cref="Value"/> or <see cref="Text"/>, so it can neither become
/// markup nor change the direction of the text around it.
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

    /// <summary>Adds our own text, which may contain values.</summary>
    public HtmlText Text(string text)
    {
        Encode(_html, PrintableText.Escape(text));
        return this;
    }

    public HtmlText Number(long number) => Raw(PageText.Number(number));

    /// <summary>Adds a coordinate or size.</summary>
    public HtmlText Size(double value) => Raw(value.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Adds an element with a text.</summary>
    public HtmlText Element(string name, string text, string? cssClass = null)
    {
        _html.Append('<').Append(name);
        if (cssClass is not null)
        {
            _html.Append(" class=\"").Append(cssClass).Append('"');
        }

        _html.Append('>');
        return Text(text).Raw("</").Raw(name).Raw(">");
    }

    /// <summary>Adds an untrusted domain in readable form.</summary>
    public HtmlText Domain(string value, int most) => Value(DomainDisplay.Of(value), most);

    /// <summary>Adds an untrusted value with isolated direction; a long one is cut, with a full tooltip.</summary>
    public HtmlText Value(string value, int most = 80)
    {
        string text = PrintableText.Escape(value);
        if (text.Length <= most)
        {
            _html.Append("<bdi>");
            Encode(_html, text);
        }
        else
        {
            _html.Append("<bdi title=\"");
            Encode(_html, Cut(text, MaximumInTitle));
            _html.Append("\">");
            Encode(_html, Cut(text, most));
        }

        _html.Append("</bdi>");
        return this;
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

    private static void Encode(StringBuilder html, string text)
    {
        foreach (char character in text)
        {
            switch (character)
            {
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '&':
                    html.Append("&amp;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                default:
                    html.Append(character);
                    break;
            }
        }
    }
}
