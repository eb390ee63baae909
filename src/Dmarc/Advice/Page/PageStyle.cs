using System.Security.Cryptography;
using System.Text;

namespace Dmarc.Advice.Page;

/// <summary>The style sheet of the page, which stands in it, and the policy that allows this one sheet and nothing else.</summary>
internal static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } = Read();

    /// <summary>
    /// Nothing is fetched, nothing runs: the sheet is allowed by its hash, and images only as data, for the icon, so that browsers ask no server for one.
    /// </summary>
    public static string Policy { get; } =
        "default-src 'none'; style-src 'sha256-" + Hash(Sheet) + "'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Read()
    {
        using Stream stream = typeof(PageStyle).Assembly.GetManifestResourceStream("Dmarc.Advice.Page.page.css")!;
        using StreamReader reader = new(stream, Encoding.UTF8);

        // Browsers hash what they parsed, in which lines end as here.
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Hash(string text)
    {
        using SHA256 hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
