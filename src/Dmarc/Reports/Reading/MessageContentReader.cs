using Dmarc.Mail;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads messages. Reports are found by content: media types and names are often wrong.</summary>
internal sealed class MessageContentReader(FileReading reading, PackedTextContentReader packed)
{
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        using Stream stream = found.Source.Open();
        return Read(found.Source, MailMessage.Read(stream, reading.MailOptions), found.Depth, found.IsRequired);
    }

    /// <summary>Reads the contents of a message.</summary>
    public IEnumerable<ReportReadItem> Read(ReportSource source, MailMessage message, int depth, bool required)
    {
        ContainerTally tally = default;
        foreach (ReportReadItem item in ReadAllParts(source, message, depth))
        {
            tally = tally.With(item);
            yield return item;
        }

        if (tally.HasResults && message.Root.SelfAndDescendants().Any(IsClearSigned))
        {
            yield return Notice(source.Path, ReportFindings.SignatureNotChecked.Create());
        }

        if (tally.IsAccountedFor || reading.Budget.IsExhausted)
        {
            yield break;
        }

        if (required || MessagePromise.IsReport(message))
        {
            bool isEncrypted = message.Root.SelfAndDescendants().Any(part => part.MediaType == "multipart/encrypted");
            string reason = isEncrypted ? Strings.Reports_Reason_Encrypted : Strings.Reports_Reason_Message;
            yield return Unreadable(source.Path, reason);
            yield break;
        }

        foreach (Finding finding in MessagePromise.Damage(message))
        {
            yield return Notice(source.Path, finding);
        }

        yield return Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Message));
    }

    private IEnumerable<ReportReadItem> ReadAllParts(ReportSource source, MailMessage message, int depth)
    {
        long before = reading.Rows;
        foreach (ReportReadItem item in ReadParts(source, message, depth))
        {
            yield return item;
        }

        // Content left out because of a limit was not moved by damage.
        ReportReadItem[] left =
            [.. LimitsOf(message).Select(limit => Problem(source.Path, limit, reading.Rows - before))];
        foreach (ReportReadItem item in left.Length > 0 ? left : ReadStrayParts(source, message, depth))
        {
            yield return item;
        }
    }

    /// <summary>The contents of a message. Text for people causes no notice.</summary>
    private IEnumerable<ReportReadItem> ReadParts(ReportSource source, MailMessage message, int depth)
    {
        int number = 0;
        FailureReportFinder failures = FailureReportFinder.Find(message, reading.Limits);
        foreach (MimePart part in message.Root.SelfAndDescendants())
        {
            number++;
            if (part.IsMultipart
                || part.Message is not null
                || failures.BelongsToReport(part)
                || IsDetachedSignature(part)
                || part.MediaType == "message/external-body")
            {
                continue;
            }

            if (reading.Budget.IsExhausted)
            {
                yield break;
            }

            DerivedSource content = SourceOf(source, part, number);
            foreach (ReportReadItem item in part.MediaType == "message/partial" ? [Piece(content, part)]
                : !failures.IsReport(part) ? ReadPart(content, part, depth)
                : reading.Wants(ReportTypes.Failure) ? [new ReportReadItem(failures.Read(part, content.Path))]
                : [OtherKind(content.Path, ReportTypes.Failure)])
            {
                yield return item;
            }
        }
    }

    private IEnumerable<ReportReadItem> ReadPart(DerivedSource content, MimePart part, int depth)
    {
        if (!part.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            return reading.Read(content, depth + 1, ReportNames.Expect(part.FileName, part.MediaType));
        }

        FoundContent text = new(content, ReportKind.Uuencode, [], depth + 1, ExpectedContent.Anything);
        IEnumerable<ReportReadItem> items = HasPackedTextBehind(part)
            ? reading.ReadGuarded(content, text.Kind, () => packed.Read(text))
            : reading.Read(content, depth + 1, ReportNames.Expect(part.FileName, part.MediaType));
        return items.Where(item => item.Notice?.Finding.Code != ReportFindings.EntryIgnored.Code);
    }

    /// <summary>True for text with a file that begins beyond the part that determines its kind.</summary>
    private static bool HasPackedTextBehind(MimePart part) =>
        part.RawContent.Length > ContentSniffer.HeadLength
        && ContentSniffer.Sniff(part.ReadContent(ContentSniffer.HeadLength)) == ReportKind.Unknown
        && PackedText.Sniff(part.ReadContent()) is not null;

    /// <summary>Reports in parts, or messages, that damage moved into others.</summary>
    private IEnumerable<ReportReadItem> ReadStrayParts(ReportSource source, MailMessage message, int depth)
    {
        int number = 0;
        foreach ((MimePart stray, bool isOutside) in StrayParts.Find(message.Root, reading.MailOptions))
        {
            string path = source.PathOf(string.Format(CultureInfo.InvariantCulture, Strings.Reports_StrayPart, number + 1));
            bool any = false;
            foreach (MimePart part in stray.SelfAndDescendants())
            {
                if (part.IsMultipart || part.Message is not null || IsDetachedSignature(part))
                {
                    continue;
                }

                foreach (ReportReadItem item in ReadPart(SourceOf(new DerivedSource(path, _ => Stream.Null), part, 1), part, depth))
                {
                    any |= item.IsOfReport;
                    yield return item;
                }
            }

            number += any || stray.Headers.Count > 0 ? 1 : 0;
            if (any || isOutside)
            {
                yield return Notice(path, any ? ReportFindings.MessageDamaged.Create() : ReportFindings.PartsMisplaced.Create());
            }
        }
    }

    private static DerivedSource SourceOf(ReportSource source, MimePart part, int number) => new(
        source.PathOf(part.FileName, number),
        _ => HasNoBase64(part) ? MimePart.Open(part.RawContent, TransferEncoding.Identity) : part.OpenContent());

    /// <summary>True for a base64 part that begins with bytes of a report or container, invalid in base64.</summary>
    private static bool HasNoBase64(MimePart part)
    {
        ReadOnlySpan<byte> start = part.RawContent.Span;
        while (!start.IsEmpty && start[0] is AsciiBytes.CarriageReturn or AsciiBytes.LineFeed or AsciiBytes.Space or AsciiBytes.Tab)
        {
            start = start.Slice(1);
        }

        return part.TransferEncoding == TransferEncoding.Base64
            && (start.StartsWith("<"u8) || start.StartsWith("{"u8) || start.StartsWith("\u001f"u8) || start.StartsWith("PK\u0003\u0004"u8));
    }

    /// <summary>A signature beside the signed content has no other content.</summary>
    private static bool IsDetachedSignature(MimePart part) =>
        part.MediaType is "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature"
        || part.FileName.EndsWith(".p7s", StringComparison.OrdinalIgnoreCase);

    /// <summary>S/MIME clear-signed: the signed content with the signature beside it (RFC 8551 §3.5.3).</summary>
    private static bool IsClearSigned(MimePart part) =>
        part.MediaType == "multipart/signed"
            && part.Parts.Any(inner =>
                inner.MediaType is "application/pkcs7-signature" or "application/x-pkcs7-signature");

    private IEnumerable<ReportLimitException> LimitsOf(MailMessage message)
    {
        ReportReadLimits limits = reading.Limits;
        if (message.IsTruncated)
        {
            yield return new ReportLimitException(
                nameof(limits.MaxHeldBytes), limits.MaxHeldBytes, Strings.Reports_Limit_Held);
        }

        if (message.Findings.Any(finding => finding.Code == MailFindings.TooManyParts.Code))
        {
            yield return new ReportLimitException(
                nameof(limits.MaxContainerEntries), limits.MaxContainerEntries, Strings.Reports_Limit_Parts);
        }

        if (message.Findings.Any(finding => finding.Code == MailFindings.NestingTooDeep.Code))
        {
            yield return new ReportLimitException(
                nameof(limits.MaxMessageDepth), limits.MaxMessageDepth, Strings.Reports_Limit_MessageDepth);
        }
    }

    /// <summary>A fragment of a split message (RFC 2046 §5.2.2).</summary>
    private static ReportReadItem Piece(ReportSource content, MimePart part) => Unreadable(
        content.Path,
        Sentences.Fill(
            Strings.Reports_Reason_Partial,
            part.ContentType.GetParameter("number") ?? "?",
            part.ContentType.GetParameter("total") ?? "?"));
}
