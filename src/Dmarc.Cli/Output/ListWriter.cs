using Dmarc.Cli.Views;
using Dmarc.Views;

namespace Dmarc.Cli.Output;

/// <summary>Writes a line for each property, and an empty line after each result.</summary>
internal sealed class ListWriter(Terminal terminal) : ResultWriter
{
    private const int LeastWidth = 20;

    /// <inheritdoc/>
    public override void Write(object result)
    {
        ListView view = FormatFile.Default.List(result.GetType());
        int label = view.Lines.Max(line => TextWidth.Of(line.Label));
        int width = Math.Max(LeastWidth, terminal.Width - label - 3);
        foreach (ListLine line in view.Lines)
        {
            ViewText value = line.Value.Show(result);
            string lead = terminal.Heading(line.Label) + new string(' ', label - TextWidth.Of(line.Label)) + " : ";
            foreach (string part in TextWidth.Wrap(value.Text, width))
            {
                terminal.Output.WriteLine((lead + terminal.Colour(part, value.Tone)).TrimEnd());
                lead = new string(' ', label + 3);
            }
        }

        terminal.Output.WriteLine();
    }
}
