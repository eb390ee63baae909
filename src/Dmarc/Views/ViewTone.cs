namespace Dmarc.Views;

/// <summary>What a text in a view says about the state of things; each surface has its colour for it.</summary>
internal enum ViewTone
{
    /// <summary>Nothing in particular.</summary>
    Plain,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but deserves a look.</summary>
    Caution,

    /// <summary>Wrong, or open.</summary>
    Bad,

    /// <summary>Of little interest.</summary>
    Faint,
}

/// <summary>A text for a cell of a view.</summary>
/// <param name="Text">The text, free of control characters except line feeds between lines.</param>
/// <param name="Tone">What it says.</param>
internal readonly record struct ViewText(string Text, ViewTone Tone)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
