using Dmarc.Mail;

namespace Dmarc.Dkim;

/// <summary>A buffer of bytes that grows.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public int Length { get; set; }

    public byte[] Bytes => _bytes;

    public void Add(byte octet)
    {
        if (Length == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        _bytes[Length++] = octet;
    }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);
}

/// <summary>Brings header fields into canonical form (RFC 6376 §3.4.1, §3.4.2).</summary>
internal static class HeaderCanonicalizer
{
    /// <summary>Adds a field and the line end after it.</summary>
    public static void Append(ByteBuffer target, ReadOnlySpan<byte> field, DkimCanonicalization form)
    {
        AppendWithoutLineEnd(target, field, form);
        target.Add(AsciiBytes.CarriageReturn);
        target.Add(AsciiBytes.LineFeed);
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
    /// <param name="tag">The tag whose value goes; null where there is none.</param>
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
        byte previous = 0;
        foreach (byte octet in field)
        {
            if (octet == AsciiBytes.LineFeed && previous != AsciiBytes.CarriageReturn)
            {
                target.Add(AsciiBytes.CarriageReturn);
            }

            target.Add(octet);
            previous = octet;
        }
    }

    private static void AppendRelaxed(ByteBuffer target, ReadOnlySpan<byte> field)
    {
        int colon = field.IndexOf((byte)':');
        int nameEnd = Math.Max(colon, 0);
        while (nameEnd > 0 && AsciiBytes.IsWhiteSpace(field[nameEnd - 1]))
        {
            nameEnd--;
        }

        foreach (byte octet in field.Slice(0, nameEnd))
        {
            target.Add(AsciiBytes.ToLower(octet));
        }

        target.Add((byte)':');
        int valueStart = target.Length;
        bool space = false;
        for (int i = colon + 1; i < field.Length; i++)
        {
            byte octet = field[i];
            if (AsciiBytes.IsWhiteSpace(octet))
            {
                space = true;
            }
            else if (octet == AsciiBytes.LineFeed
                || (octet == AsciiBytes.CarriageReturn && i + 1 < field.Length && field[i + 1] == AsciiBytes.LineFeed))
            {
                continue;
            }
            else
            {
                if (space && target.Length > valueStart)
                {
                    target.Add(AsciiBytes.Space);
                }

                space = false;
                target.Add(octet);
            }
        }
    }
}
