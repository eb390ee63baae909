using System.Text;
using Dmarc.Standards.Spf;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Standards.Spf;

public class SpfParserTests
{
    [Fact]
    public void Reads_every_kind_of_term()
    {
        SpfRecord record = SpfParser.Parse(
            "v=spf1 a mx/24//64 -a:%{d}/28 ?ptr:example.com ~ip4:192.0.2.0/24 ip6:2001:db8::/32 exists:%{ir}.x.example.com"
            + " include:_spf.example.com redirect=other.example.com exp=why.example.com op=x -all ");

        Assert.True(record.IsValid);
        Assert.Equal(
            [
                SpfTermKind.A, SpfTermKind.Mx, SpfTermKind.A, SpfTermKind.Ptr, SpfTermKind.Ip4, SpfTermKind.Ip6, SpfTermKind.Exists,
                SpfTermKind.Include, SpfTermKind.Redirect, SpfTermKind.Explanation, SpfTermKind.UnknownModifier, SpfTermKind.All,
            ],
            record.Terms.Select(term => term.Kind));
        Assert.Equal("-a:%{d}/28", record.Terms[2].Text);
        Assert.Equal(SpfQualifier.Fail, record.Terms[2].Qualifier);
        Assert.Equal("%{d}", record.Terms[2].Domain!.Text);
        Assert.Equal(28, record.Terms[2].IPv4PrefixLength);
        Assert.Equal((24, 64), (record.Terms[1].IPv4PrefixLength, record.Terms[1].IPv6PrefixLength));
        Assert.Equal(SpfQualifier.Neutral, record.Terms[3].Qualifier);
        Assert.Equal("192.0.2.0/24", record.Terms[4].Network.ToString());
        Assert.Equal(SpfQualifier.SoftFail, record.Terms[4].Qualifier);
        Assert.Equal(
            ['i'], record.Terms[6].Domain!.Parts.ToArray().Select(part => part.Letter).Where(letter => letter != '\0'));
        Assert.Equal("SpfModifierUnknown", Assert.Single(record.Findings).Code);
    }

    /// <summary>The remedy is the whole term: without its qualifier, "all" lets everybody pass.</summary>
    [Theory]
    [InlineData("-al", "-all")]
    [InlineData("~alll", "~all")]
    [InlineData("-all;", "-all")]
    [InlineData("inclde:example.com", "include:example.com")]
    [InlineData("?ipv4:192.0.2.1/28", "?ip4:192.0.2.1/28")]
    public void A_misspelt_mechanism_is_corrected_with_all_that_belongs_to_it(string term, string meant) =>
        Assert.Contains(SpfParser.Parse("v=spf1 mx " + term).Findings, finding => finding.Remedy == $"Write \"{meant}\" instead of \"{term}\".");

