using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class DomainDisplayTests
{
    [Theory]
    [InlineData("xn--r8jz45g.example", "例え.example (xn--r8jz45g.example)")]
    [InlineData("XN--R8JZ45G.Example", "例え.example (xn--r8jz45g.example)")]
    [InlineData("例え.example", "例え.example (xn--r8jz45g.example)")]
    [InlineData("_dmarc.xn--r8jz45g.example", "_dmarc.例え.example (_dmarc.xn--r8jz45g.example)")]
    [InlineData("xn--bcher-kva.example", "bücher.example (xn--bcher-kva.example)")]
    [InlineData("xn--e1afmkfd.xn--p1ai", "пример.рф (xn--e1afmkfd.xn--p1ai)")]
    [InlineData("xn--eckwd4c7c.xn--zckzah", "ドメイン.テスト (xn--eckwd4c7c.xn--zckzah)")]
    [InlineData("xn--9n2bp8q.xn--9t4b11yi5a", "실례.테스트 (xn--9n2bp8q.xn--9t4b11yi5a)")]
    public void Shows_a_domain_as_people_read_it_with_the_A_labels_beside(string domain, string expected) =>
        Assert.Equal(expected, DomainDisplay.Of(domain));

    [Theory]
    [InlineData("日本dns")]
    [InlineData("abcカタカナ")]
    [InlineData("ひらがなとカタカナ")]
    [InlineData("サーバー")]
    [InlineData("abc한국")]
    public void Scripts_that_are_written_together_are_shown(string label)
    {
        string domain = DomainName.Parse(label + ".example").ToString();

        Assert.Equal(label + ".example (" + domain + ")", DomainDisplay.Of(domain));
    }

    [Theory]
    [InlineData("аpple", "Cyrillic a before Latin letters")]
    [InlineData("gοοgle", "Greek o among Latin letters")]
    [InlineData("аррӏе", "Cyrillic letters that all look like Latin ones")]
    [InlineData("ρυ", "Greek letters that all look like Latin ones")]
    [InlineData("exampleノcom", "a stroke that looks like a slash")]
    [InlineData("ひらがな한국", "Korean and Japanese in one label")]
    [InlineData("a\u0307bc\u0331", "marks put on letters")]
    [InlineData("abcǀd", "a click that looks like a bar")]
    [InlineData("١٢٣", "digits of another script")]
    public void A_domain_that_could_pass_for_another_one_keeps_its_A_labels(string label, string why)
    {
        string domain = DomainName.Parse(label + ".example").ToString();

        Assert.StartsWith("xn--", domain, StringComparison.Ordinal);
        Assert.True(domain == DomainDisplay.Of(domain), why);
        Assert.Equal(domain, DomainDisplay.Of(label + ".example"));
    }

    [Fact]
    public void Cyrillic_letters_that_look_like_Latin_ones_are_shown_below_a_Cyrillic_name()
    {
        string domain = DomainName.Parse("сосо.рф").ToString();

        Assert.Equal("сосо.рф (" + domain + ")", DomainDisplay.Of(domain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("contoso.example")]
    [InlineData("xn--0.example")]
    [InlineData("xn--zzzzzzzzzzzz.example")]
    [InlineData("xn--.example")]
    [InlineData("xn--abc-.example")]
    [InlineData("a..xn--r8jz45g")]
    [InlineData("*.xn--r8jz45g.example")]
    [InlineData("日本 株式会社")]
    [InlineData("…")]
    public void Other_text_stays_as_it_is(string text)
    {
        Assert.Equal(text, DomainDisplay.Of(text));
        Assert.Equal(text, DomainDisplay.OfAddress(text));
    }

    [Fact]
    public void Null_is_shown_as_nothing() => Assert.Equal("", DomainDisplay.Of(null));

    [Theory]
    [InlineData("info@xn--r8jz45g.example", "info@例え.example")]
    [InlineData("info@例え.example", "info@例え.example")]
    [InlineData("info@аpple.example", "info@xn--pple-43d.example")]
    [InlineData("a@xn--r8jz45g.example, b@xn--r8jz45g.example", "a@xn--r8jz45g.example, b@xn--r8jz45g.example")]
    [InlineData("info@contoso.example", "info@contoso.example")]
    public void The_domain_of_an_address_is_shown_alone(string address, string expected) =>
        Assert.Equal(expected, DomainDisplay.OfAddress(address));

    [Theory]
    [InlineData("\u4f8b\u3048.example (xn--r8jz45g.example)", "xn--r8jz45g.example")]
    [InlineData("example.com", "example.com")]
    [InlineData("a (b)", "a (b)")]
    [InlineData("(example.com)", "(example.com)")]
    [InlineData(" (", " (")]
    [InlineData(" ()", " ()")]
    [InlineData("", "")]
    public void Where_both_forms_have_no_room_the_A_labels_stay(string text, string expected) => Assert.Equal(expected, DomainDisplay.WithoutUnicode(text));
}
