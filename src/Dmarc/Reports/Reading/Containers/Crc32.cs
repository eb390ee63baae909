namespace Dmarc.Reports.Reading.Containers;

/// <summary>The check sum of gzip and zip (RFC 1952 §8).</summary>
internal struct Crc32
{
    private static readonly uint[] Table = MakeTable();

    private uint _state;

    /// <summary>The check sum so far.</summary>
    public readonly uint Value => _state;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        Crc32 sum = default;
        sum.Add(bytes);
        return sum.Value;
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~_state;
        uint[] table = Table;
        while (bytes.Length >= 8)
        {
            uint low = crc ^ (bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16) | ((uint)bytes[3] << 24));
            crc = table[0x700 + (low & 0xFF)] ^ table[0x600 + ((low >> 8) & 0xFF)]
                ^ table[0x500 + ((low >> 16) & 0xFF)] ^ table[0x400 + (low >> 24)]
                ^ table[0x300 + bytes[4]] ^ table[0x200 + bytes[5]] ^ table[0x100 + bytes[6]] ^ table[bytes[7]];
            bytes = bytes.Slice(8);
        }

        foreach (byte octet in bytes)
        {
            crc = (crc >> 8) ^ table[(crc ^ octet) & 0xFF];
        }

        _state = ~crc;
    }

    /// <summary>Eight tables, to process eight bytes per step.</summary>
    private static uint[] MakeTable()
    {
        uint[] table = new uint[8 * 256];
        for (uint index = 0; index < 256; index++)
        {
            uint value = index;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }

            table[index] = value;
        }

        for (int index = 256; index < table.Length; index++)
        {
            uint value = table[index - 256];
            table[index] = (value >> 8) ^ table[value & 0xFF];
        }

        return table;
    }
}
