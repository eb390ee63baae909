using System.Globalization;
using System.Text;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Mail.Pasted;
using Dmarc.Standards.Arc;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Advice.Messages;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Growing;

/// <summary>Every parser of the message path takes time in proportion to its input, whatever a stranger writes.</summary>
[Collection(GrowthTestsAlone.Name)]
public class MessageGrowthTests
{
    private static readonly MailReadOptions Unlimited = new() { MaximumHeaderBytes = int.MaxValue, MaximumHeaderCount = int.MaxValue };

    public static TheoryData<string> Headers => [.. HeaderTexts.Keys];

    public static TheoryData<string> Values => [.. ValueTexts.Keys];

    /// <summary>Headers that grow: so many times what repeats.</summary>
    private static Dictionary<string, Func<int, string>> HeaderTexts { get; } = new()
    {
        ["DKIM tags"] = count => "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA; " + Numbered("t{0}=1; ", count) + "\r\n",
        ["DKIM tags that repeat"] = count => "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA; " + Repeat("x=1; ", count) + "\r\n",
        ["DKIM signatures"] = count => Repeat("DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA\r\n", count / 10),
        ["signed names"] = count => "DKIM-Signature: v=1; a=ed25519-sha256; d=example.com; s=s1; h=from:" + Repeat("x:", count * 5) + "; bh=AAAA; b=AAAA\r\n",
        ["Received"] = count => Repeat("Received: from a.example (a.example [192.0.2.1]) by b.example with ESMTP id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n", count / 10),
        ["Received, one long"] = count => "Received: from " + Repeat("(a ", count) + "\r\n",
        ["Authentication-Results"] = count => Repeat("Authentication-Results: mx.example; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com\r\n", count / 10),
        ["Authentication-Results, one long"] = count => "Authentication-Results: mx.example; " + Repeat("dkim=pass header.d=example.com; ", count) + "\r\n",
        ["ARC sets"] = count => Numbered("ARC-Seal: i={0}; a=rsa-sha256; cv=pass; d=a.example; s=s; b=AAAA\r\nARC-Message-Signature: i={0}; a=rsa-sha256; d=a.example; s=s; h=from; bh=AAAA; b=AAAA\r\nARC-Authentication-Results: i={0}; mx; none\r\n", count / 20),
        ["From list"] = count => "From: " + Numbered("a{0}@example.com, ", count) + "\r\n",
        ["From list without commas"] = count => "From: " + Repeat("a@example.com ", count) + "\r\n",
        ["From fields"] = count => Repeat("From: a@example.com\r\n", count),
        ["To blanks"] = count => "To: a@example.com" + new string(' ', count * 10) + ".x@y.example\r\n",
        ["folded"] = count => "Subject: x\r\n" + Repeat(" x\r\n", count),
        ["encoded words"] = count => "Subject: " + Repeat("=?utf-8?Q?x?= ", count) + "\r\n",
        ["broken encoded words"] = count => "Subject: " + Repeat("=?utf-8?Q?x ", count) + "\r\n",
        ["lines that are no fields"] = count => Repeat("nonsense\r\n", count),
    };

