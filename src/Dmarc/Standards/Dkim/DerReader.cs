namespace Dmarc.Standards.Dkim;

/// <summary>Reads DER values, because .NET Standard 2.0 has no reader.</summary>
internal static class DerReader
{
    /// <summary>Removes an element of a kind from the front.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, byte kind, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (source.Length < 2 || source[0] != kind)
        {
            return false;
        }

        int header = 2;
        int length = source[1];
        if (length >= 0x80)
        {
            int count = length & 0x7F;
            if (count is 0 or > 3 || source.Length < 2 + count)
            {
                return false;
            }

            length = 0;
            for (int i = 0; i < count; i++)
            {
                length = (length << 8) | source[2 + i];
            }

            header += count;
        }

        if (length > source.Length - header)
        {
            return false;
        }

        content = source.Slice(header, length);
        source = source.Slice(header + length);
        return true;
    }
}
