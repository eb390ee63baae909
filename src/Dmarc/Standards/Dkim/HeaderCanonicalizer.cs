using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>A growing buffer of bytes.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    /// <summary>The number of bytes written.</summary>
    public int Length { get; set; }

    /// <summary>The bytes; those from <see cref="Length"/> on are unused.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Makes room for this many more bytes in <see cref="Bytes"/>, from <see cref="Length"/> on.</summary>
    public byte[] Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes;
    }

    /// <summary>Adds a line end.</summary>
    public void AddLineEnd()
    {
        byte[] bytes = Reserve(2);
        bytes[Length++] = AsciiBytes.CarriageReturn;
        bytes[Length++] = AsciiBytes.LineFeed;
    }
}

/// <summary>Canonicalizes header fields (RFC 6376 §3.4.1, §3.4.2).</summary>
internal static class HeaderCanonicalizer
{
    /// <summary>Adds a field with its line end.</summary>
    public static void Append(ByteBuffer target, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        AppendWithoutLineEnd(target, field, form);
        target.AddLineEnd();
    }

    /// <summary>Adds a field without its line end, as for the signature's own field (RFC 6376 §3.7).</summary>
    public static void AppendWithoutLineEnd(ByteBuffer target, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        field = MailHeaderSection.TrimLineEnd(field);
        if (form == DkimCanonicalization.Simple)
        {
            AppendSimple(target, field);
        }
        else
        {
            AppendRelaxed(target, field);
        }
    }

    /// <summary>The field without the value of a tag and the white space around it.</summary>
    public static byte[] WithoutTagValue(MailHeader header, Tag? tag)
    {
        ReadOnlySpan<byte> raw = header.Raw.Span;
        if (tag is null)
        {
            return raw.ToArray();
        }

        int valueStart = header.Raw.Length - header.RawValue.Length;
        int start = valueStart + tag.ValuePosition;
        int end = valueStart + tag.ValueEnd;
        return [.. raw.Slice(0, start), .. raw.Slice(end)];
    }

    /// <summary>The field unchanged, except that LF becomes CRLF.</summary>
    private static void AppendSimple(ByteBuffer target, ReadOnlySpan<byte> field)
    {
        byte[] bytes = target.Reserve(2 * field.Length);
        int length = target.Length;
        byte previous = 0;
        foreach (byte octet in field)
        {
            if (octet == AsciiBytes.LineFeed && previous != AsciiBytes.CarriageReturn)
            {
                bytes[length++] = AsciiBytes.CarriageReturn;
            }

            bytes[length++] = octet;
            previous = octet;
        }

        target.Length = length;
    }

    private static void AppendRelaxed(ByteBuffer target, ReadOnlySpan<byte> field)
    {
        int colon = field.IndexOf((byte)':');
        int nameEnd = Math.Max(colon, 0);
        while (nameEnd > 0 && AsciiBytes.IsWhiteSpace(field[nameEnd - 1]))
        {
            nameEnd--;
        }

        // This form lengthens only a name without a colon.
        byte[] bytes = target.Reserve(field.Length + 1);
        int length = target.Length;
        foreach (byte octet in field.Slice(0, nameEnd))
        {
            bytes[length++] = AsciiBytes.ToLower(octet);
        }

        bytes[length++] = (byte)':';
        int valueStart = length;
        bool space = false;
        for (int i = colon + 1; i < field.Length; i++)
        {
            byte octet = field[i];
            if (AsciiBytes.IsWhiteSpace(octet))
            {
                space = true;
                continue;
            }

            if (octet == AsciiBytes.LineFeed
                || (octet == AsciiBytes.CarriageReturn && i + 1 < field.Length && field[i + 1] == AsciiBytes.LineFeed))
            {
                continue;
            }

            if (space && length > valueStart)
            {
                bytes[length++] = AsciiBytes.Space;
            }

            space = false;
            bytes[length++] = octet;
        }

        target.Length = length;
    }
}
