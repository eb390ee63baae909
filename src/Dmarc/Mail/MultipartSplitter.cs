namespace Dmarc.Mail;

/// <summary>Finds the parts between the delimiter lines of a multipart body (RFC 2046 §5.1.1).</summary>
internal static class MultipartSplitter
{
    private const int MaximumGuessLength = 200;
    private const int GuessedLines = 200;
    private const int MaximumGuesses = 5;
    private const int GuessWindow = 1024 * 1024;

    /// <summary>
    /// Finds the parts, each without the line end before the delimiter, which belongs to the delimiter. If the closing
    /// delimiter is missing, the last part ends with the body.
    /// </summary>
    /// <param name="body">The body of the multipart.</param>
    /// <param name="delimiter">Two hyphens and the boundary.</param>
    /// <param name="maximumCount">The maximum number of parts.</param>
    /// <param name="closed">True if the closing delimiter was found, or the search ended earlier.</param>
    public static List<(int Start, int End)> Split(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int maximumCount, out bool closed)
    {
        List<(int, int)> parts = [];
        int partStart = -1;
        int search = 0;
        closed = true;
        while (parts.Count < maximumCount)
        {
            int found = body.Slice(search).IndexOf(delimiter);
            if (found < 0)
            {
                if (partStart >= 0)
                {
                    parts.Add((partStart, body.Length));
                    closed = false;
                }

                break;
            }

            int start = search + found;
            search = start + delimiter.Length;
            if ((start > 0 && body[start - 1] != AsciiBytes.LineFeed) || !IsDelimiterLine(body, search, out int next, out bool closing))
            {
                continue;
            }

            if (partStart >= 0)
            {
                parts.Add((partStart, Math.Max(partStart, MailHeaderSection.TrimLineEnd(body.Slice(0, start)).Length)));
            }

            partStart = next;
            search = next;
            if (closing)
            {
                break;
            }
        }

        return parts;
    }

    /// <summary>
    /// Guesses the delimiter of a body with an unknown boundary: the first line that begins with two hyphens and is
    /// repeated; null if there is none.
    /// </summary>
    public static byte[]? GuessDelimiter(ReadOnlySpan<byte> body)
    {
        int position = 0;
        int guesses = 0;
        for (int lines = 0; position < body.Length && lines < GuessedLines; lines++)
        {
            int next = MailHeaderSection.NextLine(body, position);
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(body.Slice(position, next - position));
            while (line.Length > 0 && AsciiBytes.IsWhiteSpace(line[line.Length - 1]))
            {
                line = line.Slice(0, line.Length - 1);
            }

            if (line.Length is > 3 and < MaximumGuessLength && AsciiBytes.StartsWith(line, "--") && line.IndexOf(AsciiBytes.Space) < 0
                && guesses++ < MaximumGuesses
                && body.Slice(next, Math.Min(GuessWindow, body.Length - next)).IndexOf(line) >= 0)
            {
                return line.ToArray();
            }

            position = next;
        }

        return null;
    }

    private static bool IsDelimiterLine(ReadOnlySpan<byte> body, int position, out int next, out bool closing)
    {
        closing = position + 1 < body.Length && body[position] == (byte)'-' && body[position + 1] == (byte)'-';
        if (closing)
        {
            position += 2;
        }

        while (position < body.Length && AsciiBytes.IsWhiteSpace(body[position]))
        {
            position++;
        }

        if (position < body.Length && body[position] == AsciiBytes.CarriageReturn)
        {
            position++;
        }

        bool atEnd = position == body.Length;
        next = atEnd ? position : position + 1;
        return atEnd || body[position] == AsciiBytes.LineFeed;
    }
}
