namespace Dmarc.Mail;

/// <summary>
/// Finds parts and whole messages in wrong places: in the text of another part, before the first delimiter or after the
/// last. A damaged delimiter, boundary parameter or line between messages causes this.
/// </summary>
internal static class StrayParts
{
    private static readonly string[] Names = ["Content-Type:", "Content-Transfer-Encoding:", "Content-Disposition:"];

    /// <summary>
    /// The parts in order, and whether each is outside all parts: before the first delimiter or after the last. Text
    /// there without fields is returned, too, as a part of unknown type.
    /// </summary>
    public static IEnumerable<(MimePart Part, bool IsOutside)> Find(MimePart root, MailReadOptions options)
    {
        Queue<MimePart> open = new();
        open.Enqueue(root);
        int count = 0;
        while (open.Count > 0 && count < MailLimits.StrayParts)
        {
            foreach (MimePart part in open.Dequeue().SelfAndDescendants())
            {
                foreach (ReadOnlyMemory<byte> text in TextsOf(part))
                {
                    int start = FindFields(text.Span);
                    if (count < MailLimits.StrayParts && (start >= 0 || (part.IsMultipart && !text.IsEmpty)))
                    {
                        MimePart found = Read(text.Slice(Math.Max(0, start)), start >= 0, options);
                        count++;
                        yield return (found, part.IsMultipart && start >= 0);
                        if (start >= 0)
                        {
                            open.Enqueue(found);
                        }
                    }
                }
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> TextsOf(MimePart part)
    {
        if (part.IsMultipart)
        {
            return [part.Surroundings.Before, part.Surroundings.After];
        }

        // Mail in a part is read as such, with its damage; a reference to an external file has fields of its own.
        // A fragment of a message is not read, and may contain what follows it in a mailbox.
        bool isRead = part.Message is not null || part.MediaType == "message/external-body"
            || (part.MediaType != "message/partial" && MailDetector.Detect(MailDetector.BeginningOf(part.RawContent.Span)) != MailFormat.None);
        return isRead ? [] : [part.RawContent];
    }

    private static MimePart Read(ReadOnlyMemory<byte> bytes, bool hasFields, MailReadOptions options)
    {
        List<Finding> findings = [];
        if (!hasFields)
        {
            return new MimeParser(options, findings).Parse([], bytes, 0, 0, "text/plain");
        }

        MailHeaderSection section = MailHeaderSection.Read(bytes, 0, isMessage: false, options, findings);

        // If nothing follows, the fields still show what was lost.
        int body = Math.Min(section.BodyStart, bytes.Length);
        return new MimeParser(options, findings).Parse(section.Headers, bytes.Slice(body), body, 0, "text/plain");
    }

    /// <summary>Where a group of fields begins that contains a field of a part; negative if there is none.</summary>
    private static int FindFields(ReadOnlySpan<byte> text)
    {
        int search = 0;
        while (search < text.Length)
        {
            int found = text.Slice(search).IndexOf("Content-"u8);
            if (found < 0)
            {
                return -1;
            }

            int at = search + found;
            search = at + "Content-".Length;
            if ((at == 0 || text[at - 1] == AsciiBytes.LineFeed) && BeginsWithName(text.Slice(at)))
            {
                return GroupStart(text, at);
            }
        }

        return -1;
    }

    private static bool BeginsWithName(ReadOnlySpan<byte> text)
    {
        foreach (string name in Names)
        {
            if (text.Length > name.Length && AsciiBytes.EqualsIgnoreCase(text.Slice(0, name.Length), name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first of the consecutive field lines that end with a given line.</summary>
    private static int GroupStart(ReadOnlySpan<byte> text, int at)
    {
        const int MaximumLines = 200;
        int start = at;

        // A continuation line is not part of a field whose beginning is missing.
        int first = at;
        for (int lines = 0; lines < MaximumLines && start > 0; lines++)
        {
            int previous = text.Slice(0, start - 1).LastIndexOf(AsciiBytes.LineFeed) + 1;
            ReadOnlySpan<byte> line = MailHeaderSection.TrimLineEnd(text.Slice(previous, start - previous));
            if (line.IsEmpty || (!AsciiBytes.IsWhiteSpace(line[0]) && !MailHeaderSection.TryReadName(line, out _, out _)))
            {
                break;
            }

            start = previous;
            first = AsciiBytes.IsWhiteSpace(line[0]) ? first : previous;
        }

        return first;
    }
}
