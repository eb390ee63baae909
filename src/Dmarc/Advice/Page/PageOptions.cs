using System.Globalization;
using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Advice.Page;

/// <summary>What a page is made with, besides rows.</summary>
internal sealed record PageOptions
{
    /// <summary>The languages that there are texts in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "ja"];

    /// <summary>The language: <c>en</c> or <c>ja</c>.</summary>
    public string Language { get; init; } = LanguageOf(CultureInfo.CurrentUICulture);

    /// <summary>The title; null for one that names the domains.</summary>
    public string? Title { get; init; }

    /// <summary>What look-ups say of sources.</summary>
    public IReadOnlyList<SourceResult> Sources { get; init; } = [];

    /// <summary>A table of the owners of networks, for sources that were not looked up; null for none.</summary>
    public NetworkTable? NetworkTable { get; init; }

    /// <summary>The time that the page is made at.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The language of a culture; English for one that there are no texts in.</summary>
    public static string LanguageOf(CultureInfo culture) =>
        Languages.Contains(culture.TwoLetterISOLanguageName, StringComparer.Ordinal) ? culture.TwoLetterISOLanguageName : Languages[0];
}
