using Dmarc.Text;

namespace Dmarc.Mail;

/// <summary>
/// Finds parts and whole messages in wrong places: in the text of another part, before the first delimiter or after the
/// last. A damaged delimiter, boundary parameter or line between messages causes this.
/// </summary>
internal static class StrayParts
{
    private static readonly string[] Names = ["Content-Type:", "Content-Transfer-Encoding:", "Content-Disposition:"];

    /// <summary>The parts, from the first to the last, and whether each stands outside of all parts: before the first delimiter or behind the last.</summary>
    /// <param name="root">The tree in which to look.</param>
    /// <param name="options">The limits.</param>
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
                    if (count < MailLimits.StrayParts && FindIn(text, options) is { } found)
                    {
                        count++;
                        yield return (found, part.IsMultipart);
                        open.Enqueue(found);
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

        return part.Message is not null ? [] : [part.RawContent];
    }

    private static MimePart? FindIn(ReadOnlyMemory<byte> text, MailReadOptions options)
    {
        int start = FindFields(text.Span);
        if (start < 0)
        {
            return null;
        }

        List<Finding> findings = [];
        ReadOnlyMemory<byte> bytes = text.Slice(start);
        MailHeaderSection section = MailHeaderSection.Read(bytes, start, isMessage: false, options, findings);

        // Where nothing follows, the fields still say what was lost.
        int body = Math.Min(section.BodyStart, bytes.Length);
        return new MimeParser(options, findings).Parse(section.Headers, bytes.Slice(body), start + body, 0, "text/plain");
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
