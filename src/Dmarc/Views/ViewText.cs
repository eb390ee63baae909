namespace Dmarc.Views;

/// <summary>A text for a cell of a view.</summary>
/// <param name="Text">The text, free of control characters except line feeds between lines.</param>
/// <param name="Tone">What it says.</param>
internal readonly record struct ViewText(string Text, ViewTone Tone)
{
    private const int MaximumColouredLength = 32;

    /// <summary>A text that says nothing in particular.</summary>
    public ViewText(string text)
        : this(text, ViewTone.Plain)
    {
    }

    /// <summary>What its colour shows. A long text has none: where a list breaks it, the colour runs on into the margin.</summary>
    public ViewTone Colour => TextWidth.Of(Text) is 0 or > MaximumColouredLength || Text.Contains('\n') ? ViewTone.Plain : Tone;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
