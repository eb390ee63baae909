namespace Dmarc.Views;

/// <summary>A text for a cell of a view.</summary>
/// <param name="Text">The text, free of control characters except line feeds between lines.</param>
/// <param name="Tone">The state that it expresses.</param>
internal readonly record struct ViewText(string Text, ViewTone Tone)
{
    private const int MaximumColouredLength = 32;

    /// <summary>A text without a state.</summary>
    public ViewText(string text)
        : this(text, ViewTone.Plain)
    {
    }

    /// <summary>The colour. Long text has none: in a list, the colour would run on into the margin.</summary>
    public ViewTone Colour => TextWidth.Of(Text) is 0 or > MaximumColouredLength || Text.Contains('\n') ? ViewTone.Plain : Tone;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
