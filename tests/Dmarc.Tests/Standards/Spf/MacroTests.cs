using System.Net;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Spf;

public class MacroTests
{
    /// <summary>The table of RFC 7208 §7.4, and what it leaves out.</summary>
    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com")]
    [InlineData("%{o}", "email.example.com")]
    [InlineData("%{d}", "email.example.com")]
    [InlineData("%{d4}", "email.example.com")]
    [InlineData("%{d3}", "email.example.com")]
    [InlineData("%{d2}", "example.com")]
    [InlineData("%{d1}", "com")]
    [InlineData("%{dr}", "com.example.email")]
    [InlineData("%{d2r}", "example.email")]
    [InlineData("%{l}", "strong-bad")]
    [InlineData("%{l-}", "strong.bad")]
    [InlineData("%{lr}", "strong-bad")]
    [InlineData("%{lr-}", "bad.strong")]
    [InlineData("%{l1r-}", "strong")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com")]
    [InlineData("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com")]
    [InlineData("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net")]
    [InlineData("%{S}", "strong-bad%40email.example.com")]
    [InlineData("%{h}/%{p}", "mx.example.org/unknown")]
    [InlineData("%{D999999999999}", "email.example.com")]
    [InlineData("%%%_%-", "% %20")]
    [InlineData("%{c} %{r} %{t}", "192.0.2.3 mx.receiver.example 1771632000")]
    public void Expands(string text, string expected) =>
        Assert.Equal(expected, MacroExpander.Expand(MacroParser.ReadExplanation(text)!, Values("192.0.2.3")));

    [Fact]
    public void Expands_IPv6_addresses_to_nibbles() => Assert.Equal(
        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com",
        MacroExpander.Expand(MacroParser.ReadExplanation("%{ir}.%{v}._spf.%{d2}")!, Values("2001:db8::cb01")),
        ignoreCase: true);

    [Fact]
    public void A_local_part_that_is_not_ASCII_never_expands() =>
        Assert.Null(MacroExpander.Expand(MacroParser.ReadExplanation("%{l}.example.com")!, Values("192.0.2.3", "jörg")));

    [Theory]
    [InlineData("a.example.com.", "a.example.com")]
    [InlineData("a..example.com", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    public void Makes_names(string expanded, string? expected) => Assert.Equal(expected, TargetName.FromExpansion(expanded));

    [Fact]
    public void Shortens_names_from_the_left()
    {
        string name = string.Join(".", Enumerable.Repeat("abcdefgh", 40));

        string? shortened = TargetName.FromExpansion(name);

        Assert.Equal((28 * 9) - 1, shortened!.Length);
        Assert.EndsWith(shortened, name, StringComparison.Ordinal);
        Assert.Null(TargetName.FromExpansion(new string('a', 300)));
    }

    [Fact]
    public void Any_macro_string_ends()
    {
        Gen<string> pieces = Gen.Elements(
            "%", "{", "}", "%{", "%{s", "%{l1r-}", "%{H}", "%{p}", "%{i}", "%{d127r.-+,/_=}", "%%", "%_", "%-", "r", "9", ".", "-", "x", "\u00E9", " ");
        Prop.ForAll(pieces.ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            MacroString? macro = MacroParser.ReadExplanation(text);
            string? expanded = macro is null ? null : MacroExpander.Expand(macro, Values("192.0.2.3"));
            string? name = TargetName.FromExpansion(expanded);
            return name is null || name.Length <= 253;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void A_text_that_grows_too_long_is_given_up()
    {
        string text = string.Concat(Enumerable.Repeat("%{s}", 15_000));

        Assert.Null(MacroExpander.Expand(MacroParser.ReadExplanation(text)!, Values("192.0.2.3", new string('a', 5_000))));
    }

    private static MacroValues Values(string address, string localPart = "strong-bad") => new()
    {
        LocalPart = localPart,
        SenderDomain = "email.example.com",
        Domain = "email.example.com",
        Helo = "mx.example.org",
        Receiver = "mx.receiver.example",
        Address = AddressNumber.From(IPAddress.Parse(address)),
        Clock = new FixedClock(),
    };

    private sealed class FixedClock : IClock
    {
        public DateTimeOffset UtcNow => new(2026, 2, 21, 0, 0, 0, TimeSpan.Zero);
    }
}
