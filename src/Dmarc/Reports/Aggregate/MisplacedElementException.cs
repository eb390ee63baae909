using System.Xml;

namespace Dmarc.Reports.Aggregate;

/// <summary>Well-formed XML with a misplaced part of a report: damage, like a missing tag.</summary>
internal sealed class MisplacedElementException() : XmlException("An element of the report is in a wrong place.");
