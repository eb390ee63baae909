using Dmarc.Mail;
using Dmarc.Text;

namespace Dmarc.Standards.Dkim;

/// <summary>A buffer of bytes that grows.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; set; }

    /// <summary>The bytes; those after <see cref="Length"/> mean nothing.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Makes room for so many more bytes, to be written into <see cref="Bytes"/> from <see cref="Length"/> on.</summary>
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

/// <summary>Brings header fields into canonical form (RFC 6376 §3.4.1, §3.4.2).</summary>
internal static class HeaderCanonicalizer
{
    /// <summary>Adds a field and the line end after it.</summary>
    public static void Append(ByteBuffer target, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        AppendWithoutLineEnd(target, field, form);
        target.AddLineEnd();
    }

    /// <summary>Adds a field without the line end after it, as the signature's own field is taken (RFC 6376 §3.7).</summary>
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

    /// <summary>The field without the value of one of its tags, white space around that included.</summary>
    /// <param name="header">The field.</param>
    /// <param name="tag">The tag whose value goes; null if there is none.</param>
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
        byte[] result = new byte[raw.Length - (end - start)];
        raw.Slice(0, start).CopyTo(result);
        raw.Slice(end).CopyTo(result.AsSpan(start));
        return result;
    }

    /// <summary>The field as it is, with CRLF where a file has LF.</summary>
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

        // Nothing grows by this form but a name without a colon.
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
