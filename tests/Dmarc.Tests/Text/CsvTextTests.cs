using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class CsvTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a=b", "a=b")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0")]
    [InlineData("x;\"=1+1\";+2", "x;\"'=1+1\";'+2")]
    [InlineData("\"=1\"", "\"'=1\"")]
    [InlineData("a; -all", "a; -all")]
    [InlineData("v=DMARC1;p=none;rua=mailto:a@b.example", "v=DMARC1;p=none;rua=mailto:a@b.example")]
    public void A_formula_is_made_text(string text, string expected) => Assert.Equal(expected, CsvText.Defuse(text));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\r\nb", "\"a\r\nb\"")]
    public void A_cell_is_quoted_where_it_must_be(string text, string expected) => Assert.Equal(expected, CsvText.Quote(text));
}
