using System.Globalization;
using System.Text;
using Dmarc.Views;

namespace Dmarc.Cli;

/// <summary>What the program reads from and writes to, and how wide and colourful that is.</summary>
internal sealed class Terminal
{
    private const int UsualWidth = 120;

    private TextReader? _input;

    /// <summary>Standard input as bytes.</summary>
    public required Stream InputBytes { get; init; }

    /// <summary>Standard input as text. What it has read, <see cref="InputBytes"/> no longer has.</summary>
    public TextReader Input => _input ??= new StreamReader(InputBytes, new UTF8Encoding(false));

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>How many columns there are.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>True where colours are shown.</summary>
    public bool Colours { get; init; }

    /// <summary>True where standard input is a file or a pipe.</summary>
    public bool HasInput { get; init; }

    /// <summary>The program's own. Output is UTF-8; colours only on a screen, and not where NO_COLOR is set.</summary>
    public static Terminal Open()
    {
        UTF8Encoding encoding = new(false);
        return new Terminal
        {
            InputBytes = Console.OpenStandardInput(),
            Output = new StreamWriter(Console.OpenStandardOutput(), encoding, 16384) { AutoFlush = !Console.IsOutputRedirected },
            Error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true },
            Width = WindowWidth(),
            Colours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            HasInput = Console.IsInputRedirected,
        };
    }

    /// <summary>The text in the colour of its tone.</summary>
    public string Colour(string text, ViewTone tone)
    {
        string? code = !Colours || text.Length == 0 ? null : tone switch
        {
            ViewTone.Good => "32",
            ViewTone.Caution => "33",
            ViewTone.Bad => "31",
            ViewTone.Faint => "90",
            _ => null,
        };
        return code is null ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }

    /// <summary>The text in bold, for headings.</summary>
    public string Heading(string text) => Colours && text.Length > 0 ? "\u001B[1m" + text + "\u001B[0m" : text;

    private static int WindowWidth()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns >= 20)
        {
            return columns;
        }

        if (Console.IsOutputRedirected)
        {
            return UsualWidth;
        }

        try
        {
            return Console.WindowWidth >= 20 ? Console.WindowWidth : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
