namespace Dmarc.Reports.Reading.Containers;

/// <summary>The expected content, whose absence is a problem.</summary>
internal enum ExpectedContent
{
    /// <summary>None: mailboxes contain other mail, and other content may be beside a report.</summary>
    Anything,

    /// <summary>The kind given by its name or type: a container, or markup.</summary>
    Container,

    /// <summary>A report.</summary>
    Report,
}
