namespace Dmarc.Standards.Bimi;

/// <summary>Reads the URLs of logo and certificate from the tags l and a, each of which holds one https: URL.</summary>
internal static class BimiLocation
{
    private const int MaximumShownSuffix = 20;

    /// <summary>Separators in a list of URLs, which is not allowed.</summary>
    private static readonly char[] Separators = [',', '|', ' ', '\t', '\r', '\n'];

    /// <summary>File extensions of images and documents other than SVG.</summary>
    private static readonly HashSet<string> OtherFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ".ai", ".apng", ".avif", ".bmp", ".cur", ".eps", ".gif", ".heic", ".heif", ".ico", ".jfif", ".jp2", ".jpe", ".jpeg",
        ".jpg", ".jxl", ".pdf", ".pjpeg", ".pjp", ".png", ".ps", ".psd", ".tga", ".tif", ".tiff", ".webp",
    };

    /// <summary>The URL of the logo; null if receivers fetch none.</summary>
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
        findings.Add(
            (isOther ? BimiFindings.LogoFormat : BimiFindings.LogoSuffix).Create(owner, PrintableText.Shorten(suffix, MaximumShownSuffix)));
        return isOther ? null : uri;
    }

    /// <summary>The URL of the certificate; null if receivers fetch none.</summary>
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
