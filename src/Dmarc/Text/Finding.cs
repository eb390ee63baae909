namespace Dmarc.Text;

/// <summary>
/// A problem or fact about an input, and what to do about it. The texts quote untrusted input: control characters, line
/// separators and invisible format characters such as bidirectional overrides are always escaped (<c>\u001B</c>).
/// </summary>
/// <param name="Code">A stable name for filters: <c>DmarcRecordMissing</c> (<c>about_Dmarc_Findings</c>).</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Remedy">What to change, in a sentence; empty if nothing needs to be done.</param>
/// <param name="Reference">The section that sets the rule, such as <c>RFC 9989 §4.7</c>; empty for mere advice.</param>
/// <param name="Position">The offset in the input, from 0; null if the finding concerns the whole input.</param>
public record Finding(
    string Code,
    Severity Severity,
    string Message,
    string Remedy = "",
    string Reference = "",
    int? Position = null)
{
    /// <summary>What was found, in a sentence.</summary>
    public string Message
    {
        get;
        init => field = PrintableText.Escape(value);
    } = PrintableText.Escape(Message);

    /// <summary>What to change, in a sentence; empty if nothing needs to be done.</summary>
    public string Remedy
    {
        get;
        init => field = PrintableText.Escape(value);
    } = PrintableText.Escape(Remedy);

    /// <summary>The domain concerned; empty if the input has none.</summary>
    public string Domain
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The DKIM selector concerned; empty if none is.</summary>
    public string Selector
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The SPF term or DMARC tag concerned; empty if none is.</summary>
    public string Term
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The mail source concerned (an address or a network); empty if none is.</summary>
    public string Source
    {
        get;
        init => field = PrintableText.Escape(value);
    } = "";

    /// <summary>The severity and the message.</summary>
    public override string ToString() => Severity + ": " + Message;
}
