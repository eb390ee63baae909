using Dmarc.Standards;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class WrittenValueTests
{
    private static readonly WordSet<AuthenticationResult> Words = new(
        ("pass", AuthenticationResult.Pass), ("fail", AuthenticationResult.Fail), ("hardfail", AuthenticationResult.Fail));

    [Theory]
    [InlineData("pass", AuthenticationResult.Pass, "")]
    [InlineData("PASS", AuthenticationResult.Pass, "")]
    [InlineData("maybe", AuthenticationResult.Unknown, "maybe")]
    [InlineData("", AuthenticationResult.Unknown, "")]
    public void The_text_of_a_word_says_more_only_if_the_word_is_not_known(string text, AuthenticationResult value, string other)
    {
        WrittenValue<AuthenticationResult> word = WrittenValue.Word(Words.Read(text), text);

        Assert.Equal((value, text, other, text.Length > 0), (word.Value, word.Text, word.OtherText, word.IsPresent));
        Assert.Equal(text, word.ToString());
    }

    [Fact]
    public void A_word_that_is_left_out_says_nothing()
    {
        WrittenValue<AuthenticationResult?> word = WrittenValue.Word((AuthenticationResult?)null, "");

        Assert.Null(word.Value);
        Assert.Equal(("", "", false), (word.Text, word.OtherText, word.IsPresent));
        Assert.Equal("maybe", WrittenValue.Word((AuthenticationResult?)AuthenticationResult.Unknown, "maybe").OtherText);
    }

    [Fact]
    public void A_value_that_is_not_set_has_an_empty_text()
    {
        WrittenValue<int?> value = default;

        Assert.Null(value.Value);
        Assert.Equal(("", "", false), (value.Text, value.OtherText, value.IsPresent));
    }

    [Fact]
    public void The_text_of_a_number_says_more_only_if_it_is_none()
    {
        Assert.Equal((0, ""), (WrittenValue.Optional((int?)0, "0").Value, WrittenValue.Optional((int?)0, "0").OtherText));
        Assert.Equal("many", WrittenValue.Optional((int?)null, "many").OtherText);
    }

    [Fact]
    public void The_first_that_was_written_counts()
    {
        WrittenValue<int?> none = default;
        WrittenValue<int?> bad = WrittenValue.Optional((int?)null, "many");
        WrittenValue<int?> one = WrittenValue.Optional((int?)1, "1");

        Assert.Equal(one, none.Or(one));
        Assert.Equal(bad, bad.Or(one));
        Assert.Equal(one, one.Or(bad));
    }

    [Fact]
    public void A_word_set_reads_every_word_and_writes_the_first_of_a_member()
    {
        Assert.Equal(AuthenticationResult.Fail, Words.Read("HardFail"));
        Assert.Equal("fail", Words.Write(AuthenticationResult.Fail));
        Assert.Equal("", Words.Write(AuthenticationResult.Unknown));
    }
}