    [Theory]
    [InlineData("v=spf10 -all", "SpfVersionMissing", 0)]
    [InlineData("v=spf1 moo -all", "SpfMechanismUnknown", 7)]
    [InlineData("v=spf1  ipv4:192.0.2.1 -all", "SpfMechanismMisspelt", 8)]
    [InlineData("v=spf1 inclde:example.com -all", "SpfMechanismMisspelt", 7)]
    [InlineData("v=spf1 -all redirect:example.com", "SpfModifierAsMechanism", 12)]
    [InlineData("v=spf1 a 1up=foo -all", "SpfModifierNameInvalid", 9)]
    [InlineData("v=spf1 =all", "SpfModifierNameInvalid", 7)]
    [InlineData("v=spf1 redirect=a.com redirect=b.com", "SpfModifierRepeated", 22)]
    [InlineData("v=spf1 exp=a.com -all exp=b.com", "SpfModifierRepeated", 22)]
    [InlineData("v=spf1 include -all", "SpfDomainMissing", 7)]
    [InlineData("v=spf1 a: -all", "SpfDomainMissing", 7)]
    [InlineData("v=spf1 ptr: -all", "SpfDomainMissing", 7)]
    [InlineData("v=spf1 redirect=", "SpfDomainMissing", 7)]
    [InlineData("v=spf1 a:example -all", "SpfDomainInvalid", 7)]
    [InlineData("v=spf1 mx:example.123 -all", "SpfDomainInvalid", 7)]
    [InlineData("v=spf1 a:example.-com -all", "SpfDomainInvalid", 7)]
    [InlineData("v=spf1 a:example.com:25 -all", "SpfDomainInvalid", 7)]
    [InlineData("v=spf1 exists:%{d}x -all", "SpfDomainInvalid", 7)]
    [InlineData("v=spf1 exists:%(i).example.com -all", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 exists:%{c}.example.com -all", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 exists:%{d0}.example.com -all", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 exists:%{d2x}.example.com -all", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 exists:%{d", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 exists:a.example.com%", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 op=%x -all", "SpfMacroInvalid", 7)]
    [InlineData("v=spf1 all:example.com", "SpfArgumentNotAllowed", 7)]
    [InlineData("v=spf1 include/24 -all", "SpfArgumentNotAllowed", 7)]
    [InlineData("v=spf1 ip4 -all", "SpfAddressMissing", 7)]
    [InlineData("v=spf1 ip6: -all", "SpfAddressMissing", 7)]
    [InlineData("v=spf1 ip4/24 -all", "SpfAddressMissing", 7)]
    [InlineData("v=spf1 ip4:192.0.2 -all", "SpfIPv4AddressInvalid", 7)]
    [InlineData("v=spf1 ip4:192.0.2.1:25 -all", "SpfIPv4AddressInvalid", 7)]
    [InlineData("v=spf1 ip6:2001:db8::x -all", "SpfIPv6AddressInvalid", 7)]
    [InlineData("v=spf1 ip4:2001:db8::1 -all", "SpfWrongAddressFamily", 7)]
    [InlineData("v=spf1 ip6:192.0.2.1 -all", "SpfWrongAddressFamily", 7)]
    [InlineData("v=spf1 ip4:192.0.2.1/33 -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 ip4:192.0.2.1//24 -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 ip6:2001:db8::/129 -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 a/24/64 -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 mx/ -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 a//129 -all", "SpfPrefixLengthInvalid", 7)]
    [InlineData("v=spf1 a\tmx -all", "SpfCharacterInvalid", 7)]
    [InlineData("v=spf1 “ip4:192.0.2.1 -all", "SpfCharacterInvalid", 7)]
    [InlineData("v=spf1 include:bücher.example -all", "SpfInternationalName", 7)]
    public void Names_the_term_and_its_column(string text, string code, int position)
    {
        SpfRecord record = SpfParser.Parse(text);

        Assert.False(record.IsValid);
        Finding finding = Assert.Single(record.Findings, finding => finding.Code == code);
        Assert.Equal(position, finding.Position);
        Assert.Equal(Severity.Error, finding.Severity);
        if (position > 0)
        {
            Assert.Contains($"column {position + 1}", finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("v=spf1 include=example.com -all", "SpfMechanismAsModifier", Severity.Error)]
    [InlineData("v=spf1 IP4:192.0.2.1 -all", "SpfUpperCase", Severity.Information)]
    [InlineData("v=spf1 ip4:192.0.2.1/24 -all", "SpfHostBitsSet", Severity.Information)]
    [InlineData("v=spf1 match_subdomains=yes -all", "SpfModifierUnknown", Severity.Information)]
    public void Accepts_and_says_so(string text, string code, Severity severity)
    {
        SpfRecord record = SpfParser.Parse(text);

        Assert.True(record.IsValid);
        Assert.Equal((code, severity), record.Findings.Select(finding => (finding.Code, finding.Severity)).Single());
    }

    [Fact]
    public void Reads_all_that_is_wrong_and_the_rest()
    {
        SpfRecord record = SpfParser.Parse("v=spf1 ip4:300.1.1.1 moo a -all");

        Assert.Equal(2, record.Findings.Count);
        Assert.Equal(["a", "-all"], record.Terms.Select(term => term.Text));
    }

    [Fact]
    public void Any_bytes_can_be_a_record()
    {
        Gen<string> pieces = Gen.Elements(
            "a", "mx", "ip4:", "ip6:", "include:", "exists:", "redirect=", "exp=", "%", "%{", "}", "%{d2r.-}", "/", "//", "24", ":", "=",
            " ", "all", "-", "~", "?", "+", "192.0.2.1", "::", "example.com", ".", "x=y", "\0", "é", "%{L}", "%%", "%_", "999999999999");
        Arbitrary<string> records = Gen.OneOf(
            pieces.ArrayOf().Select(parts => "v=spf1 " + string.Concat(parts)),
            ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => "v=spf1 " + Encoding.Latin1.GetString(bytes)),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();
        Prop.ForAll(records, text =>
        {
            SpfRecord record = SpfParser.Parse(text);
            return record.IsValid != record.Findings.Any(finding => finding.Severity == Severity.Error && finding.Code != "SpfMechanismAsModifier")
                && record.Terms.All(term => text.Substring(term.Position, term.Text.Length) == term.Text && term.ToString() == term.Text)
                && record.Findings.All(finding => !finding.Message.Any(char.IsControl));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Reads_to_the_end_however_much_there_is_to_say()
    {
        SpfRecord record = SpfParser.Parse("v=spf1 " + string.Concat(Enumerable.Repeat("IP4:192.0.2.1/24 ", 200)) + "-all moo");

        Assert.Equal(201, record.Terms.Count);
        Assert.False(record.IsValid);
        Assert.Contains("moo", record.Problem, StringComparison.Ordinal);
        Assert.InRange(record.Findings.Count, 50, 51);
    }

    [Fact]
    public void Ends_at_once_with_long_records()
    {
        string text = "v=spf1 " + string.Concat(Enumerable.Repeat("ip4:192.0.2.300 ", 4_000)) + new string('%', 60_000);

        SpfRecord record = SpfParser.Parse(text);

        Assert.False(record.IsValid);
        Assert.InRange(record.Findings.Count, 1, 50);
    }
}