    /// <summary>Values that grow, for parsers of one value.</summary>
    private static Dictionary<string, Func<int, string>> ValueTexts { get; } = new()
    {
        ["open comments"] = count => Repeat("(", count * 10),
        ["open comments and semicolons"] = count => Repeat("(;", count * 5),
        ["nested comments"] = count => Repeat("(", count * 5) + Repeat(")", count * 5),
        ["open quotes"] = count => Repeat("\"a ", count * 3),
        ["quotes and semicolons"] = count => Repeat("\";", count * 5),
        ["backslashes"] = count => "\"" + Repeat("\\", count * 10),
        ["properties"] = count => "mx; spf=pass; " + Repeat("smtp.x=y; ", count),
        ["names in pieces"] = count => "mx; " + Repeat("a . b / ", count),
        ["equals signs"] = count => "mx; " + Repeat("a==", count * 3),
        ["words"] = count => "from " + Repeat("a ", count * 5),
        ["at signs"] = count => Repeat("a@", count * 5),
        ["angle brackets"] = count => Repeat("<a@b>", count * 2),
        ["addresses"] = count => Repeat("a@b.example ", count),
        ["blanks"] = count => "a@b" + new string(' ', count * 10) + ".c@d",
        ["encoded"] = count => Repeat("=?", count * 5),
        ["encoded words"] = count => Repeat("=?utf-8?B?eA==?= ", count),
        ["parameters"] = count => "text/plain; " + Numbered("x*{0}=y; ", count),
        ["tags"] = count => Numbered("t{0}=1;", count),
        ["semicolons"] = count => new string(';', count * 10),
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_message(string name)
    {
        MessageAssessor assessor = new(MessageBed.Zone());
        Growth.IsLinear(
            2000,
            count => Encoding.ASCII.GetBytes(HeaderTexts[name](count) + "From: anna@example.com\r\nTo: bert@receiver.example\r\n\r\nHello.\r\n"),
            bytes =>
            {
                MailMessage message = MailMessage.Parse(bytes, Unlimited);
                _ = message.Subject;
                return assessor.AssessAsync(new AssessedMessage(message, "growth")).GetAwaiter().GetResult();
            });
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value(string name) => Growth.IsLinear(
        4000,
        ValueTexts[name],
        text => new object[]
        {
            AuthenticationResultsHeader.Parse(text),
            ReceivedHeader.Parse(text),
            ReceivedSpf.Parse(text),
            ForefrontAntispamReport.Parse(text),
            MailAddress.ParseList(text),
            EncodedWords.Decode(text),
            ParameterizedValue.Parse(text),
            DkimKeyRecord.Parse(text),
        });

    [Theory]
    [InlineData("From: a@b.example\n", "\n", "Received: from a by b\n")]
    [InlineData("From: a@b.example\n", "\n\n> \n", "Received: from a by b\n")]
    [InlineData("", "> From: a@b.example\n", "")]
    [InlineData("", "X: &lt;\n", "")]
    [InlineData("From: a@b.example\n", "folded line\n", "")]
    [InlineData("", "\u00A0\u2028x\n", "")]
    public void Text_that_was_pasted(string start, string middle, string end) =>
        Growth.IsLinear(
            8000, count => start + Repeat(middle, count) + end, text => PastedHeaders.Read(text));

    [Fact]
    public void A_body_with_a_signature_that_does_not_match()
    {
        FakeResolver zone = MessageBed.Zone();
        Growth.IsLinear(
            20_000,
            count => Encoding.ASCII.GetBytes(MessageBed.Signer.Sign(MessageBed.Message(body: Repeat("a b  c\r\n", count))) + "added\r\n"),
            bytes => new DkimVerifier(zone, SystemClock.Instance, new DkimVerifierOptions { ExplainFailures = false }).VerifyAsync(MailMessage.Parse(bytes)).GetAwaiter().GetResult());
    }

    /// <summary>The search for what was changed looks at each signed name, each field and each copy.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_header_that_was_changed(bool copies)
    {
        FakeResolver zone = MessageBed.Zone();
        string[] names = ["From", "Subject", .. Enumerable.Range(1, 300).Select(index => "X" + index.ToString(CultureInfo.InvariantCulture))];
        Growth.IsLinear(
            300,
            count =>
            {
                TestSigner signer = MessageBed.Signer.With(headers: names, extra: copies ? "z=" + Repeat("To:x|", count * 50) + "; " : "");
                string message = signer.Sign((copies ? "" : Numbered("X{0}: y\r\n", count)) + MessageBed.Message());
                return Encoding.ASCII.GetBytes(message.Replace("Subject: Hello", "Subject: Hullo", StringComparison.Ordinal));
            },
            bytes => new DkimVerifier(zone, SystemClock.Instance).VerifyAsync(MailMessage.Parse(bytes, Unlimited)).GetAwaiter().GetResult());
    }

    [Fact]
    public void A_chain_of_seals()
    {
        TestSigner sealer = TestSigner.Ed().With(domain: "lists.example");
        FakeResolver zone = new FakeResolver().Txt(sealer.KeyName, sealer.Record);
        Growth.IsLinear(
            3,
            count =>
            {
                List<string> chain = [];
                string message = MessageBed.Message();
                for (int instance = 1; instance <= count; instance++)
                {
                    message = sealer.Seal(message, instance, chain);
                }

                return Encoding.ASCII.GetBytes(message);
            },
            bytes => new ArcVerifier(zone).VerifyAsync(MailMessage.Parse(bytes)).GetAwaiter().GetResult());
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Numbered(string format, int count)
    {
        StringBuilder builder = new();
        for (int i = 1; i <= count; i++)
        {
            builder.AppendFormat(CultureInfo.InvariantCulture, format, i);
        }

        return builder.ToString();
    }
}
