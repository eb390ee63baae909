namespace Dmarc.Dns.Zones;

/// <summary>The only writer of TXT records as zone file lines (RFC 1035 §5.1).</summary>
internal static class ZoneLine
{
    /// <summary>The maximum number of octets in a character-string (RFC 1035 §3.3).</summary>
    private const int MaximumString = 255;

    /// <summary>The line of a record.</summary>
    /// <param name="name">The owner name without the final dot, in presentation format.</param>
    /// <param name="timeToLive">The time to live; null to leave it out.</param>
    /// <param name="value">The text, split into character-strings of at most 255 octets.</param>
    public static string Write(string name, TimeSpan? timeToLive, string value)
    {
        StringBuilder line = new();
        AppendName(line, name);
        if (timeToLive is { } given)
        {
            line.Append(' ').Append(((long)given.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return line.Append(" IN TXT ").Append(Quote(value)).ToString();
    }

    /// <summary>A text as TXT data: in quotation marks, in character-strings of at most 255 octets.</summary>
    public static string Quote(string value)
    {
        StringBuilder line = new();
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        int start = 0;
        do
        {
            int length = Math.Min(MaximumString, bytes.Length - start);
            line.Append(start == 0 ? "\"" : " \"");
            for (int index = start; index < start + length; index++)
            {
                AppendEscaped(line, bytes[index]);
            }

            line.Append('"');
            start += length;
        }
        while (start < bytes.Length);
        return line.ToString();
    }

    /// <summary>Escapes characters that would end a name; a backslash already begins an escape.</summary>
    private static void AppendName(StringBuilder line, string name)
    {
        bool isEscaped = false;
        foreach (char character in name)
        {
            if (!isEscaped && "\"();@$ \t".IndexOf(character) >= 0)
            {
                line.Append('\\');
            }

            line.Append(character);
            isEscaped = character == '\\' && !isEscaped;
        }

        line.Append('.');
    }

    private static void AppendEscaped(StringBuilder line, byte octet)
    {
        if (octet is (byte)'"' or (byte)'\\')
        {
            line.Append('\\').Append((char)octet);
        }
        else if (octet is < 0x20 or > 0x7E)
        {
            line.Append('\\').Append(octet.ToString("D3", CultureInfo.InvariantCulture));
        }
        else
        {
            line.Append((char)octet);
        }
    }
}
