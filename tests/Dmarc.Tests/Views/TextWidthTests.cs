using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Views;

namespace Dmarc.Tests.Views;

public class TextWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("example.com", 11)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)] // a letter and the accent above it
    [InlineData("–…→", 3)]
    [InlineData("警告 2", 6)]
    [InlineData("カタカナ", 8)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("（）、。：", 10)]
    [InlineData("ＡＢ～", 6)]
    [InlineData("한국어", 6)]
    [InlineData("𠮷", 2)]
    [InlineData("\u10FF", 1)]
    [InlineData("\u1100", 2)]
    [InlineData("\u115F", 2)]
    [InlineData("\u1160", 1)]
    [InlineData("\u303E", 2)]
    [InlineData("\u303F", 1)]
    [InlineData("\uFF60", 2)]
    [InlineData("\uFF61", 1)]
    public void A_full_width_character_takes_two_columns(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));

    [Theory]
    [InlineData("ab", 4, "ab  ")]
    [InlineData("警告", 6, "警告  ")]
    [InlineData("警告", 4, "警告")]
    [InlineData("警告", 3, "警告")]
    public void A_text_is_padded_to_columns(string text, int width, string padded) => Assert.Equal(padded, TextWidth.Pad(text, width));

    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void The_facts_of_a_tree_stand_below_each_other(string language) => Language.In(language, () =>
    {
        SpfTermResult[] terms =
        [
            Term("include:例え.example", 1) with { TotalLookups = 1, CumulativeLookups = 1 },
            Term("ip4:192.0.2.0/24", 22) with { IsEffective = false },
            Term("a", 39) with { TotalLookups = 1, CumulativeLookups = 2 },
        ];

        string[] lines = SpfTreeText.Write(terms).Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Equal(20 + 2, TextWidth.Of(lines[0].Substring(0, lines[0].IndexOf('+'))));
        Assert.Equal(20 + 2, TextWidth.Of(lines[2].Substring(0, lines[2].IndexOf('+'))));
        Assert.EndsWith(Strings.Views_SpfUnused, lines[1], StringComparison.Ordinal);
        Assert.Equal(20 + 2 + 7 + 2, TextWidth.Of(lines[1].Substring(0, lines[1].Length - Strings.Views_SpfUnused.Length)));
    });

    private static SpfTermResult Term(string text, int column) => new()
    {
        Term = text,
        Kind = SpfTermKind.Include,
        Qualifier = SpfQualifier.Pass,
        Domain = "a.example",
        Column = column,
        Depth = 0,
    };

    [Theory]
    [InlineData("example.com", 11, "example.com")]
    [InlineData("example.com", 10, "exam\u2026e.com")]
    [InlineData("mail.contoso.example", 9, "mail\u2026mple")]
    [InlineData("a", 0, "\u2026")]
    [InlineData("\u65E5\u672C\u8A9E\u306E\u540D\u524D", 12, "\u65E5\u672C\u8A9E\u306E\u540D\u524D")]
    [InlineData("\u65E5\u672C\u8A9E\u306E\u540D\u524D", 11, "\u65E5\u672C\u2026\u306E\u540D\u524D")]
    [InlineData("\u65E5\u672C\u8A9E\u306E\u540D\u524D", 8, "\u65E5\u2026\u540D\u524D")]
    [InlineData("ab\uD83D\uDE00cd\uD83D\uDE00ef", 8, "ab\u2026d\uD83D\uDE00ef")]
    public void A_text_that_is_too_wide_keeps_its_ends(string text, int width, string expected) => Assert.Equal(expected, TextWidth.Cut(text, width));

    [Fact]
    public void What_is_cut_is_never_wider()
    {
        const string Text = "a\u65E5\uD83D\uDE00b\u672Ccd\uD83D\uDE00\u8A9Eefg\uD83D\uDE00";
        for (int width = 1; width <= TextWidth.Of(Text); width++)
        {
            string cut = TextWidth.Cut(Text, width);
            Assert.InRange(TextWidth.Of(cut), 1, width);
            Assert.DoesNotContain(Enumerable.Range(0, cut.Length), index => char.IsSurrogate(cut[index])
                && !(index + 1 < cut.Length && char.IsSurrogatePair(cut, index)) && !(index > 0 && char.IsSurrogatePair(cut, index - 1)));
        }
    }
}
