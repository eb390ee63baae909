namespace Dmarc.Mail;

/// <summary>Encoded words (RFC 2047), which carry non-ASCII text in header fields.</summary>
internal static class EncodedWords
{
    /// <summary>
    /// Decodes the encoded words in a text. White space between two of them is dropped (RFC 2047 §6.2), and a character
    /// split across words of one character set is joined. Invalid words are unchanged.
    /// </summary>
    /// <param name="text">The unfolded value; null gives the empty text.</param>
    public static string Decode(string? text)
    {
        if (text is null || text.Length == 0 || text.IndexOf("=?", StringComparison.Ordinal) < 0)
        {
            return text ?? "";
        }

        StringBuilder result = new(text.Length);
        List<byte> pending = [];
        string? pendingCharset = null;
        int position = 0;
        for (int words = 0; position < text.Length && words < MailLimits.EncodedWords; words++)
        {
            int start = text.IndexOf("=?", position, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            Word? word = Word.TryRead(text, start);
            bool onlyBlanksBetween = pendingCharset is not null && IsBlank(text, position, start);
            if (word is null)
            {
                Flush();
                result.Append(text, position, start + 2 - position);
                position = start + 2;
                continue;
            }

            if (!onlyBlanksBetween)
            {
                Flush();
                result.Append(text, position, start - position);
            }
            else if (!string.Equals(pendingCharset, word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
            }

            pendingCharset = word.Charset;
            word.AppendTo(pending);
            position = word.End;
        }

        Flush();
        result.Append(text, position, text.Length - position);
        return result.ToString();

        void Flush()
        {
            if (pendingCharset is not null)
            {
                result.Append(Charsets.Decode(pendingCharset, pending.ToArray()));
                pending.Clear();
                pendingCharset = null;
            }
        }
    }

    /// <summary>
    /// Adds the bytes of a text in which a mark, if any, and two hexadecimal digits stand for a byte.
    /// </summary>
    public static void AppendEscaped(List<byte> target, string text, char? mark)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == mark
                && i + 2 < text.Length
                && AsciiBytes.HexValue(text[i + 1]) is >= 0 and int high
                && AsciiBytes.HexValue(text[i + 2]) is >= 0 and int low)
            {
                target.Add((byte)((high << 4) | low));
                i += 2;
            }
            else if (text[i] <= 0x7F)
            {
                target.Add((byte)text[i]);
            }
            else
            {
                int length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                target.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
        }
    }

    private static bool IsBlank(string text, int start, int end) =>
        text.AsSpan(start, end - start).Trim([' ', '\t', '\r', '\n']).IsEmpty;

    /// <summary>One encoded word: <c>=?charset*language?encoding?text?=</c>.</summary>
    private sealed record Word(string Charset, bool IsBase64, string Text, int End)
    {
        private const int MaximumCharsetLength = 60;
        private const int MaximumContentLength = 20_000;

        public static Word? TryRead(string text, int start)
        {
            int charsetEnd = text.IndexOf('?', start + 2);
            if (charsetEnd < 0 || charsetEnd == start + 2 || charsetEnd - start > MaximumCharsetLength || charsetEnd + 2 >= text.Length
                || text[charsetEnd + 2] != '?')
            {
                return null;
            }

            char encoding = text[charsetEnd + 1];
            int contentStart = charsetEnd + 3;
            int contentEnd = text.IndexOf(
                "?=",
                contentStart,
                Math.Min(MaximumContentLength, text.Length - contentStart),
                StringComparison.Ordinal);
            if (contentEnd < 0 || encoding is not ('B' or 'b' or 'Q' or 'q'))
            {
                return null;
            }

            string charset = text.Substring(start + 2, charsetEnd - start - 2);
            int language = charset.IndexOf('*');
            if (language >= 0)
            {
                // RFC 2231 §5: the language follows an asterisk.
                charset = charset.Substring(0, language);
            }

            return Charsets.TryGet(charset, out _)
                ? new Word(charset, encoding is 'B' or 'b', text.Substring(contentStart, contentEnd - contentStart), contentEnd + 2)
                : null;
        }

        public void AppendTo(List<byte> target)
        {
            if (!IsBase64)
            {
                AppendEscaped(target, Text.Replace('_', ' '), '=');
                return;
            }

            using Base64DecodingStream stream = new(Encoding.ASCII.GetBytes(Text));
            for (int octet = stream.ReadByte(); octet >= 0; octet = stream.ReadByte())
            {
                target.Add((byte)octet);
            }
        }
    }
}
