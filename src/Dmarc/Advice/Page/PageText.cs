namespace Dmarc.Advice.Page;

/// <summary>The texts of a page in its language. Numbers and dates have the same format in all languages.</summary>
internal sealed class PageText(string language)
{
    private const long MaximumInFull = 1_000_000_000_000;

    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    public string Language => language;

    /// <summary>A text by its resource name without <c>Page_</c>.</summary>
    public string this[string name] =>
        Strings.ResourceManager.GetString("Page_" + name, _culture) ?? throw new ArgumentOutOfRangeException(nameof(name), name, null);

    /// <summary>A text with its placeholders filled, whole numbers as <see cref="Number"/>.</summary>
    public string Format(string name, params object?[] arguments) =>
        Sentences.Fill(this[name], [.. arguments.Select(one => one switch
        {
            int number => Number(number),
            long number => Number(number),
            _ => one,
        })]);

    /// <summary>Such as <c>1,234,567</c>; <c>9.2E18</c> for implausibly large numbers, which would not fit.</summary>
    public static string Number(long number) =>
        number < MaximumInFull ? number.ToString("N0", CultureInfo.InvariantCulture) : Short(number);

    /// <summary>A number for an axis: <c>1.5k</c>, <c>20M</c>.</summary>
    public static string Short(double number) =>
        number >= 1e15 ? number.ToString("0.#E0", CultureInfo.InvariantCulture)
        : number >= 1e12 ? Shortened(number / 1e12, "T")
        : number >= 1e9 ? Shortened(number / 1e9, "G")
        : number >= 1e6 ? Shortened(number / 1e6, "M")
        : number >= 1e3 ? Shortened(number / 1e3, "k")
        : Shortened(number, "");

    /// <summary>A share as a percentage, truncated: only all is 100.0%, and only nothing is 0.0%.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0)
        {
            return "–";
        }

        double share = (double)part / whole;
        return share > 0 && share < 0.001
            ? "<0.1%"
            : (Math.Floor(share * 1000 + 1e-9) / 10).ToString("0.0", CultureInfo.InvariantCulture) + "%";
    }

    private static string Shortened(double number, string unit) =>
        number.ToString("0.##", CultureInfo.InvariantCulture) + unit;

    public static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
