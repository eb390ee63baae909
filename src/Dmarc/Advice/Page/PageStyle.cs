using System.Security.Cryptography;

namespace Dmarc.Advice.Page;

/// <summary>The embedded style sheet of the page, and the policy that allows only this sheet.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = Read();

    /// <summary>
    /// The page fetches and runs nothing: the style sheet is allowed by its hash, and images only as data, so that
    /// browsers request no icon.
    /// </summary>
    public static string Policy { get; } =
        "default-src 'none'; style-src 'sha256-" + Hash(Sheet) + "'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Read()
    {
        using Stream stream = typeof(PageStyle).Assembly.GetManifestResourceStream("Dmarc.Advice.Page.page.css")!;
        using StreamReader reader = new(stream, Encoding.UTF8);

        // Browsers hash the parsed sheet, with these line ends.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Hash(string text)
    {
        using SHA256 hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
