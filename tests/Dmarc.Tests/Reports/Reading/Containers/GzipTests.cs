using System.Text;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Gzip files with whatever may be wrong about them (RFC 1952).</summary>
public class GzipTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(Xml(Record(), Record(ip: "192.0.2.7"), Record(ip: "192.0.2.8")));
    private static readonly byte[] Second = Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2.9")).Replace("id-1", "id-2", StringComparison.Ordinal));

    private static byte[] Gzip(byte[] content) => ContainerTests.Gzip(content);

    private static byte[] Changed(byte[] content, Action<byte[]> change)
    {
        change(content);
        return content;
    }

    [Theory]
    [InlineData("check sum", -8, "checksum (CRC-32) is wrong")]
    [InlineData("length", -4, "its length is not")]
    [InlineData("both", -6, "wrong, and its length")]
    public void All_that_inflates_is_read_whatever_the_trailer_says(string what, int at, string told)
    {
        byte[] packed = Changed(Gzip(Report), bytes =>
        {
            bytes[^-at] ^= 0x55;
            if (what == "both")
            {
                bytes[^3] ^= 0x55;
            }
        });
        ReadResult result = ReadResult.OfBytes(packed);

        Assert.Equal(3, result.Rows.Count);
        Assert.Empty(result.Problems);
        Finding finding = Assert.Single(result.Findings, finding => finding.Code == "ReportCompressionDamaged");
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains(told.Split('.')[0], finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_breaks_off_anywhere_is_told()
    {
        byte[] packed = Gzip(Report);
        for (int length = 0; length < packed.Length; length++)
        {
            ReadResult result = ReadResult.OfBytes(packed[..length]);

            Assert.True(result.Problems.Count > 0 || (result.Rows.Count > 0 && result.Codes.Contains("ReportCompressionDamaged")), $"{length}: {result.Rows.Count}");
            Assert.True(result.Rows.Count < 3 || length > packed.Length - 60, $"{length}");
            Assert.All(result.Problems, problem => Assert.DoesNotContain("unsupported", problem.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, false)]
    [InlineData(new byte[] { 13, 10 }, false)]
    [InlineData(new byte[] { 1, 2, 3 }, true)]
    [InlineData(new byte[] { 0x1F, 0x8B }, true)]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0 }, true)]
    public void What_stands_behind_the_data_is_told_unless_it_is_padding(byte[] behind, bool isTold)
    {
        ReadResult result = ReadResult.OfBytes([.. Gzip(Report), .. behind]);

        Assert.Equal(3, result.Rows.Count);
        Assert.Empty(result.Problems);
        Assert.Equal(isTold, result.Codes.Contains("ReportCompressionDamaged"));
    }

    [Fact]
    public void Members_are_read_one_after_the_other_past_a_broken_one()
    {
        byte[] broken = Changed(Gzip(Report), bytes => bytes.AsSpan(bytes.Length / 2, 12).Fill(0xFF));

        Assert.Equal(4, ReadResult.OfBytes([.. Gzip(Report), .. Gzip(Second)]).Rows.Count);
        Assert.Equal(4, ReadResult.OfBytes([.. Gzip(Report), 0, 0, .. Gzip(Second)]).Rows.Count);
        ReadResult behind = ReadResult.OfBytes([.. broken, .. Gzip(Second)]);
        ReadResult between = ReadResult.OfBytes([.. Gzip(Second), .. broken, .. Gzip(Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2.10")).Replace("id-1", "id-3", StringComparison.Ordinal)))]);

        Assert.Contains(behind.Rows, row => row.SourceIP == "192.0.2.9");
        Assert.Contains("ReportCompressionDamaged", behind.Codes);
        Assert.Contains(between.Rows, row => row.SourceIP == "192.0.2.9");
        Assert.Contains(between.Rows, row => row.SourceIP == "192.0.2.10");
    }

    [Fact]
    public void A_member_follows_a_trailer_that_lost_a_byte()
    {
        byte[] first = Gzip(Report);
        for (int lost = 1; lost <= 8; lost++)
        {
            ReadResult result = ReadResult.OfBytes([.. first[..^lost], .. first[^(lost - 1)..], .. Gzip(Second)]);

            Assert.Equal(4, result.Rows.Count);
            Assert.Contains("ReportCompressionDamaged", result.Codes);
        }
    }

    [Fact]
    public void Fields_of_the_header_are_passed_over()
    {
        byte[] packed = Gzip(Report);
        byte[] header = [0x1F, 0x8B, 8, 0x1F, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0, 7, 7];

        Assert.Equal(3, ReadResult.OfBytes([.. header, .. packed[10..]]).Rows.Count);
        for (int length = 10; length < header.Length; length++)
        {
            Assert.NotEmpty(ReadResult.OfBytes(header[..length]).Problems);
        }

        Assert.NotEmpty(ReadResult.OfBytes([0x1F, 0x8B, 7, .. packed[3..]]).Problems);
        Assert.Equal(3, ReadResult.OfBytes([0x1F, 0x8B, 7, 9, .. packed]).Rows.Count);
    }

    [Fact]
    public void Something_before_the_data_is_told()
    {
        ReadResult result = ReadResult.OfBytes([3, 1, 4, 1, 5, .. Gzip(Report)]);

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains("ReportCompressionDamaged", result.Codes);
    }

    [Fact]
    public void Damage_is_told_of_mail_and_archives_inside_too()
    {
        byte[] zip = ContainerTests.Zip(("a.xml", Report));
        byte[] packed = Changed(Gzip(zip), bytes => bytes[^8] ^= 1);
        ReadResult result = ReadResult.OfBytes(packed);

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains("ReportCompressionDamaged", result.Codes);
    }
}
