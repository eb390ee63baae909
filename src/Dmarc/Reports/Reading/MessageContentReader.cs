using Dmarc.Mail;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads messages. Reports are found by content: media types and names are often wrong.</summary>
internal sealed class MessageContentReader(ReadingContext context, PackedTextContentReader packed) : IContentReader
{
    /// <inheritdoc/>
    public IEnumerable<ReportReadItem> Read(FoundContent found)
    {
        ReportSource source = found.Source;
        MailMessage? message = null;
        Exception? failure = null;
        try
        {
            using Stream stream = source.Open();
            message = MailMessage.Read(stream, context.MailOptions);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            failure = exception;
        }

        return message is null ? [Problem(source, failure!, ReportKind.Message)] : Read(source, message, found.Depth, found.IsRequired);
    }

    /// <summary>Reads the contents of a message.</summary>
    public IEnumerable<ReportReadItem> Read(ReportSource source, MailMessage message, int depth, bool required)
    {
        ContainerTally tally = new();
        long before = context.Rows;
        foreach (ReportReadItem item in ReadParts(source, message, depth))
        {
            tally.Add(item);
            yield return item;
        }

        // Content left out because of a limit was not moved by damage.
        ReportReadItem[] left = [.. LimitsOf(message).Select(limit => Problem(source, limit, ReportKind.Message, context.Rows - before))];
        foreach (ReportReadItem item in left.Length > 0 ? left : ReadStrayParts(source, message, depth))
        {
            tally.Add(item);
            yield return item;
        }

        if (tally.HasResults && message.Root.SelfAndDescendants().Any(IsClearSigned))
        {
            yield return Notice(source.Path, ReportFindings.SignatureNotChecked.Create());
        }

        if (tally.IsAccountedFor || context.Budget.IsExhausted)
        {
            yield break;
        }

        if (required || MessagePromise.IsReport(message))
        {
            string reason = message.Root.SelfAndDescendants().Any(part => part.MediaType == "multipart/encrypted")
                ? Strings.Reports_Reason_Encrypted
                : Strings.Reports_Reason_Message;
            yield return Problem(source, ReportErrorIds.Unreadable, reason, ReportKind.Message);
            yield break;
        }

        foreach (Finding finding in MessagePromise.Damage(message))
        {
            yield return Notice(source.Path, finding);
        }

        yield return Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, ReportKind.Message));
    }

    /// <summary>The contents of a message. Text for people causes no notice.</summary>
    private IEnumerable<ReportReadItem> ReadParts(ReportSource source, MailMessage message, int depth)
    {
        int number = 0;
        FailureReportFinder failures = FailureReportFinder.Find(message, context.Limits);
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

            if (context.Budget.IsExhausted)
            {
                yield break;
            }

            DerivedSource content = SourceOf(source, part, number);
            if (Piece(content, part) is { } piece)
            {
                yield return piece;
                continue;
            }

            if (failures.IsReport(part))
            {
                yield return context.Wants(ReportTypes.Failure)
                    ? new ReportReadItem(failures.Read(part, content.Path))
                    : OtherKind(content, ReportTypes.Failure);
                continue;
            }

            foreach (ReportReadItem item in ReadPart(content, part, depth))
            {
                yield return item;
            }
        }
    }

    private IEnumerable<ReportReadItem> ReadPart(DerivedSource content, MimePart part, int depth)
    {
        bool isText = part.MediaType.StartsWith("text/", StringComparison.Ordinal);
        IEnumerable<ReportReadItem> items = isText && HasPackedTextBehind(part)
            ? packed.Read(content, ReportKind.Uuencode, depth + 1, ExpectedContent.Anything)
            : context.Read(content, depth + 1, ReportNames.Expect(part.FileName, part.MediaType));
        foreach (ReportReadItem item in items)
        {
            if (!isText || item.Notice?.Finding.Code != ReportFindings.EntryIgnored.Code)
            {
                yield return item;
            }
        }
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
        foreach ((MimePart stray, bool isOutside) in StrayParts.Find(message.Root, context.MailOptions))
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
        source.PathOf(part.FileName.Length > 0 ? part.FileName : number.ToString(CultureInfo.InvariantCulture)),
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
        if (message.IsTruncated)
        {
            yield return new ReportLimitException(
                nameof(ReportReadLimits.MaxHeldBytes), context.Limits.MaxHeldBytes, Strings.Reports_Limit_Held);
        }

        if (message.Findings.Any(finding => finding.Code == MailFindings.TooManyParts.Code))
        {
            yield return new ReportLimitException(
                nameof(ReportReadLimits.MaxContainerEntries),
                context.Limits.MaxContainerEntries,
                Strings.Reports_Limit_Parts);
        }

        if (message.Findings.Any(finding => finding.Code == MailFindings.NestingTooDeep.Code))
        {
            yield return new ReportLimitException(
                nameof(ReportReadLimits.MaxMessageDepth),
                context.Limits.MaxMessageDepth,
                Strings.Reports_Limit_MessageDepth);
        }
    }

    /// <summary>A fragment of a split message (RFC 2046 §5.2.2); null for anything else.</summary>
    private static ReportReadItem? Piece(ReportSource content, MimePart part)
    {
        if (part.MediaType != "message/partial")
        {
            return null;
        }

        string number = part.ContentType.GetParameter("number") ?? "?";
        string total = part.ContentType.GetParameter("total") ?? "?";
        string reason = Sentences.Fill(Strings.Reports_Reason_Partial, number, total);
        return Problem(content, ReportErrorIds.Unreadable, reason, ReportKind.Message);
    }
}
