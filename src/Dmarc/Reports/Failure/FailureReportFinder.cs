using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>
/// Finds the failure reports in a message and its attached messages: a machine-readable part, identified by its media
/// type or first field, with the message or header beside it; or a text that is a report.
/// </summary>
internal sealed class FailureReportFinder
{
    private const int HeadBytes = 2048;
    private const int TextHeadBytes = 4096;

    private static readonly FailureReportFinder Nothing = new(ReportReadLimits.Default);

    private readonly ReportReadLimits _limits;
    private readonly Dictionary<MimePart, Found> _reports = [];
    private readonly HashSet<MimePart> _claimed = [];

    private FailureReportFinder(ReportReadLimits limits) => _limits = limits;

    /// <summary>Searches a message.</summary>
    public static FailureReportFinder Find(MailMessage message, ReportReadLimits limits)
    {
        FailureReportFinder finder = new(limits);
        Stack<MailMessage> open = new();
        open.Push(message);
        while (open.Count > 0)
        {
            finder.Look(open.Pop(), open);
        }

        return finder._reports.Count == 0 ? Nothing : finder;
    }

    /// <summary>True for a part that is a report, or the only trace of one.</summary>
    public bool IsReport(MimePart part) => _reports.ContainsKey(part);

    /// <summary>True for a part of the reported message.</summary>
    public bool BelongsToReport(MimePart part) => _claimed.Contains(part);

    /// <summary>Reads the report in a part.</summary>
    /// <param name="part">A part for which <see cref="IsReport"/> is true.</param>
    /// <param name="path">The name of the report.</param>
    public FailureReport Read(MimePart part, string path)
    {
        Found found = _reports[part];
        MailMessage owner = found.Owner;
        FailureReport report = found.IsText
            ? TextReportParser.Parse(part.ReadText(_limits.MaxTextBytes), path) ?? TextReportParser.Bare(part.ReadText(TextHeadBytes))
            : FeedbackReportParser.Parse(part.ReadText(_limits.MaxTextBytes), _limits);
        return WithReporter(Complete(report, Original(found.Message, path) ?? report.OriginalMessage, path), owner);
    }

    /// <summary>Reads a report whose parts were found elsewhere, as in an Outlook message.</summary>
    /// <param name="fields">The machine-readable part.</param>
    /// <param name="original">The reported message; null if there is none.</param>
    /// <param name="owner">The message that contains the report.</param>
    /// <param name="path">The name of the report.</param>
    /// <param name="limits">The limits.</param>
    public static FailureReport Read(byte[] fields, MailMessage? original, MailMessage owner, string path, ReportReadLimits limits)
    {
        ReportedMessage? message = original is { Headers.Count: > 0 } ? new ReportedMessage(original, isHeaderOnly: false, path) : null;
        return WithReporter(Complete(FeedbackReportParser.Parse(Charsets.DecodeLenient(fields), limits), message, path), owner);
    }

    /// <summary>Completes a report from its message: its identifier and the From domain.</summary>
    /// <param name="report">The report.</param>
    /// <param name="message">The message; null if there is none.</param>
    /// <param name="path">The name of the report.</param>
    public static FailureReport Complete(FailureReport report, ReportedMessage? message, string path)
    {
        string from = message is { From.Count: > 0 } ? message.From[0].Domain : "";
        if (from.Length == 0)
        {
            from = report.AuthenticationResults
                .SelectMany(header => header.GetResults(AuthenticationMethod.Dmarc))
                .Select(result => result.GetProperty("header.from"))
                .FirstOrDefault(value => value is { Length: > 0 }) ?? "";
        }

        List<Finding> findings = [.. report.Findings];
        from = FeedbackReportParser.WithoutMarks(from, findings);
        if (message is null)
        {
            findings.Add(FailureReportFindings.NoMessage.Create());
        }

        FailureReport completed = report with
        {
            OriginalMessage = message,
            HeaderFrom = from,
            MessageId = report.MessageId.Length > 0 ? report.MessageId : message?.MessageId ?? "",
            Findings = findings.ToPrintableList(),
            Path = path,
        };
        if (message is not null)
        {
            message.SourceIP = completed.SourceIP;
            message.MailFrom = completed.OriginalMailFrom?.Address;
        }

        return completed;
    }

    private static FailureReport WithReporter(FailureReport report, MailMessage owner) => report with
    {
        Reporter = owner.From.Count > 0 ? owner.From[0] : null,
        ReportSubject = owner.Subject,
        ReportDate = owner.GetHeader("Date") is { } date ? FeedbackWords.Date(date.Value) : null,
        ReportMessageId = owner.GetHeader("Message-ID")?.Value ?? "",
    };

