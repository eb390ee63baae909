using System.IO.Compression;
using System.Text;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>An entry to be written, with whatever must be wrong about it.</summary>
internal sealed record MadeEntry(string Name, byte[] Content)
{
    public int Method { get; init; } = 8;

    public int Flags { get; init; }

    /// <summary>What the directory says instead of the truth.</summary>
    public uint? Sum { get; init; }

    public uint? Size { get; init; }

    public uint? CompressedSize { get; init; }

    /// <summary>What the header before the data says instead of the truth.</summary>
    public uint? LocalSize { get; init; }

    public uint? LocalCompressedSize { get; init; }

    public bool IsListed { get; init; } = true;

    public bool HasDescriptorSignature { get; init; } = true;

    /// <summary>Where the directory says that the header is, instead of where it is.</summary>
    public uint? Offset { get; init; }
}

/// <summary>Writes zip archives byte by byte, so that anything may be wrong in them.</summary>
internal static class ZipMaker
{
    public static byte[] Deflate(byte[] content)
    {
        MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    public static byte[] Make(params MadeEntry[] entries)
    {
        MemoryStream output = new();
        BinaryWriter writer = new(output);
        MemoryStream directory = new();
        BinaryWriter listing = new(directory);
        int listed = 0;
        foreach (MadeEntry entry in entries)
        {
            byte[] data = entry.Method == 8 ? Deflate(entry.Content) : entry.Content;
            byte[] name = Encoding.UTF8.GetBytes(entry.Name);
            uint sum = Sum(entry.Content);
            bool isBehind = (entry.Flags & 8) != 0;
            long offset = output.Position;
            writer.Write(0x04034B50u);
            Common(writer, entry, isBehind ? 0 : sum, isBehind ? 0 : entry.LocalCompressedSize ?? (uint)data.Length, isBehind ? 0 : entry.LocalSize ?? (uint)entry.Content.Length);
            writer.Write((ushort)name.Length);
            writer.Write((ushort)0);
            writer.Write(name);
            writer.Write(data);
            if (isBehind)
            {
                if (entry.HasDescriptorSignature)
                {
                    writer.Write(0x08074B50u);
                }

                writer.Write(sum);
                writer.Write((uint)data.Length);
                writer.Write((uint)entry.Content.Length);
            }

            if (entry.IsListed)
            {
                listed++;
                listing.Write(0x02014B50u);
                listing.Write((ushort)20);
                Common(listing, entry, entry.Sum ?? sum, entry.CompressedSize ?? (uint)data.Length, entry.Size ?? (uint)entry.Content.Length);
                listing.Write((ushort)name.Length);
                listing.Write(new byte[12]);
                listing.Write(entry.Offset ?? (uint)offset);
                listing.Write(name);
            }
        }

        uint start = (uint)output.Position;
        writer.Write(directory.ToArray());
        writer.Write(0x06054B50u);
        writer.Write(0u);
        writer.Write((ushort)listed);
        writer.Write((ushort)listed);
        writer.Write((uint)directory.Length);
        writer.Write(start);
        writer.Write((ushort)0);
        return output.ToArray();
    }

    /// <summary>The check sum, worked out bit by bit.</summary>
    public static uint Sum(byte[] content)
    {
        uint crc = uint.MaxValue;
        foreach (byte octet in content)
        {
            crc ^= octet;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static void Common(BinaryWriter writer, MadeEntry entry, uint sum, uint compressed, uint size)
    {
        writer.Write((ushort)20);
        writer.Write((ushort)entry.Flags);
        writer.Write((ushort)entry.Method);
        writer.Write(0u);
        writer.Write(sum);
        writer.Write(compressed);
        writer.Write(size);
    }
}
