using System.Text;
using Dmarc.Reports;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Zip archives with whatever may be wrong about them: every entry gives its rows, or something says why not.</summary>
public class ZipTests
{
    private const int Encrypted = 1;
    private const int Described = 8;

    private static byte[] Report(int number) =>
        Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2." + number), Record(ip: "198.51.100." + number)).Replace("id-1", "id-" + number, StringComparison.Ordinal));

    private static MadeEntry Entry(int number, int method = 8, int flags = 0) => new($"r{number}.xml", Report(number)) { Method = method, Flags = flags };

    public static TheoryData<string> Oddities() => new(Odd.Keys);

    /// <summary>Three reports of two rows each, of which the second is odd; and what a warning says of it, if anything need be said.</summary>
    private static readonly Dictionary<string, (Func<byte[]> Make, string? Told)> Odd = new()
    {
        ["nothing odd"] = (() => ZipMaker.Make(Entry(1), Entry(2), Entry(3)), null),
        ["not compressed"] = (() => ZipMaker.Make(Entry(1), Entry(2, 0), Entry(3)), null),
        ["sizes behind the data"] = (() => ZipMaker.Make(Entry(1, 8, Described), Entry(2, 8, Described), Entry(3, 8, Described)), null),
        ["sizes behind the data, not compressed"] = (() => ZipMaker.Make(Entry(1, 0, Described), Entry(2, 0, Described), Entry(3, 0, Described)), null),
        ["sizes behind the data without a signature"] = (() => ZipMaker.Make(Entry(1), Entry(2, 0, Described) with { HasDescriptorSignature = false }, Entry(3)), null),
        ["wrong check sum"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { Sum = 1 }, Entry(3)), "checksum (CRC-32) is wrong"),
        ["wrong check sum, not compressed"] = (() => ZipMaker.Make(Entry(1), Entry(2, 0) with { Sum = 1 }, Entry(3)), "checksum (CRC-32) is wrong"),
        ["size too small"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { Size = 20 }, Entry(3)), "its length is not"),
        ["size too large"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { Size = 200_000 }, Entry(3)), "its length is not"),
        ["compressed size too small"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { CompressedSize = 20, LocalCompressedSize = 20 }, Entry(3)), null),
        ["compressed size too large"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { CompressedSize = 20_000 }, Entry(3)), null),
        ["size 0 with data behind it"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { CompressedSize = 0, Size = 0, LocalSize = 0, LocalCompressedSize = 0 }, Entry(3)), "length"),
        ["size 0 in the directory alone"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { CompressedSize = 0, Size = 0 }, Entry(3)), null),
        ["size 0, not compressed"] = (() => ZipMaker.Make(Entry(1), Entry(2, 0) with { CompressedSize = 0, Size = 0, LocalSize = 0, LocalCompressedSize = 0 }, Entry(3)), "length"),
        ["size too small, not compressed"] = (() => ZipMaker.Make(Entry(1), Entry(2, 0) with { CompressedSize = 30, LocalCompressedSize = 30 }, Entry(3)), null),
        ["not in the directory"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { IsListed = false }, Entry(3)), "not in its directory"),
        ["the first not in the directory"] = (() => ZipMaker.Make(Entry(1) with { IsListed = false }, Entry(2), Entry(3)), "not in its directory"),
        ["elsewhere than the directory says"] = (() => ZipMaker.Make(Entry(1), Entry(2) with { Offset = 7 }, Entry(3)), "not in its directory"),
        ["archives joined"] = (() => [.. ZipMaker.Make(Entry(1), Entry(2)), .. ZipMaker.Make(Entry(3))], "not in its directory"),
        ["something before"] = (() => [.. "junk before the archive\n"u8, .. ZipMaker.Make(Entry(1), Entry(2), Entry(3))], null),
        ["something behind"] = (() => [.. ZipMaker.Make(Entry(1), Entry(2), Entry(3)), .. new byte[100_000]], null),
        ["no directory"] = (() => [.. ZipMaker.Make(Entry(1), Entry(2), Entry(3), new("x", [])).TakeWhile((_, at) => at < Directory(ZipMaker.Make(Entry(1), Entry(2), Entry(3))))], "directory is missing"),
        ["cut in the directory"] = (() => ZipMaker.Make(Entry(1), Entry(2), Entry(3))[..^30], "directory is missing"),
        ["folders and empty names"] = (() => ZipMaker.Make(new("f/", []), Entry(1) with { Name = "f/../../a.xml" }, Entry(2) with { Name = "C:\\x\\b.xml" }, Entry(3)), null),
    };

    private static int Directory(byte[] archive) => archive.AsSpan().IndexOf("PK\u0001\u0002"u8);

    [Theory]
    [MemberData(nameof(Oddities))]
    public void All_rows_of_an_odd_archive_are_read(string oddity)
    {
        (Func<byte[]> make, string? told) = Odd[oddity];
        ReadResult result = ReadResult.OfBytes(make());

        Assert.Empty(result.Problems);
        Assert.Equal(6, result.Rows.Select(row => row.SourceIP).Distinct().Count());
        Assert.Equal(6, result.Rows.Count);
        string[] warnings = [.. result.Findings.Where(finding => finding.Severity == Severity.Warning).Select(finding => finding.Message)];
        if (told is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.Contains(warnings, warning => warning.Contains(told, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(8, Encrypted, "encrypted")]
    [InlineData(14, 0, "LZMA")]
    [InlineData(99, 0, "AES")]
    [InlineData(77, 0, "(77)")]
    public void An_entry_that_cannot_be_read_is_an_error_and_the_others_are_read(int method, int flags, string told)
    {
        ReadResult result = ReadResult.OfBytes(ZipMaker.Make(Entry(1), Entry(2, method, flags), Entry(3)));

        Assert.Equal(4, result.Rows.Count);
        Assert.Contains(told, result.Problem.Message, StringComparison.Ordinal);
        Assert.Equal("test!r2.xml", result.Problem.Path);
    }

    [Fact]
    public void An_archive_that_breaks_off_anywhere_is_told()
    {
        byte[] whole = ZipMaker.Make(Entry(1), Entry(2), Entry(3));
        for (int length = 0; length < whole.Length; length += 3)
        {
            ReadResult result = ReadResult.OfBytes(whole[..length]);

            Assert.True(result.Rows.Count == 0 ? result.Problems.Count > 0 : result.Findings.Any(finding => finding.Severity == Severity.Warning), $"{length}");
        }
    }

    [Fact]
    public void An_entry_whose_xml_breaks_off_before_its_first_record_is_an_error()
    {
        byte[] report = Report(2);
        int record = Encoding.UTF8.GetString(report).IndexOf("</record>", StringComparison.Ordinal);
        for (int length = 0; length < record; length += 5)
        {
            ReadResult result = ReadResult.OfBytes(ZipMaker.Make(Entry(1), new MadeEntry("r2.xml", report[..length])));

            Assert.Equal(2, result.Rows.Count(row => row.SourceIP == "192.0.2.1" || row.SourceIP == "198.51.100.1"));
            Assert.True(result.Problems.Any(problem => problem.Path == "test!r2.xml") || result.Rows.Count > 2, $"{length}");
        }
    }

    [Fact]
    public void Signatures_inside_an_entry_that_is_not_compressed_are_not_entries()
    {
        byte[] inner = ZipMaker.Make(Entry(2), Entry(3));
        ReadResult result = ReadResult.OfBytes(ZipMaker.Make(Entry(1), new MadeEntry("inner.zip", inner) { Method = 0 }));

        Assert.Equal(6, result.Rows.Count);
        Assert.Empty(result.Problems);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Warning);
    }

    [Fact]
    public void The_number_of_entries_is_bounded_with_one_error()
    {
        byte[] archive = ZipMaker.Make([.. Enumerable.Range(1, 5).Select(number => Entry(number))]);
        ReadResult at = ReadResult.OfBytes(archive, ReportReadLimits.Default with { MaxContainerEntries = 5 });
        ReadResult beyond = ReadResult.OfBytes(archive, ReportReadLimits.Default with { MaxContainerEntries = 4 });

        Assert.Equal(10, at.Rows.Count);
        Assert.Empty(at.Problems);
        Assert.Equal(ReportErrorIds.LimitExceeded, beyond.Problem.ErrorId);
        Assert.Contains("MaxContainerEntries", beyond.Problem.Message, StringComparison.Ordinal);

        // A directory that says it has fewer than it has.
        archive[^12] = archive[^14] = 1;
        Assert.Equal(ReportErrorIds.LimitExceeded, ReadResult.OfBytes(archive, ReportReadLimits.Default with { MaxContainerEntries = 4 }).Problem.ErrorId);
    }

    [Fact]
    public void Entries_in_zip64_are_counted_before_the_directory_is_read()
    {
        byte[] end = new byte[98];
        BitConverter.TryWriteBytes(end, 0x06064B50u);
        BitConverter.TryWriteBytes(end.AsSpan(32), 5_000_000L);
        BitConverter.TryWriteBytes(end.AsSpan(40), 230_000_000L);
        BitConverter.TryWriteBytes(end.AsSpan(56), 0x07064B50u);
        BitConverter.TryWriteBytes(end.AsSpan(76), 0x06054B50u);
        end.AsSpan(84, 12).Fill(0xFF);
        byte[] archive = ZipMaker.Make(Entry(1));
        int directory = Directory(archive);
        BitConverter.TryWriteBytes(end.AsSpan(40), (long)(archive.Length - 22 - directory));
        BitConverter.TryWriteBytes(end.AsSpan(48), (long)directory);
        BitConverter.TryWriteBytes(end.AsSpan(64), (long)(archive.Length - 22));
        byte[] large = [.. archive[..^22], .. end];
        ReadResult refused = ReadResult.OfBytes(large);

        Assert.Equal(ReportErrorIds.LimitExceeded, refused.Problem.ErrorId);
        BitConverter.TryWriteBytes(large.AsSpan(archive.Length - 22 + 32), 1L);
        Assert.Equal(2, ReadResult.OfBytes(large).Rows.Count);
    }

    [Fact]
    public void Entries_that_share_their_data_are_held_to_the_ratio_together()
    {
        // Each entry alone is below the ratio; a hundred that share it are not.
        byte[] content = [.. Encoding.UTF8.GetBytes("<a>"), .. new byte[1 << 20]];
        MadeEntry shared = new("a.xml", content) { Offset = 0 };
        byte[] archive = ZipMaker.Make([shared, .. Enumerable.Range(0, 100).Select(number => shared with { Name = number + ".xml", Content = content, Offset = 0 })]);
        byte[] one = ZipMaker.Make(shared);
        ReadResult alone = ReadResult.OfBytes(one);

        // Only the directory is repeated, not the data.
        int data = Directory(one);
        byte[] listing = archive[Directory(archive)..];
        BitConverter.TryWriteBytes(listing.AsSpan(listing.Length - 6), (uint)data);
        ReadResult together = ReadResult.OfBytes([.. one[..data], .. listing]);

        Assert.DoesNotContain(alone.Problems, problem => problem.ErrorId == ReportErrorIds.LimitExceeded);
        Assert.Contains("MaxCompressionRatio", Assert.Single(together.Problems, problem => problem.ErrorId == ReportErrorIds.LimitExceeded).Message, StringComparison.Ordinal);
        Assert.True(together.Problems.Count < 100);
    }

    [Fact]
    public void A_file_that_is_refused_is_told_once()
    {
        byte[] archive = ZipMaker.Make([.. Enumerable.Range(1, 20).Select(number => Entry(number))]);
        ReadResult result = ReadResult.OfBytes(archive, ReportReadLimits.Default with { MaxDecompressedBytes = 5000 });

        Assert.Contains("MaxDecompressedBytes", result.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UEsDBA==")]
    [InlineData("UEsDBAo=")]
    [InlineData("UEsFBg==")]
    [InlineData("UEsHCA==")]
    [InlineData("H4s=")]
    [InlineData("H4sI")]
    public void Containers_of_a_few_bytes_are_errors_wherever_they_stand(string base64)
    {
        byte[] content = Convert.FromBase64String(base64);
        byte[] mail = Encoding.ASCII.GetBytes("From: a@b.test\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64 + "\r\n");

        foreach (byte[] input in new[] { content, ContainerTests.Gzip(content), mail, ContainerTests.Zip(("a.zip", content)) })
        {
            ReadResult result = ReadResult.OfBytes(input);
            Assert.NotEmpty(result.Problems);
            Assert.All(result.Problems, problem => Assert.NotEqual(ReportErrorIds.Unexpected, problem.ErrorId));
        }
    }

    /// <summary>Deflate64 has a window twice as large and matches of up to 65,538 bytes; Windows packs large archives with it.</summary>
    [Fact]
    public void Deflate64_is_read()
    {
        string record = Record(ip: "192.0.2.9");
        string before = Wrap(record);
        string head = before.Substring(0, before.IndexOf("</feedback>", StringComparison.Ordinal));
        const int Blanks = 60_000;
        int distance = Blanks + record.Length;
        BitWriter bits = new();
        bits.Write(0b011, 3);
        foreach (char character in head + " ")
        {
            bits.WriteCode(0x30 + character, 8);
        }

        // Length 285 has 16 more bits, distance 31 has 14.
        bits.WriteCode(0xC0 + 285 - 280, 8).Write(Blanks - 1 - 3, 16).WriteCode(0, 5);
        bits.WriteCode(0xC0 + 285 - 280, 8).Write(record.Length - 3, 16).WriteCode(31, 5).Write(distance - 49_153, 14);
        foreach (char character in "</feedback>")
        {
            bits.WriteCode(0x30 + character, 8);
        }

        byte[] packed = bits.WriteCode(0, 7).ToArray();
        byte[] content = Encoding.UTF8.GetBytes(head + new string(' ', Blanks) + record + "</feedback>");
        MadeEntry entry = new("r.xml", packed) { Method = 9, Sum = ZipMaker.Sum(content), Size = (uint)content.Length };

        ReadResult result = ReadResult.OfBytes(ZipMaker.Make(entry));

        Assert.Empty(result.Problems);
        Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Warning);
        Assert.Equal(["192.0.2.9", "192.0.2.9"], result.Rows.Select(row => row.SourceIP));
    }

    [Fact]
    public void Growth_is_linear_however_often_data_is_shared()
    {
        // Every entry points at the same uncompressed data, which no record ends.
        MadeEntry shared = new("a.xml", new byte[20_000]) { Method = 0, CompressedSize = 0, Size = 0, LocalSize = 0, LocalCompressedSize = 0, Offset = 0 };
        ReadResult result = ReadResult.OfBytes(ZipMaker.Make([.. Enumerable.Repeat(shared, 300)]));

        Assert.NotEmpty(result.Problems);
    }

    /// <summary>Writes bits as deflate has them: numbers from their lowest bit, codes from their highest.</summary>
    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private int _count;

        public BitWriter Write(int value, int length)
        {
            for (int bit = 0; bit < length; bit++)
            {
                Add((value >> bit) & 1);
            }

            return this;
        }

        public BitWriter WriteCode(int code, int length)
        {
            for (int bit = length - 1; bit >= 0; bit--)
            {
                Add((code >> bit) & 1);
            }

            return this;
        }

        public byte[] ToArray() => [.. _bytes];

        private void Add(int bit)
        {
            if (_count++ % 8 == 0)
            {
                _bytes.Add(0);
            }

            _bytes[^1] |= (byte)(bit << ((_count - 1) % 8));
        }
    }
}
