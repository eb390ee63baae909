using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Mail;

/// <summary>Reads the MIME tree of a message, including attached messages, under one set of limits.</summary>
internal sealed class MimeParser(MailReadOptions options, List<Finding> findings)
{
    private int _partCount;
    private bool _saidTooMany;

    /// <summary>Reads a part from its parsed header and its body.</summary>
    /// <param name="headers">The fields of the part.</param>
    /// <param name="body">The body.</param>
    /// <param name="position">The offset of the body in the input.</param>
    /// <param name="depth">The nesting depth of the part.</param>
    /// <param name="defaultType">The type if none is given.</param>
    public MimePart Parse(PrintableList<MailHeader> headers, ReadOnlyMemory<byte> body, int position, int depth, string defaultType)
    {
        _partCount++;
        ParameterizedValue contentType = ParameterizedValue.Parse(MimePart.Find(headers, "Content-Type")?.Value);
        string mediaType = NormalizeType(contentType.Value, defaultType);
        TransferEncoding encoding = ReadEncoding(headers, position);
        bool isMultipart = mediaType.StartsWith("multipart/", StringComparison.Ordinal);
        bool isMessage = mediaType is "message/rfc822" or "message/global";
        if ((isMultipart || isMessage) && depth >= options.MaximumDepth)
        {
            findings.Add(MailFindings.NestingTooDeep.CreateAt(position, options.MaximumDepth));
            isMultipart = isMessage = false;
        }

        if (isMultipart)
        {
            List<MimePart> parts = ParseMultipart(contentType, mediaType, body, position, depth, out int start, out int end);
            if (parts.Count > 0)
            {
                // The standard allows no encoding of a whole multipart (RFC 2045 §6.4).
                return new MimePart(headers, body, contentType, mediaType, TransferEncoding.Identity)
                {
                    Parts = parts.ToPrintableList(),
                    Surroundings = (body.Slice(0, start), body.Slice(end)),
                };
            }
        }

        return new MimePart(headers, body, contentType, mediaType, encoding)
        {
            Message = isMessage ? ParseMessage(body, encoding, position, depth) : null,
        };
    }

    private MailMessage ParseMessage(ReadOnlyMemory<byte> body, TransferEncoding encoding, int position, int depth)
    {
        ReadOnlyMemory<byte> bytes = body;
        if (encoding is TransferEncoding.Base64 or TransferEncoding.QuotedPrintable)
        {
            bytes = new MimePart([], body, ParameterizedValue.Parse(null), "", encoding).ReadContent();
            position = 0;
        }

        MailHeaderSection section = MailHeaderSection.Read(bytes, position, isMessage: true, options, findings);
        ReadOnlyMemory<byte> inner = bytes.Slice(section.BodyStart);
        MimePart root = Parse(section.Headers, inner, position + section.BodyStart, depth + 1, "text/plain");
        return new MailMessage(bytes, section, root);
    }

    private List<MimePart> ParseMultipart(
        ParameterizedValue contentType,
        string mediaType,
        ReadOnlyMemory<byte> body,
        int position,
        int depth,
        out int partsStart,
        out int partsEnd)
    {
        List<MimePart> parts = [];
        string? boundary = contentType.GetParameter("boundary")?.TrimEnd();
        List<(int Start, int End)> ranges = [];
        bool closed = false;
        if (string.IsNullOrEmpty(boundary))
        {
            findings.Add(MailFindings.BoundaryMissing.CreateAt(position, mediaType));
        }
        else
        {
            ranges = MultipartSplitter.Split(body.Span, Encoding.UTF8.GetBytes("--" + boundary), MaximumRanges, out closed);
            if (ranges.Count == 0)
            {
                findings.Add(MailFindings.BoundaryNotFound.CreateAt(position, boundary));
            }
        }

        if (ranges.Count == 0 && MultipartSplitter.GuessDelimiter(body.Span) is { } guess)
        {
            boundary = Encoding.UTF8.GetString(guess, 2, guess.Length - 2);
            ranges = MultipartSplitter.Split(body.Span, guess, MaximumRanges, out closed);
        }

        if (ranges.Count > 0 && !closed)
        {
            findings.Add(MailFindings.BoundaryUnclosed.CreateAt(position + body.Length, boundary));
        }

        partsStart = ranges.Count > 0 ? ranges[0].Start : 0;
        partsEnd = ranges.Count > 0 ? ranges[ranges.Count - 1].End : 0;
        string defaultType = mediaType == "multipart/digest" ? "message/rfc822" : "text/plain";
        foreach ((int start, int end) in ranges)
        {
            if (_partCount >= options.MaximumPartCount)
            {
                SayTooMany(position + start);
                break;
            }

            ReadOnlyMemory<byte> bytes = body.Slice(start, end - start);
            MailHeaderSection section = MailHeaderSection.Read(bytes, position + start, isMessage: false, options, findings);
            parts.Add(Parse(
                section.Headers,
                bytes.Slice(section.BodyStart),
                position + start + section.BodyStart,
                depth + 1,
                defaultType));
        }

        return parts;
    }

    private int MaximumRanges => options.MaximumPartCount + 1;

    private void SayTooMany(int position)
    {
        if (!_saidTooMany)
        {
            _saidTooMany = true;
            findings.Add(
                MailFindings.TooManyParts.CreateAt(
                    position, options.MaximumPartCount.ToString("N0", CultureInfo.InvariantCulture)));
        }
    }

    private TransferEncoding ReadEncoding(PrintableList<MailHeader> headers, int position)
    {
        string text = MimePart.Find(headers, "Content-Transfer-Encoding")?.Value ?? "";
        string name = ParameterizedValue.Parse(text).Value.Trim('"', ' ', '.').ToUpperInvariant();
        switch (name)
        {
            case "BASE64":
                return TransferEncoding.Base64;
            case "QUOTED-PRINTABLE":
                return TransferEncoding.QuotedPrintable;
            case "" or "7BIT" or "8BIT" or "BINARY" or "7-BIT" or "8-BIT":
                return TransferEncoding.Identity;
            default:
                findings.Add(MailFindings.TransferEncodingUnknown.CreateAt(position, text.Length > 60 ? text.Substring(0, 60) : text));
                return TransferEncoding.Unknown;
        }
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Media types are written in lower case.")]
    private static string NormalizeType(string value, string defaultType)
    {
        string type = value.Trim().ToLowerInvariant();
        return type.IndexOf('/') > 0 ? type : defaultType;
    }
}
