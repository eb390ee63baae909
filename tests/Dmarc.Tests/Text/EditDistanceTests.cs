using Dmarc.Text;

namespace Dmarc.Tests.Text;

public class EditDistanceTests
{
    [Theory]
    [InlineData("record", "record", 0)]
    [InlineData("RECORD", "record", 0)]
    [InlineData("recrd", "record", 1)]
    [InlineData("recoord", "record", 1)]
    [InlineData("recird", "record", 1)]
    [InlineData("erocrd", "record", 2)]
    [InlineData("rceord", "record", 1)]
    [InlineData("cord", "record", 2)]
    [InlineData("ord", "record", 3)]
    [InlineData("source", "record", 3)]
    [InlineData("", "p", 1)]
    public void A_change_counts_one_up_to_the_largest_of_interest(string written, string name, int expected)
    {
        Assert.Equal(expected, EditDistance.Of(written.AsSpan(), name, 2));
        Assert.Equal(Math.Min(expected, 2), EditDistance.Of(written.AsSpan(), name, 1));
    }

    [Fact]
    public void A_text_of_any_length_costs_nothing() => Assert.Equal(3, EditDistance.Of(new string('a', 10_000_000).AsSpan(), "include", 2));
}
