using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Standards.Bimi;

/// <summary>Reads where a logo or a certificate stands: the values of the tags l and a, each of which names one https: address.</summary>
internal static class BimiLocation
{
    private const int MaximumShownSuffix = 20;

    /// <summary>What may stand between addresses where somebody wrote a list.</summary>
    private static readonly char[] Separators = [',', '|', ' ', '\t', '\r', '\n'];

    /// <summary>Files whose suffix says that they are another kind of image or document than SVG.</summary>
    private static readonly HashSet<string> OtherFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ".ai", ".apng", ".avif", ".bmp", ".cur", ".eps", ".gif", ".heic", ".heif", ".ico", ".jfif", ".jp2", ".jpe", ".jpeg",
        ".jpg", ".jxl", ".pdf", ".pjpeg", ".pjp", ".png", ".ps", ".psd", ".tga", ".tif", ".tiff", ".webp",
    };

    /// <summary>The address of the logo; null if receivers fetch none.</summary>
    /// <param name="text">The value of l; empty for none.</param>
    /// <param name="owner">The domain whose record it is.</param>
    /// <param name="findings">Gets what is wrong with it.</param>
    public static Uri? ReadLogo(string text, DomainName owner, FindingCollector findings)
    {
        Uri? uri = Read(text, "l", owner, findings);
        string path = uri?.AbsolutePath ?? "";
        int dot = path.LastIndexOf('.');
        string suffix = dot > path.LastIndexOf('/') ? path.Substring(dot) : "";
        if (suffix.Length < 2
            || string.Equals(suffix, ".svg", StringComparison.OrdinalIgnoreCase)
            || string.Equals(suffix, ".svgz", StringComparison.OrdinalIgnoreCase))
        {
            return uri;
        }

        bool isOther = OtherFormats.Contains(suffix);
        findings.Add((isOther ? BimiFindings.LogoFormat : BimiFindings.LogoSuffix).Create(owner, PrintableText.Shorten(suffix, MaximumShownSuffix)));
        return isOther ? null : uri;
    }

    /// <summary>The address of the certificate; null if receivers fetch none.</summary>
    /// <inheritdoc cref="ReadLogo"/>
    public static Uri? ReadCertificate(string text, DomainName owner, FindingCollector findings) => Read(text, "a", owner, findings);

    private static Uri? Read(string text, string tag, DomainName owner, FindingCollector findings)
    {
        if (text.Length == 0)
        {
            return null;
        }

        string[] parts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        int addresses = parts.Count(part => part.IndexOf("://", StringComparison.Ordinal) > 0);
        if (addresses > 1)
        {
            findings.Add(BimiFindings.SeveralUris.Create(owner, tag, addresses));
            return null;
        }

        if (text.IndexOfAny([' ', '\t', '\r', '\n']) < 0
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Scheme == Uri.UriSchemeHttps)
        {
            return uri;
        }

        findings.Add(BimiFindings.UriInvalid.Create(owner, tag, text));
        return null;
    }
}
