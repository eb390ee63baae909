using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class PrintableTextTests
{
    [Theory]
    [InlineData("plain", "v=DMARC1; p=none", "v=DMARC1; p=none")]
    [InlineData("letters of any script", "日本語 Zürich é", "日本語 Zürich é")]
    [InlineData("a character beyond the first plane", "📧 mail", "📧 mail")]
    [InlineData("joiners that scripts need", "می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("escape sequence", "a\u001B[31mb", "a\\u001B[31mb")]
    [InlineData("C1 control sequence introducer", "a\u009B31mb", "a\\u009B31mb")]
    [InlineData("delete", "a\u007Fb", "a\\u007Fb")]
    [InlineData("null", "a\0b", "a\\u0000b")]
    [InlineData("line feed, tab and carriage return", "a\n\t\rb", "a\\n\\t\\rb")]
    [InlineData("right-to-left override", "moc.elpmaxe\u202E", "moc.elpmaxe\\u202E")]
    [InlineData("isolates", "\u2066x\u2069", "\\u2066x\\u2069")]
    [InlineData("Arabic letter mark", "\u061Cx", "\\u061Cx")]
    [InlineData("zero-width space and byte order mark", "\u200B\uFEFF", "\\u200B\\uFEFF")]
    [InlineData("line separators", "\u2028\u2029\u0085", "\\u2028\\u2029\\u0085")]
    [InlineData("a tag character", "a\U000E0041b", "a\\uDB40\\uDC41b")]
    public void Characters_that_a_terminal_would_act_on_are_escaped(string name, string text, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, PrintableText.Escape(text));
    }

    [Theory]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abcd…")]
    [InlineData("ab📧e", "ab📧…")]
    [InlineData("abc📧", "abc…")]
    public void A_long_value_is_cut_between_characters(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Shorten(text, 4));

    [Fact]
    public void Lone_surrogates_are_escaped()
    {
        Assert.Equal("a\\uD83Db", PrintableText.Escape("a\uD83Db"));
        Assert.Equal("a\\uDE00", PrintableText.Escape("a\uDE00"));
    }

    [Fact]
    public void Null_is_the_empty_text() => Assert.Equal("", PrintableText.Escape(null));

    [Fact]
    public void A_text_without_such_characters_is_not_copied()
    {
        string text = new('é', 10);
        Assert.Same(text, PrintableText.Escape(text));
    }
}