    private void Look(MailMessage message, Stack<MailMessage> open)
    {
        List<MimePart> leaves = Leaves(message.Root, []);
        int[] machine = [.. Enumerable.Range(0, leaves.Count).Where(index => IsFeedback(leaves[index]))];
        for (int i = 0; i < machine.Length; i++)
        {
            int next = i + 1 < machine.Length ? machine[i + 1] : leaves.Count;
            int previous = i > 0 ? machine[i - 1] + 1 : 0;
            MimePart? original = leaves.Skip(machine[i] + 1).Take(next - machine[i] - 1).FirstOrDefault(IsOriginal)
                ?? leaves.Skip(previous).Take(machine[i] - previous).FirstOrDefault(part => IsOriginal(part) && !_claimed.Contains(part));
            Claim(leaves[machine[i]], original, message, isText: false);
        }

        if (machine.Length == 0 && leaves.Find(IsText) is { } text && (IsTextReport(text) || IsFailureMail(message)))
        {
            Claim(text, leaves.Find(part => part != text && IsOriginal(part)), message, isText: true);
        }

        foreach (MimePart part in leaves)
        {
            if (part.Message is not null && !_claimed.Contains(part))
            {
                open.Push(part.Message);
            }
        }
    }

    private void Claim(MimePart report, MimePart? original, MailMessage owner, bool isText)
    {
        _reports[report] = new Found(owner, original, isText);
        foreach (MimePart part in original?.SelfAndDescendants() ?? [])
        {
            _claimed.Add(part);
        }
    }

    /// <summary>Adds the leaf parts of a part; an attached message counts as one.</summary>
    private static List<MimePart> Leaves(MimePart part, List<MimePart> leaves)
    {
        if (!part.IsMultipart)
        {
            leaves.Add(part);
        }

        foreach (MimePart inner in part.Parts)
        {
            Leaves(inner, leaves);
        }

        return leaves;
    }

    private static bool IsFeedback(MimePart part) =>
        part.MediaType == "message/feedback-report"
        || (part.Message is null && BeginsWithName(part)
            && ContentSniffer.HasFeedbackType(
                Encoding.UTF8.GetString(part.ReadContent(HeadBytes)).TrimStart('\uFEFF', ' ', '\t', '\r', '\n')));

    /// <summary>True if the content may begin with a field. Most parts are compressed, and need no more.</summary>
    private static bool BeginsWithName(MimePart part)
    {
        const int Few = 16;
        foreach (byte octet in part.ReadContent(Few))
        {
            if (octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z'))
            {
                return true;
            }

            // White space and a byte order mark may precede it.
            if (octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsOriginal(MimePart part) =>
        part.Message is not null
        || part.MediaType is "text/rfc822-headers" or "message/rfc822-headers" or "text/rfc822" or "message/partial"
        || (!part.MediaType.StartsWith("text/", StringComparison.Ordinal) && MailDetector.Detect(part.ReadContent(MailDetector.EnoughBytes)) == MailFormat.Message);

    private static bool IsText(MimePart part) => part.MediaType == "text/plain" && part.Message is null;

    private static bool IsTextReport(MimePart part)
    {
        string text = Encoding.UTF8.GetString(part.ReadContent(TextHeadBytes));
        return text.IndexOf("Sender IP Address", StringComparison.OrdinalIgnoreCase) >= 0 && TextReportParser.Parse(text, "") is not null;
    }

    /// <summary>True for a message whose type is a feedback report (RFC 5965 §2).</summary>
    private static bool IsFailureMail(MailMessage message) =>
        message.Root.MediaType == "multipart/report"
        && string.Equals(message.Root.ContentType.GetParameter("report-type"), "feedback-report", StringComparison.OrdinalIgnoreCase);

    private static ReportedMessage? Original(MimePart? part, string path)
    {
        if (part is null)
        {
            return null;
        }

        MailMessage message = part.Message ?? MailMessage.Parse(part.ReadContent());
        return message.Headers.Count == 0
            ? null
            : new ReportedMessage(message, part.MediaType is "text/rfc822-headers" or "message/rfc822-headers", path);
    }

    /// <summary>A report found.</summary>
    /// <param name="Owner">The message that contains it.</param>
    /// <param name="Message">The part with the reported message; null if there is none.</param>
    /// <param name="IsText">True for a report in text form.</param>
    private sealed record Found(MailMessage Owner, MimePart? Message, bool IsText);
}
