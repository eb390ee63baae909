namespace Dmarc.Dns.Wire;

/// <summary>Domain names in wire format (RFC 1035 §3.1, §4.1.4) and in presentation format (§5.1).</summary>
internal static class WireName
{
    /// <summary>The maximum number of octets in a name, including the lengths of its labels and the root.</summary>
    public const int MaximumLength = 255;

    /// <summary>
    /// The maximum number of compression pointers in one name: a name has no more labels. Without a limit, a message of
    /// pointers to pointers would cost the square of its size.
    /// </summary>
    public const int MaximumPointers = 127;

    private const int MaximumLabelLength = 63;

    [ThreadStatic]
    private static char[]? _text;

    /// <summary>
    /// Converts presentation format to octets. <c>\X</c> is the character itself, <c>\DDD</c> the octet with that
    /// number; the final dot is optional; "." and the empty text are the root.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="destination">The destination: at least <see cref="MaximumLength"/> long.</param>
    /// <param name="length">The number of octets written.</param>
    /// <param name="error">Why the name cannot be encoded; empty if it can.</param>
    public static bool TryEncode(string text, Span<byte> destination, out int length, out string error)
    {
        length = 0;
        error = "";
        int labelStart = 0;
        int position = 1;
        int index = 0;
        if (text is "." or "")
        {
            destination[0] = 0;
            length = 1;
            return true;
        }

        while (index < text.Length)
        {
            if (text[index] == '.')
            {
                if (position == labelStart + 1)
                {
                    error = Sentences.Insert(Strings.Dns_NameNotValid, text);
                    return false;
                }

                destination[labelStart] = (byte)(position - labelStart - 1);
                labelStart = position++;
                index++;
            }
            else if (!TryReadOctet(text, ref index, out byte octet))
            {
                error = Sentences.Insert(Strings.Dns_NameNotValid, text);
                return false;
            }
            else if (position - labelStart > MaximumLabelLength || position >= MaximumLength - 1)
            {
                error = Sentences.Insert(Strings.Dns_NameTooLong, text);
                return false;
            }
            else
            {
                destination[position++] = octet;
            }

            if (position > MaximumLength)
            {
                error = Sentences.Insert(Strings.Dns_NameTooLong, text);
                return false;
            }
        }

        int last = position - labelStart - 1;
        destination[labelStart] = (byte)last;
        if (last > 0)
        {
            destination[position++] = 0;
        }

        length = position;
        return true;
    }

    /// <summary>
    /// Reads a name of a message into presentation format without the final dot; the root is the empty text. A pointer
    /// must lead to a place before the start of its own run of labels, so that no chain of pointers can loop.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="offset">Where the name begins; after it on return.</param>
    /// <param name="name">The name.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int offset, out string name)
    {
        // Every octet may become four characters; a stack buffer would be cleared for each name.
        Span<char> text = _text ??= new char[MaximumLength * 4];
        bool isName = TryRead(message, ref offset, text, out int written);
        name = isName ? text.Slice(0, written).ToString() : "";
        return isName;
    }

    /// <summary>Skips a name.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int offset) => TryRead(message, ref offset, default, out _);

    /// <param name="message">The whole message.</param>
    /// <param name="offset">Where the name begins; after it on return.</param>
    /// <param name="text">The destination; empty to skip the name.</param>
    /// <param name="written">The number of characters written.</param>
    private static bool TryRead(ReadOnlySpan<byte> message, ref int offset, Span<char> text, out int written)
    {
        written = 0;
        int octets = 1;
        int position = offset;
        int runStart = offset;
        int pointers = 0;
        while (position < message.Length)
        {
            int length = message[position];
            if (length == 0)
            {
                offset = pointers > 0 ? offset : position + 1;
                return true;
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (position + 1 >= message.Length)
                {
                    return false;
                }

                int target = ((length & 0x3F) << 8) | message[position + 1];
                offset = pointers > 0 ? offset : position + 2;
                if (target >= runStart || ++pointers > MaximumPointers)
                {
                    return false;
                }

                position = runStart = target;
                continue;
            }

            octets += length + 1;
            if (length > MaximumLabelLength || octets > MaximumLength || position + 1 + length > message.Length)
            {
                return false;
            }

            if (!text.IsEmpty)
            {
                if (written > 0)
                {
                    text[written++] = '.';
                }

                foreach (byte octet in message.Slice(position + 1, length))
                {
                    written += WriteOctet(octet, text.Slice(written));
                }
            }

            position += length + 1;
        }

        return false;
    }

    /// <summary>True if both contain the same octets, ignoring letter case (RFC 4343).</summary>
    public static bool EqualsIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right))
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        for (int index = 0; index < left.Length; index++)
        {
            if (AsciiBytes.ToLower(left[index]) != AsciiBytes.ToLower(right[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The canonical spelling of a name: lower case, no final dot, only necessary escapes.</summary>
    /// <param name="text">The name in presentation format.</param>
    /// <param name="canonical">The canonical spelling; empty for the root.</param>
    /// <param name="error">Why the name cannot be encoded; empty if it can.</param>
    public static bool TryGetCanonical(string text, out string canonical, out string error)
    {
        Span<byte> octets = stackalloc byte[MaximumLength + 1];
        canonical = "";
        if (!TryEncode(text, octets, out int length, out error))
        {
            return false;
        }

        for (int index = 0; index < length; index++)
        {
            octets[index] = AsciiBytes.ToLower(octets[index]);
        }

        int offset = 0;
        return TryRead(octets.Slice(0, length), ref offset, out canonical);
    }

    /// <summary>Where a name's parent begins; -1 for a name of one label. An escaped dot is part of a label.</summary>
    public static int ParentStart(string name, int start = 0)
    {
        for (int index = start; index < name.Length; index++)
        {
            if (name[index] == '\\')
            {
                index++;
            }
            else if (name[index] == '.')
            {
                return index + 1;
            }
        }

        return -1;
    }

    /// <summary>Reads one octet of presentation format, resolving escapes.</summary>
    public static bool TryReadOctet(string text, ref int index, out byte octet)
    {
        char character = text[index++];
        octet = (byte)character;
        if (character != '\\')
        {
            return character is > ' ' and < '\x7F';
        }

        if (index >= text.Length)
        {
            return false;
        }

        if (text[index] is < '0' or > '9')
        {
            octet = (byte)text[index];
            return text[index++] < '\x80';
        }

        if (index + 3 > text.Length
            || !int.TryParse(text.Substring(index, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            || value > byte.MaxValue)
        {
            return false;
        }

        octet = (byte)value;
        index += 3;
        return true;
    }

    private static int WriteOctet(byte octet, Span<char> text)
    {
        if (octet is (byte)'.' or (byte)'\\')
        {
            text[0] = '\\';
            text[1] = (char)octet;
            return 2;
        }

        if (octet is > 0x20 and < 0x7F)
        {
            text[0] = (char)octet;
            return 1;
        }

        text[0] = '\\';
        text[1] = (char)('0' + (octet / 100));
        text[2] = (char)('0' + (octet / 10 % 10));
        text[3] = (char)('0' + (octet % 10));
        return 4;
    }

}
