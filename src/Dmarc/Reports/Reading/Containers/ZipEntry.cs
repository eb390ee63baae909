namespace Dmarc.Reports.Reading.Containers;

/// <summary>An entry of a zip archive, from its directory or its own header.</summary>
internal sealed class ZipEntry(string name)
{
    private const int Encrypted = 1;
    private const int HasDescriptor = 8;
    private const int Deflate = 8;
    private const int Deflate64 = 9;

    /// <summary>The name, which is untrusted: never a path to write to.</summary>
    public string Name { get; } = name;

    /// <summary>The position of its header.</summary>
    public long HeaderOffset { get; set; }

    /// <summary>The position of its data.</summary>
    public long DataOffset { get; set; }

    /// <summary>The compression method.</summary>
    public int Method { get; init; }

    /// <summary>The flags.</summary>
    public int Flags { get; init; }

    /// <summary>The check sum of the content.</summary>
    public uint Sum { get; set; }

    /// <summary>True if the check sum and the size are known.</summary>
    public bool IsSummed { get; set; } = true;

    /// <summary>The declared size of the data in bytes.</summary>
    public long CompressedSize { get; set; }

    /// <summary>The declared size of the content in bytes.</summary>
    public long Size { get; set; }

    /// <summary>The actual end of its data; negative before it was read.</summary>
    public long FoundEnd { get; set; } = -1;

    /// <summary>The maximum amount of its content read so far, so that rereading does not count.</summary>
    public long Counted { get; set; }

    /// <summary>True for uncompressed data.</summary>
    public bool IsStored => Method == 0;

    /// <summary>True for the variant with a larger window.</summary>
    public bool IsDeflate64 => Method == Deflate64;

    /// <summary>True if sizes and check sum follow the data.</summary>
    public bool IsDescribedBehind => (Flags & HasDescriptor) != 0;

    /// <summary>True for a folder.</summary>
    public bool IsFolder => Size == 0 && CompressedSize == 0 && Name.Length > 0 && Name[Name.Length - 1] is '/' or '\\';

    /// <summary>Why the entry cannot be read, in words; null if it can.</summary>
    public string? Refusal => (Flags & Encrypted) != 0 ? Strings.Reports_Zip_Encrypted
        : Method is 0 or Deflate or Deflate64 ? null
        : string.Format(CultureInfo.InvariantCulture, Strings.Reports_Zip_Method, MethodName);

    private string MethodName => Method switch
    {
        1 => "shrink",
        >= 2 and <= 5 => "reduce",
        6 => "implode",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "xz",
        97 => "WavPack",
        98 => "PPMd",
        99 => "AES",
        _ => Method.ToString(CultureInfo.InvariantCulture),
    };
}
