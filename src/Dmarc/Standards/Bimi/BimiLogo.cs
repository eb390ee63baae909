using System.IO.Compression;
using System.Xml;

namespace Dmarc.Standards.Bimi;

/// <summary>Checks a logo against the SVG Tiny Portable/Secure profile, as far as the file alone allows.</summary>
internal static class BimiLogo
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private static readonly string[] Forbidden =
    [
        "script", "foreignObject", "image", "a", "animate", "animateColor", "animateMotion", "animateTransform", "set",
        "audio", "video", "discard", "handler",
        "listener", "style",
    ];

    /// <summary>The logo in a file, unpacked if gzipped (<c>.svgz</c>, RFC 6170 §5.2); null if that fails.</summary>
    public static byte[]? Unpack(byte[] file)
    {
        if (file.Length < 2 || file[0] != 0x1F || file[1] != 0x8B)
        {
            return file;
        }

        try
        {
            using GZipStream stream = new(new MemoryStream(file, false), CompressionMode.Decompress);
            byte[] logo = new byte[BimiLimits.UnpackedLength + 1];
            int length = 0;
            while (length < logo.Length && stream.Read(logo, length, logo.Length - length) is > 0 and int count)
            {
                length += count;
            }

            return length > BimiLimits.UnpackedLength ? null : logo.AsSpan(0, length).ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The problems of a logo, each once.</summary>
    /// <param name="logo">The document; null if its file could not be unpacked.</param>
    public static IReadOnlyCollection<string> Check(byte[]? logo)
    {
        HashSet<string> problems = new(StringComparer.Ordinal);
        if (logo is null)
        {
            problems.Add(Strings.Bimi_Compressed);
            return problems;
        }

        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = BimiLimits.UnpackedLength,
            IgnoreComments = true,
        };
        try
        {
            using MemoryStream stream = new(logo, false);
            using XmlReader reader = XmlReader.Create(stream, settings);
            Read(reader, problems);
        }
        catch (XmlException exception)
        {
            problems.Add(Sentences.Insert(Strings.Bimi_NotXml, exception.Message));
        }

        return problems;
    }

    private static void Read(XmlReader reader, HashSet<string> problems)
    {
        bool isRoot = true;
        bool hasTitle = false;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.ProcessingInstruction && reader.Name == "xml-stylesheet")
            {
                problems.Add(Sentences.Insert(Strings.Bimi_Reference, reader.Name));
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.Depth > BimiLimits.LogoDepth)
            {
                problems.Add(Strings.Bimi_TooDeep);
                return;
            }

            if (isRoot)
            {
                isRoot = false;
                CheckRoot(reader, problems);
            }

            hasTitle |= reader.LocalName == "title" && reader.Depth == 1;
            CheckElement(reader, problems);
        }

        if (!hasTitle)
        {
            problems.Add(Strings.Bimi_NoTitle);
        }
    }

    private static void CheckRoot(XmlReader reader, HashSet<string> problems)
    {
        if (reader.LocalName != "svg" || reader.NamespaceURI != SvgNamespace)
        {
            problems.Add(Strings.Bimi_NotSvg);
            return;
        }

        if (reader.GetAttribute("version") != "1.2" || reader.GetAttribute("baseProfile") != "tiny-ps")
        {
            problems.Add(Strings.Bimi_Profile);
        }

        if (reader.GetAttribute("x") is not null || reader.GetAttribute("y") is not null)
        {
            problems.Add(Strings.Bimi_Offset);
        }

        if (!IsSquare(reader.GetAttribute("viewBox")))
        {
            problems.Add(Strings.Bimi_NotSquare);
        }
    }

    private static void CheckElement(XmlReader reader, HashSet<string> problems)
    {
        if (Forbidden.Contains(reader.LocalName, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(Sentences.Insert(Strings.Bimi_ElementNotAllowed, reader.LocalName));
        }

        while (reader.MoveToNextAttribute())
        {
            string name = reader.LocalName;
            if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(Sentences.Insert(Strings.Bimi_Handler, name));
            }
            else if ((name is "href" or "src" && !reader.Value.StartsWith("#", StringComparison.Ordinal))
                || LeavesFile(reader.Value))
            {
                problems.Add(Sentences.Insert(Strings.Bimi_Reference, name));
            }
        }

        reader.MoveToElement();
    }

    /// <summary>True where one of the <c>url()</c> in a value is not a part of the file itself.</summary>
    private static bool LeavesFile(string value)
    {
        const string Url = "url(";
        for (int at = Find(0); at >= 0; at = Find(at))
        {
            at += Url.Length;
            while (at < value.Length && value[at] is ' ' or '\'' or '"')
            {
                at++;
            }

            if (at == value.Length || value[at] != '#')
            {
                return true;
            }
        }

        return false;

        int Find(int start) => value.IndexOf(Url, start, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSquare(string? viewBox)
    {
        string[] numbers = (viewBox ?? "").Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length == 4
            && double.TryParse(numbers[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double width)
            && double.TryParse(numbers[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double height)
            && width > 0
            && width.Equals(height);
    }
}
