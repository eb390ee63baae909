using System.Text;
using Dmarc.Mail;
using Dmarc.Mail.Pasted;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Mail.Pasted;

public class PastedHeadersTests
{
    private const string Header =
        "Delivered-To: u@example.net\r\n"
        + "Received: from a.example (a.example [192.0.2.1])\r\n"
        + "        by mx.example.net with ESMTPS id 1\r\n"
        + "        for <u@example.net>; Tue, 03 Jun 2025 10:00:00 +0000\r\n"
        + "DKIM-Signature: v=1; a=rsa-sha256; d=contoso.com; s=s1;\r\n"
        + "        h=From:Subject; bh=abc=;\r\n"
        + "        b=def==\r\n"
        + "From: Ann <ann@contoso.com>\r\n"
        + "Subject: Hello\r\n"
        + "Date: Tue, 03 Jun 2025 10:00:00 +0000\r\n";

    private static readonly string[] Names = ["Delivered-To", "Received", "DKIM-Signature", "From", "Subject", "Date"];

    private static string Unfolded => Header.Replace("\r\n        ", "\r\n", StringComparison.Ordinal);

    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "none", Header, "" },
        { "LF", Header.Replace("\r\n", "\n", StringComparison.Ordinal), "" },
        { "byte order mark", "\uFEFF" + Header, "" },
        { "CR alone", Header.Replace("\r\n", "\r", StringComparison.Ordinal), "PastedLineEnds" },
        { "line separators of Unicode", Header.Replace("\r\n", "\u2028", StringComparison.Ordinal), "PastedLineEnds" },
        { "leading empty lines", "\r\n \r\n\r\n" + Header, "PastedBlankLines" },
        { "every other line empty", Header.Replace("\r\n", "\r\n\r\n", StringComparison.Ordinal), "PastedBlankLines" },
        { "an empty line in the middle", Header.Replace("DKIM", "\r\nDKIM", StringComparison.Ordinal), "PastedBlankLines" },
        { "lost folding", Unfolded, "PastedFolding" },
        { "quoted", "> " + Header.TrimEnd().Replace("\r\n", "\r\n> ", StringComparison.Ordinal), "PastedQuoted" },
        { "quoted twice", ">> " + Header.TrimEnd().Replace("\r\n", "\r\n>> ", StringComparison.Ordinal), "PastedQuoted" },
        { "quoted, with a line before", "On Tuesday Bob wrote:\r\n> " + Header.TrimEnd().Replace("\r\n", "\r\n> ", StringComparison.Ordinal), "PastedQuoted PastedStray" },
        { "indented", "    " + Header.TrimEnd().Replace("\r\n", "\r\n    ", StringComparison.Ordinal), "PastedIndented" },
        { "character references", Header.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), "PastedEntities" },
        { "non-breaking spaces", Header.Replace(" ", "\u00A0", StringComparison.Ordinal), "PastedSpaces" },
        { "invisible characters", Header.Replace("From", "\u200BFrom", StringComparison.Ordinal), "PastedSpaces" },
        { "a body", Header + "\r\nHello,\r\nFrom: nobody\r\n", "PastedBody" },
        { "a body of short paragraphs", Header + string.Concat(Enumerable.Range(0, 60).Select(i => "\r\nParagraph " + i + "\r\n")), "PastedBody" },
        {
            "every other line empty, with a body",
            (Header + "\r\nHello,\r\n\r\nall\r\n").Replace("\r\n", "\r\n\r\n", StringComparison.Ordinal),
            "PastedBlankLines PastedBody"
        },
        { "a body of quoted lines", Header + "\r\n" + string.Concat(Enumerable.Repeat("> quoted\r\n", 90)), "PastedBody" },
        { "a body with non-breaking spaces and entities", Header + "\r\na\u00A0b &lt;c&gt;\r\n", "PastedBody" },
        { "a body that speaks of SPF", Header + "\r\nSPF: PASS with IP 192.0.2.1 Learn more\r\n", "PastedBody" },
        { "a forwarded message in the body", Header + "\r\nFrom: x@example.org\r\nTo: y\r\n", "PastedBody" },
        { "a multipart body without the empty line", Header + "--boundary\r\nContent-Type: text/plain\r\n", "PastedBody" },
        { "Exchange 2003", "Microsoft Mail Internet Headers Version 2.0\r\n" + Header, "PastedPreface" },
        { "Outlook's box with its label", "Internet headers\r\n" + Header, "PastedPreface" },
        {
            "Gmail, Show original",
            "Original Message\r\nMessage ID\t<1@contoso.com>\r\nCreated at:\tTue, Jun 3, 2025 at 10:00 AM (Delivered after 1 second)\r\nFrom:\tAnn <ann@contoso.com>\r\n"
                + "To:\tu@example.net\r\nSubject:\tHello\r\nSPF:\tPASS with IP 192.0.2.1 Learn more\r\nDKIM:\t'PASS' with domain contoso.com Learn more\r\n"
                + "DMARC:\t'PASS' Learn more\r\n\r\nDownload Original\r\nCopy to clipboard\r\n\r\n" + Header,
            "PastedPreface"
        },
        {
            "Gmail, the table alone, without verdicts",
            "Message ID\t<1@contoso.com>\r\nCreated at:\tTue, Jun 3, 2025 at 10:00 AM\r\nFrom:\tAnn <ann@contoso.com>\r\nTo:\tu@example.net\r\nSubject:\tHello\r\n\r\n" + Header,
            "PastedPreface"
        },
        {
            "all at once",
            "\r\n> " + Unfolded.TrimEnd().Replace("\r\n", "\r\n> ", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(" ", "\u00A0", StringComparison.Ordinal),
            "PastedEntities PastedSpaces PastedQuoted PastedFolding PastedBlankLines"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Repairs(string mistake, string text, string codes)
    {
        PastedHeaders pasted = PastedHeaders.Read(text);

        Assert.NotEmpty(mistake);
        Assert.Equal(Names, pasted.Message.Headers.Select(header => header.Name));
        Assert.Equal("Ann <ann@contoso.com>", pasted.Message.GetHeader("From")!.Value);
        Assert.Equal("v=1; a=rsa-sha256; d=contoso.com; s=s1; h=From:Subject; bh=abc=; b=def==", Squeeze(pasted.Message.GetHeader("DKIM-Signature")!.Value));
        Assert.Equal("ann@contoso.com", pasted.Message.From.Single().Address);
        Assert.Equal(0, pasted.Message.Body.Length);
        Assert.Equal(codes, string.Join(' ', pasted.Findings.Select(finding => finding.Code)));
        Assert.Equal(codes is "" or "PastedBody", pasted.IsIntact);
    }

    [Fact]
    public void Every_other_line_is_empty_from_a_folded_field_on()
    {
        string folded = Header.Substring(Header.IndexOf("Received", StringComparison.Ordinal));
        PastedHeaders pasted = PastedHeaders.Read(folded.Replace("\r\n", "\r\n\r\n", StringComparison.Ordinal));

        Assert.Equal(Names.Skip(1), pasted.Message.Headers.Select(header => header.Name));
    }

    [Fact]
    public void Nothing_is_changed_in_a_header_that_is_right() => Assert.Equal(Header, Encoding.UTF8.GetString(PastedHeaders.Read(Header).Message.Raw.Span));

    [Fact]
    public void Microsofts_values_are_no_fields()
    {
        PastedHeaders pasted = PastedHeaders.Read(
            "X-Forefront-Antispam-Report:\nCIP:192.0.2.1;CTRY:US;LANG:en;SCL:1;SRV:;IPV:NLI;\nSFV:NSPM;H:a.example;PTR:a.example;CAT:NONE;DIR:INB;\nX-Microsoft-Antispam:\nBCL:0;ARA:1;\nSubject: Grüße\n");

        Assert.Equal(["X-Forefront-Antispam-Report", "X-Microsoft-Antispam", "Subject"], pasted.Message.Headers.Select(header => header.Name));
        Assert.StartsWith("CIP:192.0.2.1;", pasted.Message.Headers[0].Value, StringComparison.Ordinal);
        Assert.EndsWith("DIR:INB;", pasted.Message.Headers[0].Value, StringComparison.Ordinal);
        Assert.Equal("Grüße", pasted.Message.Subject);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("just some words")]
    public void No_header_at_all(string text)
    {
        PastedHeaders pasted = PastedHeaders.Read(text);

        Assert.Empty(pasted.Message.Headers);
        Assert.Contains(pasted.Findings, finding => finding.Code == "MailNoHeader");
    }

    [Fact]
    public void A_text_without_end_is_cut()
    {
        PastedHeaders pasted = PastedHeaders.Read("Subject: " + new string('a', MailLimits.PastedLength));

        Assert.Contains(pasted.Findings, finding => finding.Code == "PastedTooLong");
    }

    [Fact]
    public void Nothing_makes_reading_fail()
    {
        string[] pieces = ["Received: a", "From: b", "\r\n", "\n", "\r", " ", "\t", ">", "|", "&lt;", "&#x41;", "\u00A0", "SPF: PASS Learn more", "--", ":", "x", "Message ID\t1", "\uFEFF", "CIP:"];
        Gen<string> texts = Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            PastedHeaders pasted = PastedHeaders.Read(text);
            return pasted.Message.Body.Length == 0 && pasted.Message.Headers.Count <= text.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
