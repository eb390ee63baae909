using System.Globalization;
using System.Xml;

namespace Dmarc.Standards.Bimi;

/// <summary>Checks a logo against the profile SVG Tiny Portable/Secure, as far as a file alone shows it.</summary>
internal static class BimiLogo
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private static readonly string[] Forbidden =
    [
        "script", "foreignObject", "image", "a", "animate", "animateColor", "animateMotion", "animateTransform", "set", "audio", "video", "discard", "handler",
        "listener", "style",
    ];

    /// <summary>What is wrong with a logo, each thing once.</summary>
    public static IReadOnlyCollection<string> Check(byte[] logo)
    {
        HashSet<string> problems = new(StringComparer.Ordinal);
        if (logo.Length > 1 && logo[0] == 0x1F && logo[1] == 0x8B)
        {
            problems.Add(Strings.Bimi_Compressed);
            return problems;
        }

        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 1_000_000,
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
            problems.Add(string.Format(CultureInfo.InvariantCulture, Strings.Bimi_NotXml, exception.Message));
        }

        return problems;
    }

    private static void Read(XmlReader reader, HashSet<string> problems)
    {
        bool isRoot = true;
        bool hasTitle = false;
        while (reader.Read())
        {
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
            problems.Add(string.Format(CultureInfo.InvariantCulture, Strings.Bimi_ElementNotAllowed, reader.LocalName));
        }

        while (reader.MoveToNextAttribute())
        {
            string name = reader.LocalName;
            if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add(string.Format(CultureInfo.InvariantCulture, Strings.Bimi_Handler, name));
            }
            else if ((name is "href" or "src" && !reader.Value.StartsWith("#", StringComparison.Ordinal))
                || (reader.Value.IndexOf("url(", StringComparison.OrdinalIgnoreCase) is >= 0 and int position
                    && !reader.Value.Substring(position + 4).TrimStart(' ', '\'', '"').StartsWith("#", StringComparison.Ordinal)))
            {
                problems.Add(string.Format(CultureInfo.InvariantCulture, Strings.Bimi_Reference, name));
            }
        }

        reader.MoveToElement();
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
