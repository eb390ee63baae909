using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>What the texts say of one thing and of several.</summary>
public partial class SentencesTests
{
    /// <summary>Texts for several things alone: for one there is another text, or the number is never one.</summary>
    private static readonly string[] ForSeveral =
        ["Views_Query", "Views_Errors", "Views_Warnings", "SpfTooManyVoidLookups", "DkimKeySound"];

    [Theory]
    [InlineData("{0} {0:file|files} of {1}", "1 file of 2", 1, 2)]
    [InlineData("{0} {0:file|files} of {1:N0}", "2 files of 1,000", 2L, 1000)]
    [InlineData("{0:N0} {0:is|are}", "0 are", 0, 0)]
    [InlineData("{0} {0:is|are} {1}", "1 is ", "1", null)]
    public void The_word_fits_the_number(string format, string expected, object first, object? second) =>
        Assert.Equal(expected, Sentences.Fill(format, first, second));

    [Fact]
    public void What_strangers_wrote_stands_as_escapes()
    {
        const string Evil = "a\u001B[31m\u0007\u202Eb\u0085\u2028\n";
        const string Clean = "a\\u001B[31m\\u0007\\u202Eb\\u0085\\u2028\\n";

        Assert.Equal(Clean, Sentences.Fill("{0}", Evil));
        Assert.Equal(Clean + ", " + Clean, Sentences.Fill("{0}, {1}", new StringBuilder(Evil), Evil));
        Assert.Equal(Clean, Sentences.Fill("{0}", Sentences.Fill("{0}", Evil)));
        Assert.Equal("\n" + Clean, Sentences.Fill("\n{0}", Evil));
    }

    [Fact]
    public void No_text_speaks_of_one_thing_as_of_several()
    {
        object[] ones = [.. Enumerable.Repeat((object)1, 12)];
        List<string> wrong = [];
        foreach ((string name, string text) in Texts())
        {
            if (text.Contains("(s)", StringComparison.Ordinal)
                || (!ForSeveral.Contains(name) && text.Contains('{', StringComparison.Ordinal) && OneOfSeveral().IsMatch(Sentences.Fill(text, ones))))
            {
                wrong.Add(name + ": " + text);
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>English as a technical writer has it: no word of another century, and "if" where a condition is meant.</summary>
    [Fact]
    public void No_text_has_a_word_that_the_field_does_not_use() =>
        Assert.Empty(Texts().Where(text => Archaic().IsMatch(text.Text)).Select(text => text.Name + ": " + text.Text));

    /// <summary>Other ways of filling in a text know nothing of the two words and would show both.</summary>
    [Fact]
    public void A_text_with_two_words_is_filled_in_by_the_one_that_knows_them()
    {
        HashSet<string> names = [.. Texts().Where(text => TwoWords().IsMatch(text.Text)).Select(text => text.Name)];
        Assert.True(names.Count > 50);
        foreach (string file in Directory.EnumerateFiles(TestFiles.Repository("src"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in Plain().Matches(File.ReadAllText(file)))
            {
                Assert.False(names.Contains(match.Groups[1].Value), file + ": " + match.Groups[1].Value);
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Texts() =>
        Strings.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, true, true)!.Cast<DictionaryEntry>()
            .Where(entry => entry.Value is string)
            .Select(entry => ((string)entry.Key, (string)entry.Value!))
            .Concat(FindingCatalogueTests.Descriptors().SelectMany(descriptor => new[]
            {
                (descriptor.Code, descriptor.MessageFormat), (descriptor.Code + " remedy", descriptor.RemedyFormat),
            }));

    [GeneratedRegex(@"(?<!\b(?:than|of|allows|column|line|with) |[\w""(/.=])1 (?:more |void |empty |duplicate |further |complete |continuation |element |mail |of the \w+ )?"
        + "(?:rows|messages|reports|records|look-ups|lines|files|domains|addresses|days|ranges|signatures|entries|parts|results|errors|warnings|selectors|"
        + "times|seconds|bytes|bits|instances|sets|organisations|names|characters|destinations|sources|services|values|findings|exchanges|are|have|were)\b")]
    private static partial Regex OneOfSeveral();

    [GeneratedRegex(@"\b(mend\w*|gravest|hangs? on|parted by|in vain|hand(s|ed|ing)? (mail |it |the message )?over|handed in|whereof|thereof|therein|whither|hence|as yet"
        + @"|anew|afresh|besides|unto|upon|lest|naught|whom|has run out|passed over|told apart|look whether|the switch)\b|[.:;] where (you|nobody|somebody|this|it)\b"
        + @"|^where (you|nobody|somebody|this|it)\b|'\{0\}' is no |\bno longer \w+ than\b", RegexOptions.IgnoreCase)]
    private static partial Regex Archaic();

    [GeneratedRegex(@"\{\d+:[^}]*\|")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"string\.Format\(\s*(?:CultureInfo\.\w+,\s*)?Strings\.(\w+)")]
    private static partial Regex Plain();
}
