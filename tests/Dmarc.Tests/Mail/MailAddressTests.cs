using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

public class MailAddressTests
{
    [Theory]
    [InlineData("a@b.example", "|a|b.example|")]
    [InlineData("<a@b.example>", "|a|b.example|")]
    [InlineData("Anna <a@b.example>", "Anna|a|b.example|")]
    [InlineData("\"Doe, Jane\" <jane@b.example>", "Doe, Jane|jane|b.example|")]
    [InlineData("\"Jane \\\"JD\\\" Doe\" <jane@b.example>", "Jane \"JD\" Doe|jane|b.example|")]
    [InlineData("a@b.example (Anna (the first))", "Anna (the first)|a|b.example|")]
    [InlineData("a@b.example, Bert <b@c.example>", "|a|b.example|", "Bert|b|c.example|")]
    // RFC 5322 A.1.2
    [InlineData("Who? <one@y.test>", "Who?|one|y.test|")]
    [InlineData("\"Giant; \\\"Big\\\" Box\" <sysservices@example.net>", "Giant; \"Big\" Box|sysservices|example.net|")]
    // RFC 5322 A.1.3
    [InlineData("A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;", "Ed Jones|c|a.test|A Group", "|joe|where.test|A Group", "John|jdoe|one.test|A Group")]
    [InlineData("Undisclosed recipients:;")]
    [InlineData("Group: a@b.test; , c@d.test", "|a|b.test|Group", "|c|d.test|")]
    // RFC 5322 A.5
    [InlineData("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete|pete|silly.test|")]
    // RFC 5322 A.6.1 and A.6.3
    [InlineData("Joe Q. Public <john.q.public@example.com>", "Joe Q. Public|john.q.public|example.com|")]
    [InlineData("<@node.test,@other.test:mary@example.net>", "|mary|example.net|")]
    [InlineData("John Doe <jdoe@machine(comment).  example>", "John Doe|jdoe|machine.example|")]
    [InlineData("\"quoted@local\"@b.example", "|quoted@local|b.example|")]
    [InlineData("<\"a b\"@b.example>", "|a b|b.example|")]
    [InlineData("a@[192.0.2.1]", "|a|[192.0.2.1]|")]
    [InlineData("a@[IPv6:2001:db8::1]", "|a|[IPv6:2001:db8::1]|")]
    [InlineData("=?utf-8?Q?J=C3=BCrgen?= <j@b.example>", "Jürgen|j|b.example|")]
    [InlineData("=?utf-8?B?YSwgYg==?= <j@b.example>", "a, b|j|b.example|")]
    [InlineData("\"bank@good.example\" <thief@bad.example>", "bank@good.example|thief|bad.example|")]
    [InlineData("bank@good.example <thief@bad.example>", "bank@good.example|thief|bad.example|")]
    [InlineData("<first@a.example> <second@b.example>", "|first|a.example|", "|second|b.example|")]
    [InlineData("Anna <first@a.example> Bert <second@b.example>", "Anna|first|a.example|", "Bert|second|b.example|")]
    [InlineData("Anna <first@a.example> second@b.example", "Anna|first|a.example|", "|second|b.example|")]
    [InlineData("Anna <nick> <a@b.example> (work)", "Anna|a|b.example|")]
    [InlineData("Anna <a@b.example> Sales", "Anna  Sales|a|b.example|")]
    [InlineData("a@b.example Anna", "|a|b.example|", "|Anna||")]
    [InlineData("a@b.example; c@d.example", "|a|b.example|", "|c|d.example|")]
    [InlineData("a@b@c.example", "|a@b|c.example|")]
    [InlineData("user@bücher.example", "|user|bücher.example|")]
    [InlineData("用户@例子.example", "|用户|例子.example|")]
    [InlineData("a@b.example.", "|a|b.example|")]
    [InlineData("<>", "|||")]
    [InlineData("root", "|root||")]
    [InlineData("Mailer Daemon", "Mailer Daemon|||")]
    [InlineData("")]
    [InlineData(" , ,, ")]
    public void Mailboxes_are_read(string text, params string[] expected) =>
        Assert.Equal(expected, MailAddress.ParseList(text).Select(address =>
            address.DisplayName + "|" + address.LocalPart + "|" + address.Domain + "|" + address.Group));

    /// <summary>Where programs can disagree about who is named, the text says so; the forms of the standard, obsolete ones too, do not.</summary>
    [Theory]
    [InlineData("a@b.example c@d.example", true)]
    [InlineData("a@b.example\tc@b.example", true)]
    [InlineData("a@b.example;c@b.example", true)]
    [InlineData("Anna <a@b.example>; Bert <c@b.example>", true)]
    [InlineData("Anna <a@b.example> c@b.example", true)]
    [InlineData("Anna <a@b.example> Bert <c@b.example>", true)]
    [InlineData("<a@b.example>c@b.example", true)]
    [InlineData("<a@b.example><c@b.example>", true)]
    [InlineData("a@b.example Anna", true)]
    [InlineData("a@b.example@d.example", true)]
    [InlineData("<a@b.example@d.example>", true)]
    [InlineData("a@b.example/c@d.example", true)]
    [InlineData("a@b.example, c@b.example", false)]
    [InlineData("a@b.example,, c@b.example,", false)]
    [InlineData("a@b.example;", false)]
    [InlineData("Group: a@b.example, c@b.example; d@b.example", false)]
    [InlineData("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", false)]
    [InlineData("<@node.test,@other.test:mary@example.net>", false)]
    [InlineData("jdoe @ machine . example", false)]
    [InlineData("a@b.example (Anna)", false)]
    [InlineData("bank@good.example <thief@bad.example>", false)]
    [InlineData("\"a@b\"@b.example", false)]
    [InlineData("<\"a@b\"@b.example>", false)]
    [InlineData("Anna <a@b.example> Sales", false)]
    [InlineData("Anna B <a@b.example>", false)]
    [InlineData("root", false)]
    [InlineData("", false)]
    public void A_text_that_leaves_open_whom_it_names_is_told(string text, bool expected)
    {
        _ = MailAddress.ParseList(text, out bool isAmbiguous);
        Assert.Equal(expected, isAmbiguous);
    }

    [Fact]
    public void Every_From_field_counts()
    {
        MailMessage message = MailText.Parse("From: a@b.example\nSubject: x\nfrom: c@d.example,\n e@f.example\n\n");
        Assert.Equal("a@b.example; c@d.example; e@f.example", message.From.ToString());
    }

    [Theory]
    [InlineData("\"unclosed <a@b>")]
    [InlineData("(unclosed a@b")]
    [InlineData("<a@b")]
    [InlineData("<\"a")]
    [InlineData("a\\")]
    [InlineData("<\"\\")]
    [InlineData("(\\")]
    [InlineData("[")]
    [InlineData("::::;;;;<<<>>>@@@")]
    public void Broken_ones_are_read_without_a_throw(string text) => Assert.NotNull(MailAddress.ParseList(text));
}
