using Dmarc.Advice.Sources;

namespace Dmarc.Advice.Page;

/// <summary>Options of a page.</summary>
internal sealed record PageOptions
{
    /// <summary>The available languages.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ja"];

    /// <summary>The language: <c>en</c> or <c>ja</c>.</summary>
    public string Language { get; init; } = LanguageOf(CultureInfo.CurrentUICulture);

    /// <summary>The title; null for one with the domains.</summary>
    public string? Title { get; init; }

    /// <summary>Results of look-ups for sources.</summary>
    public IReadOnlyList<SourceResult> Sources { get; init; } = [];

    /// <summary>A table of the owners of networks, for sources that were not looked up; null for none.</summary>
    public NetworkTable? NetworkTable { get; init; }

    /// <summary>The clock for the date of the page.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The language of a culture; English if there are no texts for it.</summary>
    public static string LanguageOf(CultureInfo culture) =>
        Languages.Contains(culture.TwoLetterISOLanguageName, StringComparer.Ordinal) ? culture.TwoLetterISOLanguageName : Languages[0];
}
