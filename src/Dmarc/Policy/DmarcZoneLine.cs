using System.Globalization;
using System.Text;
using Dmarc.Domains;

namespace Dmarc.Policy;

/// <summary>Writes a TXT record as a line of a zone file (RFC 1035 §5.1).</summary>
internal static class DmarcZoneLine
{
    /// <summary>The most bytes of one character-string (RFC 1035 §3.3).</summary>
    private const int MaximumString = 255;

    public static string Write(DomainName name, TimeSpan? timeToLive, string value)
    {
        StringBuilder line = new();
        line.Append(name).Append('.');
        if (timeToLive is { } given)
        {
            line.Append(' ').Append(((long)given.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        line.Append(" IN TXT");
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        int start = 0;
        do
        {
            int length = Math.Min(MaximumString, bytes.Length - start);
            line.Append(" \"");
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
