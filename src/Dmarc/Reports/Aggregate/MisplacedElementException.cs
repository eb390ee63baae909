using System.Xml;

namespace Dmarc.Reports.Aggregate;

/// <summary>Well-formed XML in which a part of a report stands where it may not: damage, like a missing tag.</summary>
internal sealed class MisplacedElementException() : XmlException("An element of the report is in a wrong place.");
