namespace Dmarc.Reports.Reading.Containers;

/// <summary>What is expected of some content, and a problem if it is not so.</summary>
internal enum ExpectedContent
{
    /// <summary>Nothing: other things stand in a mailbox, or beside a report.</summary>
    Anything,

    /// <summary>That it is what its name or type says: a container, or markup.</summary>
    Container,

    /// <summary>A report.</summary>
    Report,
}
