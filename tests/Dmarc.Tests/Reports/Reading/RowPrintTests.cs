using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;

namespace Dmarc.Tests.Reports.Reading;

/// <summary>What rows are known again by, where a copy of a damaged report follows.</summary>
public class RowPrintTests
{
    /// <summary>Values of every length around the four characters that are taken at a time, and each of their characters changed.</summary>
    [Fact]
    public void One_changed_character_makes_another_row()
    {
        HashSet<ulong> seen = [];
        int rows = 0;
        for (int length = 1; length <= 13; length++)
        {
            string domain = new('a', length);
            Assert.True(seen.Add(Print(domain)));
            rows++;
            for (int place = 0; place < length; place++)
            {
                Assert.True(seen.Add(Print(domain.Remove(place, 1).Insert(place, "b"))), $"{length} {place}");
                rows++;
            }
        }

        Assert.Equal(rows, seen.Count);
    }

    [Fact]
    public void The_same_values_make_the_same_row() => Assert.Equal(Print("shop.example", "news.example"), Print("shop.example", "news.example"));

    [Theory]
    [InlineData("abcd", "efgh", "abcdefgh", "")]
    [InlineData("abc", "d", "ab", "cd")]
    [InlineData("shop.example", null, "shop.example", "")]
    [InlineData("", "a", "a", "")]
    public void No_value_runs_into_the_next(string from, string? envelope, string otherFrom, string? otherEnvelope) =>
        Assert.NotEqual(Print(from, envelope), Print(otherFrom, otherEnvelope));

    /// <summary>A damaged row may have lost the end of its record, so the beginning must do to find its whole copy.</summary>
    [Fact]
    public void The_core_is_the_address_the_count_and_the_domain()
    {
        RowPrint whole = RowPrint.Of(MadeRows.Row(signatures: [MadeRows.Signature("shop.example")], checks: [MadeRows.Check("shop.example")]));
        RowPrint rest = RowPrint.Of(MadeRows.Row());
        Assert.Equal(whole.Core, rest.Core);
        Assert.NotEqual(whole.Full, rest.Full);
        Assert.NotEqual(rest.Core, RowPrint.Of(MadeRows.Row(count: 2)).Core);
        Assert.NotEqual(rest.Core, RowPrint.Of(MadeRows.Row(ip: "192.0.2.2")).Core);
        Assert.NotEqual(rest.Core, RowPrint.Of(MadeRows.Row(from: "other.example")).Core);
    }

    [Fact]
    public void Rows_whose_SPF_checks_were_of_other_identities_differ() => Assert.NotEqual(
        RowPrint.Of(MadeRows.Row(checks: [MadeRows.Check("shop.example")])).Full,
        RowPrint.Of(MadeRows.Row(checks: [MadeRows.Check("shop.example", scope: "helo")])).Full);

    /// <summary>As many rows as a large report has: with 64 bits, two that differ do not meet.</summary>
    [Fact]
    public void Rows_of_a_large_report_differ()
    {
        HashSet<ulong> full = [];
        for (int number = 0; number < 100_000; number++)
        {
            AggregateReportRow row = MadeRows.Row(ip: $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}", count: number % 7);
            Assert.True(full.Add(RowPrint.Of(row).Full));
        }
    }

    private static ulong Print(string from, string? envelope = null) =>
        RowPrint.Of(MadeRows.Row(from: from, envelopeFrom: envelope)).Full;
}
