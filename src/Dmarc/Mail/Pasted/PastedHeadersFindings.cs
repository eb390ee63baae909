using Dmarc.Text;

namespace Dmarc.Mail.Pasted;

/// <summary>What was repaired in a header that was pasted as text.</summary>
public static class PastedHeadersFindings
{
    /// <summary>The text is longer than is read.</summary>
    public static readonly FindingDescriptor TooLong = new("PastedTooLong", Severity.Warning);

    /// <summary>The lines ended in a carriage return alone, or in one of Unicode's separators.</summary>
    public static readonly FindingDescriptor LineEnds = new("PastedLineEnds", Severity.Information);

    /// <summary>Non-breaking spaces or invisible characters stood in the text.</summary>
    public static readonly FindingDescriptor Spaces = new("PastedSpaces", Severity.Information);

    /// <summary>HTML character references stood in place of characters.</summary>
    public static readonly FindingDescriptor Entities = new("PastedEntities", Severity.Information);

    /// <summary>Lines of a program's window stood before the header.</summary>
    public static readonly FindingDescriptor Preface = new("PastedPreface", Severity.Information);

    /// <summary>The lines were quoted.</summary>
    public static readonly FindingDescriptor Quoted = new("PastedQuoted", Severity.Information);

    /// <summary>The lines were indented.</summary>
    public static readonly FindingDescriptor Indented = new("PastedIndented", Severity.Information);

    /// <summary>Empty lines stood between the fields.</summary>
    public static readonly FindingDescriptor BlankLines = new("PastedBlankLines", Severity.Information);

    /// <summary>Continuation lines had lost their leading white space.</summary>
    public static readonly FindingDescriptor Folding = new("PastedFolding", Severity.Information, "RFC 5322 §2.2.3");

    /// <summary>A line before the first field is no field.</summary>
    public static readonly FindingDescriptor Stray = new("PastedStray", Severity.Information);

    /// <summary>What follows the header was left out.</summary>
    public static readonly FindingDescriptor Body = new("PastedBody", Severity.Information);
}
