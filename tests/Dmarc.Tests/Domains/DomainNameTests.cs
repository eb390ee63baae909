using Dmarc.Domains;

namespace Dmarc.Tests.Domains;

public class DomainNameTests
{
    [Theory]
    [InlineData("example.com", "example.com", 2)]
    [InlineData("EXAMPLE.com.", "example.com", 2)]
    [InlineData("_dmarc.example.com", "_dmarc.example.com", 3)]
    [InlineData("bücher.example", "xn--bcher-kva.example", 2)]
    [InlineData("日本語。example", "xn--wgv71a119e.example", 2)]
    [InlineData("com", "com", 1)]
    public void Reads_names(string text, string expected, int labels)
    {
        Assert.True(DomainName.TryParse(text, out DomainName? name));
        Assert.Equal(expected, name.ToString());
        Assert.Equal(labels, name.LabelCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".example.com")]
    [InlineData("exa mple.com")]
    [InlineData("user@example.com")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example")]
    public void Refuses_what_is_no_name(string? text) => Assert.False(DomainName.TryParse(text, out _));

    [Fact]
    public void Knows_its_ancestors()
    {
        DomainName name = DomainName.Parse("a.b.example.com");

        Assert.Equal(["a.b.example.com", "b.example.com", "example.com", "com"], name.SelfAndAncestors().Select(each => each.ToString()));
        Assert.Equal("example.com", name.KeepLast(2).ToString());
        Assert.True(name.IsBelow(DomainName.Parse("example.com")));
        Assert.False(name.IsBelow(DomainName.Parse("ample.com")));
        Assert.False(name.IsBelow(name));
        Assert.True(name.IsEqualToOrBelow(name));
    }
}
