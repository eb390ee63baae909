using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Domains of other scripts in sentences.</summary>
public partial class ReadableNamesTests
{
    private const string Name = "xn--r8jz45g.xn--zckzah";
    private const string Shown = "例え.テスト (xn--r8jz45g.xn--zckzah)";

    [Theory]
    [InlineData("{0} has no record.", Shown + " has no record.")]
    [InlineData("There is no record at {0}.", "There is no record at " + Shown + ".")]
    [InlineData("For {0}: {1}", "For " + Shown + ": b")]
    [InlineData("{0}'s own mail", Shown + "'s own mail")]
    [InlineData("Is \"{0}\" yours?", "Is \"" + Shown + "\" yours?")]
    [InlineData("{0} の DNS（{0}）", Shown + " の DNS（" + Shown + "）")]
    [InlineData("{{0}} {2} {2:day|days} {0}", "{0} 1 day " + Shown)]
    public void A_domain_is_shown_as_people_read_it_with_the_A_labels_beside(string format, string expected) =>
        Assert.Equal(expected, Sentences.Fill(format, Name, "b", 1));

    [Theory]
    [InlineData("Publish \"v=TLSRPTv1; rua=mailto:a@{0}\".")]
    [InlineData("Add the line \"mx: {0}\".")]
    [InlineData("See https://mta-sts.{0}/.well-known/mta-sts.txt.")]
    [InlineData("Open {0}/index.html.")]
    [InlineData("Connect to {0}:25.")]
    [InlineData("Take out include:{0}.")]
    [InlineData("Run Get-DkimRecord {0}.")]
    [InlineData("Run Test-SpfRecord -Domain {0}")]
    public void What_is_to_be_copied_stays(string format) => Assert.Equal(format.Replace("{0}", Name, StringComparison.Ordinal), Sentences.Fill(format, Name));

    [Theory]
    [InlineData("a.example, xn--r8jz45g.xn--zckzah, _dmarc.xn--r8jz45g.xn--zckzah", "a.example, 例え.テスト (xn--r8jz45g.xn--zckzah), _dmarc.例え.テスト (_dmarc.xn--r8jz45g.xn--zckzah)")]
    [InlineData("XN--R8JZ45G.xn--zckzah", Shown)]
    [InlineData("xn--pple-43d.example", "xn--pple-43d.example")]
    [InlineData("v=spf1 include:xn--r8jz45g.xn--zckzah -all", "v=spf1 include:xn--r8jz45g.xn--zckzah -all")]
    [InlineData("dmarc@xn--r8jz45g.xn--zckzah", "dmarc@xn--r8jz45g.xn--zckzah")]
    [InlineData(Shown, Shown)]
    public void Lists_are_shown_and_names_that_could_pass_for_others_and_records_stay(string value, string expected) =>
        Assert.Equal("Seen: " + expected + ".", Sentences.Fill("Seen: {0}.", value));

    /// <summary>In no text of either language is a record, an address, a URL or a command broken by the readable form.</summary>
    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void No_text_breaks_what_is_to_be_copied(string language) => Language.In(language, () =>
    {
        object[] names = [.. Enumerable.Repeat((object)Name, 12)];
        string[] texts = [.. Texts().Select(text => Sentences.Fill(text, names)).Where(text => text.Contains("xn--", StringComparison.Ordinal))];

        Assert.True(texts.Count(text => text.Contains(Shown, StringComparison.Ordinal)) > 200);
        Assert.DoesNotContain(texts, text => Broken().IsMatch(text));
        Assert.DoesNotContain(texts, text => Quoted(text).Any(part => part != Shown && part.Contains(Shown, StringComparison.Ordinal)));
    });

    private static IEnumerable<string> Quoted(string text) => text.Split('"').Where((_, index) => index % 2 == 1);

    private static IEnumerable<string> Texts() =>
        Strings.ResourceManager.GetResourceSet(CultureInfo.CurrentUICulture, true, true)!.Cast<DictionaryEntry>()
            .Select(entry => entry.Value)
            .OfType<string>()
            .Concat(FindingCatalogueTests.Descriptors().SelectMany(descriptor => new[] { descriptor.MessageFormat, descriptor.RemedyFormat }));

    [GeneratedRegex("""[@/=.]例え|\p{Lu}\p{Ll}+-\p{Lu}\p{Ll}\w+ (-\w+ )?例え|zckzah\)[@/=.:][\w/.]""")]
    private static partial Regex Broken();
}
