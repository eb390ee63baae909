using System.Xml;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>
/// Reads the domains and statuses of the results in a file of <c>Export-Clixml</c>, each at the end of its result.
/// Results are the objects of the file, or of a list written as one object.
/// </summary>
internal sealed class ClixmlDomainReader(Stream stream)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
        IgnoreComments = true,
    };

    /// <summary>The names of the open elements, down to the depth of results and their properties.</summary>
    private readonly string[] _open = new string[8];

    /// <summary>True once the root element of CLIXML was read.</summary>
    public bool IsClixml { get; private set; }

    /// <summary>The line where the current object begins, or where one was expected, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The number of objects without a Domain.</summary>
    public long OtherCount { get; private set; }

    /// <summary>The line of the first of them; 0 if there is none.</summary>
    public long FirstOtherLine { get; private set; }

    /// <summary>Reads the results.</summary>
    /// <exception cref="XmlException">The file is truncated or not XML.</exception>
    public IEnumerable<(string Domain, string? Status)> Read()
    {
        using XmlReader reader = XmlReader.Create(stream, Settings);
        reader.MoveToContent();
        IsClixml = reader.LocalName == "Objs";
        string? domain = null;
        string? status = null;
        int statusDepth = -1;
        int results = 0;
        while (IsClixml && reader.Read())
        {
            int depth = reader.Depth;
            Line = depth == 1 && reader.NodeType == XmlNodeType.Element ? LineOf(reader) : Line;
            if (reader.NodeType == XmlNodeType.Element && depth < _open.Length)
            {
                _open[depth] = reader.LocalName;
                if (depth == 1 || (depth == 3 && IsInList))
                {
                    (domain, status, statusDepth) = (null, null, -1);
                }

                // An enum is an object with its name as text; in a copy of a table it is text itself.
                statusDepth = IsProperty(depth) && reader.GetAttribute("N") == nameof(MailDomainResult.Status)
                    ? _open[depth] == "Obj" ? depth + 1 : depth
                    : depth < statusDepth ? -1 : statusDepth;
                if (IsDomain(depth) && reader.GetAttribute("N") == nameof(MailDomainResult.Domain))
                {
                    domain = "";
                }
            }
            else if (reader.NodeType == XmlNodeType.Text && domain is "" && IsDomain(depth - 1))
            {
                domain = XmlConvert.DecodeName(reader.Value);
            }
            else if (reader.NodeType == XmlNodeType.Text
                && status is null
                && depth - 1 == statusDepth
                && _open[statusDepth] is "ToString" or "S")
            {
                status = XmlConvert.DecodeName(reader.Value);
            }

            if (depth > 3 || !(reader.NodeType == XmlNodeType.EndElement || reader.IsEmptyElement))
            {
                continue;
            }

            if (domain is not null && _open[depth] == "Obj" && (depth == 1 || (depth == 3 && IsInList)))
            {
                results++;
                yield return (domain, status);
                (domain, status, statusDepth) = (null, null, -1);
            }

            if (depth == 1)
            {
                OtherCount += results == 0 ? 1 : 0;
                FirstOtherLine = results == 0 && FirstOtherLine == 0 ? Line : FirstOtherLine;
                results = 0;
                Line = LineOf(reader);
            }
        }
    }

    /// <summary>Whether the element at depth 3 is an item of a list, not a property.</summary>
    private bool IsInList => _open[2] is "LST" or "IE" or "QUE" or "STK";

    private static long LineOf(XmlReader reader) => (reader as IXmlLineInfo)?.LineNumber ?? 1;

    /// <summary>Whether an element has the depth of a result's properties.</summary>
    private bool IsDomain(int depth) => _open[depth] == "S" && IsProperty(depth);

    /// <summary>Whether an element is a property of a result.</summary>
    private bool IsProperty(int depth) =>
        depth is 3 or 5 && _open[depth - 1] is "Props" or "MS" && (depth == 3 || (_open[3] == "Obj" && IsInList));
}
