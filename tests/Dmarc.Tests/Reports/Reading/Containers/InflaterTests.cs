using System.IO.Compression;
using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Our reader of deflated data against the framework's.</summary>
public class InflaterTests
{
    private static byte[] Random(Random random, int length, int letters)
    {
        byte[] content = new byte[length];
        for (int index = 0; index < length; index++)
        {
            content[index] = index > 40 && random.Next(6) == 0 ? content[index - random.Next(1, 40)] : (byte)random.Next(letters);
        }

        return content;
    }

    private static byte[] Deflate(byte[] content, CompressionLevel level)
    {
        MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, level, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static byte[] Inflate(byte[] data, out InflateState state, out long used, int step = 5000)
    {
        BitInput input = new(new MemoryStream(data));
        using Inflater inflater = new(input);
        MemoryStream output = new();
        byte[] buffer = new byte[step];
        int read;
        while ((read = inflater.Read(buffer, 0, buffer.Length)) > 0)
        {
            output.Write(buffer, 0, read);
        }

        state = inflater.State;
        input.Align();
        used = input.Position;
        return output.ToArray();
    }

    public static TheoryData<int, int> Contents()
    {
        TheoryData<int, int> data = [];
        foreach (int length in new[] { 1, 2, 100, 4000, 32768, 65535, 65536, 200_000 })
        {
            foreach (int letters in new[] { 1, 2, 30, 256 })
            {
                data.Add(length, letters);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void Gives_what_was_put_in_and_tells_where_it_ends(int length, int letters)
    {
        byte[] content = Random(new Random((length * 31) + letters), length, letters);
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            byte[] data = Deflate(content, level);
            byte[] output = Inflate([.. data, 1, 2, 3, 4, 5, 6, 7, 8, 9], out InflateState state, out long used, (length / 7) + 1);

            Assert.Equal(InflateState.Done, state);
            Assert.True(content.AsSpan().SequenceEqual(output));
            Assert.Equal(data.Length, used);
        }
    }

    [Fact]
    public void Gives_the_beginning_of_data_that_breaks_off_anywhere()
    {
        byte[] content = Random(new Random(5), 3000, 60);
        foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal })
        {
            byte[] data = Deflate(content, level);
            int longest = 0;
            for (int length = 0; length < data.Length; length++)
            {
                byte[] output = Inflate(data[..length], out InflateState state, out _);

                Assert.Equal(InflateState.BrokenOff, state);
                Assert.True(content.AsSpan().StartsWith(output));
                Assert.True(output.Length >= longest);
                longest = output.Length;
            }
        }
    }

    [Fact]
    public void Gives_everything_before_damage()
    {
        Random random = new(6);
        byte[] content = Random(random, 3000, 60);
        byte[] data = Deflate(content, CompressionLevel.Optimal);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. data];
            int at = random.Next(data.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            byte[] before = Inflate(data[..at], out _, out _);
            byte[] output = Inflate(damaged, out InflateState state, out _);

            Assert.True(state > InflateState.Codes);
            Assert.True(output.AsSpan().StartsWith(before), $"{at}: {output.Length} of {before.Length}");
        }
    }

    [Theory]
    [InlineData(new byte[] { 7 }, "Damaged")] // block type 3
    [InlineData(new byte[] { 1, 1, 0, 0, 0 }, "Damaged")] // stored, complement wrong
    [InlineData(new byte[] { 3, 0 }, "Done")] // fixed, empty
    [InlineData(new byte[] { }, "BrokenOff")]
    [InlineData(new byte[] { 0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "Damaged")] // dynamic, impossible lengths
    [InlineData(new byte[] { 0x03, 0x02, 0, 0, 0 }, "Damaged")] // a match before anything was there
    public void Tells_how_it_ended(byte[] data, string expected)
    {
        Inflate(data, out InflateState state, out _);

        Assert.Equal(expected, state.ToString());
    }

    [Fact]
    public void Check_sum_of_the_standard()
    {
        Crc32 sum = default;
        sum.Add("1234"u8);
        sum.Add("56789"u8);

        Assert.Equal(0xCBF43926, sum.Value);
        Random random = new(3);
        for (int length = 0; length < 40; length++)
        {
            byte[] content = new byte[length];
            random.NextBytes(content);
            Crc32 other = default;
            other.Add(content);
            Assert.Equal(ZipMaker.Sum(content), other.Value);
        }
    }
}
