namespace Dmarc.Text;

/// <summary>
/// Something that a reader of an input should know about it, and what to do. Its texts quote what strangers wrote: control characters,
/// line separators and invisible format characters such as bidirectional overrides stand in them as escapes (<c>\u001B</c>), whoever
/// makes the finding.
/// </summary>
/// <param name="Code">A stable name to filter by, such as <c>DmarcRecordMissing</c>; <c>Get-Help about_Dmarc_Findings</c> lists all.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Remedy">What to change, in a sentence; empty if nothing needs to be done.</param>
/// <param name="Reference">The section that makes the rule, such as <c>RFC 9989 §4.7</c>; empty if it is advice of our own.</param>
/// <param name="Position">Where in the input, as a character offset from 0; null if it is about the whole.</param>
public record Finding(
    string Code,
    Severity Severity,
    string Message,
    string Remedy = "",
    string Reference = "",
    int? Position = null)
{
    private string _message = PrintableText.Escape(Message);
    private string _remedy = PrintableText.Escape(Remedy);

    /// <summary>What was found, in a sentence.</summary>
    public string Message
    {
        get => _message;
        init => _message = PrintableText.Escape(value);
    }

    /// <summary>What to change, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy
    {
        get => _remedy;
        init => _remedy = PrintableText.Escape(value);
    }

    /// <summary>The domain that it is about; empty if the input has none.</summary>
    public string Domain
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The DKIM selector that it is about; empty if it is about none.</summary>
    public string Selector
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The term of an SPF record, or the tag of a DMARC record, that it is about; empty if it is about none.</summary>
    public string Term
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The source of mail (an address, or a network) that it is about; empty if it is about none.</summary>
    public string Source
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The severity and the message.</summary>
    public override string ToString() => Severity + ": " + Message;
}
