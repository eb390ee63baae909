namespace Dmarc.Text;

/// <summary>Compares bytes with ASCII words.</summary>
internal static class AsciiBytes
{
    public const byte Tab = 0x09;
    public const byte LineFeed = 0x0A;
    public const byte CarriageReturn = 0x0D;
    public const byte Space = 0x20;

    public static bool IsWhiteSpace(byte octet) => octet is Space or Tab;

    public static byte ToLower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    public static bool StartsWith(ReadOnlySpan<byte> bytes, string ascii)
    {
        if (bytes.Length < ascii.Length)
        {
            return false;
        }

        for (int i = 0; i < ascii.Length; i++)
        {
            if (bytes[i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }

    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, string ascii)
    {
        if (bytes.Length != ascii.Length)
        {
            return false;
        }

        for (int i = 0; i < ascii.Length; i++)
        {
            if (bytes[i] != ascii[i] && (ascii[i] > 0x7F || ToLower(bytes[i]) != ToLower((byte)ascii[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The length of the UTF-8 byte order mark at the start; 0 if there is none.</summary>
    public static int MarkLength(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;

    /// <summary>The value of a hexadecimal digit; -1 for other characters.</summary>
    public static int HexValue(int character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'A' and <= 'F' => character - 'A' + 10,
        >= 'a' and <= 'f' => character - 'a' + 10,
        _ => -1,
    };
}
