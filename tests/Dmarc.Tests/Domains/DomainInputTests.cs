using Dmarc.Domains;

namespace Dmarc.Tests.Domains;

public class DomainInputTests
{
    [Theory]
    [InlineData("contoso.com")]
    [InlineData("  Contoso.COM. ")]
    [InlineData("user@contoso.com")]
    [InlineData("Jo Doe <user@contoso.com>")]
    [InlineData("\"odd@local\"@contoso.com")]
    [InlineData("mailto:user@contoso.com?subject=x")]
    [InlineData("SMTP:user@contoso.com")]
    [InlineData("https://contoso.com")]
    [InlineData("https://user:pw@contoso.com:8443/path?q=a@b#f")]
    [InlineData("contoso.com/")]
    [InlineData("//contoso.com/x")]
    [InlineData("'contoso.com'")]
    [InlineData("<contoso.com>")]
    [InlineData("@contoso.com")]
    [InlineData("\u200Bcontoso.com\t")]
    [InlineData("*.contoso.com")]
    [InlineData("@*.contoso.com")]
    public void Reads_what_people_paste(string text)
    {
        Assert.True(DomainInput.TryRead(text, out DomainName? name, out string error), error);
        Assert.Equal("contoso.com", name.ToString());
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("_dmarc.contoso.com", "_dmarc.contoso.com")]
    [InlineData("localhost", "localhost")]
    public void Reads_other_names(string text, string expected)
    {
        Assert.True(DomainInput.TryRead(text, out DomainName? name, out _));
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData(null, "No domain name")]
    [InlineData("", "No domain name")]
    [InlineData("  <> ", "No domain name")]
    [InlineData("192.0.2.1", "IP address")]
    [InlineData("2001:db8::1", "IP address")]
    [InlineData("con toso.com", "' ' is not allowed")]
    [InlineData("contoso..com", "two dots in a row")]
    [InlineData("a\u0007b.com", "U+0007")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com", "longer than 63")]
    public void Says_why_it_is_none(string? text, string reason)
    {
        Assert.False(DomainInput.TryRead(text, out _, out string error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', error);
    }

    [Fact]
    public void Refuses_a_name_that_is_too_long()
    {
        Assert.False(DomainInput.TryRead(string.Join(".", Enumerable.Repeat("abcdefghi", 26)), out _, out string error));
        Assert.Contains("253", error, StringComparison.Ordinal);
    }
}
