using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Dmarc.Domains;

/// <summary>
/// The only reader of IP addresses. It accepts four decimal numbers and the forms of RFC 4291 §2.2, but not the other
/// forms that <see cref="IPAddress"/> reads: no short forms such as <c>127.1</c>, no octal or hexadecimal numbers, no
/// leading zeros, no scope, no brackets, no port.
/// </summary>
internal static class AddressText
{
    /// <summary>An address with dots: IPv6 as hexadecimal digits (RFC 7208 §7.3, RFC 3596 §2.5).</summary>
    public static string Dotted(AddressNumber address)
    {
        if (!address.IsIPv6)
        {
            return address.ToString();
        }

        string digits = Sentences.Insert("{0:X16}{1:X16}", address.High, address.Low);
        return string.Join(".", digits.ToCharArray());
    }

    /// <summary>Reads an address of either family; surrounding white space is ignored.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        string trimmed = text.Trim();
        address = TryReadIPv4(trimmed, 0, trimmed.Length, out uint ipv4) ? new AddressNumber(ipv4).ToIPAddress()
            : TryReadIPv6(trimmed, 0, trimmed.Length, out AddressNumber ipv6) ? ipv6.ToIPAddress()
            : null;
        return address is not null;
    }

    /// <summary>An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) as IPv4; any other address unchanged.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>True for an address of either family.</summary>
    public static bool IsAddress([NotNullWhen(true)] string? text) => text is not null && TryRead(text, out _);

    /// <summary>
    /// True for a text that other readers take for an IPv4 address and this one does not: a name whose last label is a
    /// decimal or hexadecimal number, such as <c>127.1</c>, <c>010.0.0.1</c> and <c>0x7f000001</c>. No host has such a
    /// name, but systems connect to the address they read from it.
    /// </summary>
    public static bool IsAmbiguous(string text)
    {
        string name = text.Trim().TrimEnd('.');
        string last = name.Substring(name.LastIndexOf('.') + 1);
        bool isHexadecimal = last.Length > 2 && last[0] == '0' && last[1] is 'x' or 'X';
        return last.Length > 0
            && (isHexadecimal ? last.Skip(2).All(Uri.IsHexDigit) : last.All(character => character is >= '0' and <= '9'))
            && !IsAddress(name);
    }

    /// <summary>Reads a canonical text from <see cref="IPAddress"/>, known to be an address.</summary>
    /// <exception cref="FormatException">The text is not an address.</exception>
    public static IPAddress Read(string text) => TryRead(text, out IPAddress? address) ? address : throw new FormatException(text);

    /// <summary>
    /// Reads the address of a local server; a link-local IPv6 address needs the interface after a percent sign (RFC
    /// 4007 §11): <c>fe80::1%eth0</c>.
    /// </summary>
    public static bool TryReadScoped(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        int percent = text.IndexOf('%');
        if (percent < 0)
        {
            return TryRead(text, out address);
        }

        address = null;
        return percent < text.Length - 1 && TryReadIPv6(text, 0, percent, out _) && IPAddress.TryParse(text, out address);
    }

    /// <summary>Reads four decimal numbers without leading zeros.</summary>
    public static bool TryReadIPv4(string text, int start, int end, out uint value)
    {
        value = 0;
        int index = start;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0 && (index >= end || text[index++] != '.'))
            {
                return false;
            }

            int first = index;
            uint number = 0;
            while (index < end && text[index] is >= '0' and <= '9' && index - first < 4)
            {
                number = (number * 10) + (uint)(text[index++] - '0');
            }

            int digits = index - first;
            if (digits is 0 or > 3 || number > 255 || (digits > 1 && text[first] == '0'))
            {
                return false;
            }

            value = (value << 8) | number;
        }

        return index == end;
    }

    /// <summary>Reads an address in the forms of RFC 4291 §2.2.</summary>
    public static bool TryReadIPv6(string text, int start, int end, out AddressNumber address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[8];
        int count = 0;
        int gap = -1;
        int index = start;
        if (end - start >= 2 && text[start] == ':' && text[start + 1] == ':')
        {
            gap = 0;
            index += 2;
        }

        while (index < end)
        {
            int groupEnd = index;
            while (groupEnd < end && text[groupEnd] != ':')
            {
                groupEnd++;
            }

            if (groupEnd == end && text.IndexOf('.', index, groupEnd - index) >= 0)
            {
                if (count > 6 || !TryReadIPv4(text, index, groupEnd, out uint ipv4))
                {
                    return false;
                }

                groups[count++] = (ushort)(ipv4 >> 16);
                groups[count++] = (ushort)ipv4;
                index = groupEnd;
                break;
            }

            if (count == 8 || !TryReadGroup(text, index, groupEnd, out groups[count]))
            {
                return false;
            }

            count++;
            index = groupEnd;
            if (index == end)
            {
                break;
            }

            index++;
            if (index < end && text[index] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                index++;
            }
            else if (index == end)
            {
                return false;
            }
        }

        if (gap < 0 ? count != 8 : count > 7)
        {
            return false;
        }

        ulong high = 0;
        ulong low = 0;
        int missing = 8 - count;
        for (int group = 0; group < 8; group++)
        {
            int from = gap < 0 || group < gap ? group : group < gap + missing ? -1 : group - missing;
            ulong value = from < 0 ? 0UL : groups[from];
            if (group < 4)
            {
                high = (high << 16) | value;
            }
            else
            {
                low = (low << 16) | value;
            }
        }

        address = new AddressNumber(high, low);
        return true;
    }

    /// <summary>Reads a prefix length: digits without a leading zero, up to the maximum.</summary>
    public static bool TryReadPrefixLength(string text, int start, int end, int greatest, out int value)
    {
        value = 0;
        if (end - start is < 1 or > 3 || (end - start > 1 && text[start] == '0'))
        {
            return false;
        }

        for (int index = start; index < end; index++)
        {
            if (text[index] is < '0' or > '9')
            {
                return false;
            }

            value = (value * 10) + (text[index] - '0');
        }

        return value <= greatest;
    }

    private static bool TryReadGroup(string text, int start, int end, out ushort value)
    {
        value = 0;
        if (end - start is < 1 or > 4)
        {
            return false;
        }

        for (int index = start; index < end; index++)
        {
            int digit = AsciiBytes.HexValue(text[index]);
            if (digit < 0)
            {
                return false;
            }

            value = (ushort)((value << 4) | digit);
        }

        return true;
    }
}
