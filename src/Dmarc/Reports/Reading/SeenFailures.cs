using Dmarc.Reports.Failure;

namespace Dmarc.Reports.Reading;

/// <summary>
/// The failure reports that were seen. A report has no identifier of its own: one is known again by the Message-ID of the message that
/// carries it, with the source, the time and the Message-ID that it tells of, the check that failed and the signature, because a message
/// may carry several (RFC 9991 §3).
/// </summary>
internal sealed class SeenFailures
{
    /// <summary>How many reports of one message are compared one by one, where fields are missing.</summary>
    private const int MaximumCompared = 100;

    private readonly Dictionary<string, List<Known>> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<(string MessageId, string Report), Known> _reports = [];

    /// <summary>Whether a report is read for the first time.</summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">Where it is a duplicate: what to tell the user. Null otherwise.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice)
    {
        notice = null;
        if (report.ReportMessageId.Length == 0)
        {
            return true;
        }

        string[] fields = [report.SourceIP, report.WrittenArrivalDate.Text, report.MessageId, report.WrittenAuthFailure.Text, report.DkimDomain, report.DkimSelector];
        if (!_messages.TryGetValue(report.ReportMessageId, out List<Known>? others))
        {
            _messages[report.ReportMessageId] = others = [];
        }

        (string, string) key = (report.ReportMessageId, string.Join("\n", fields));
        if (!_reports.TryGetValue(key, out Known? known))
        {
            known = others.Take(MaximumCompared).FirstOrDefault(other => other.IsDamagedCopyOf(fields, report.Path));
            if (known is null)
            {
                others.Add(_reports[key] = new Known(fields, report.Path));
                return true;
            }

            bool isBetter = fields.Count(field => field.Length > 0) > known.Fields.Count(field => field.Length > 0);
            notice = new ReportNotice(report.Path, (isBetter ? ReportFindings.FailureOfDamaged : ReportFindings.Duplicate)
                .Create(report.Reporter?.Address ?? "", report.ReportMessageId, known.Path));
            return false;
        }

        // Two parts of one message are two reports, however alike they are.
        if (IsOtherPart(report.Path, known.Path) && known.OtherParts.Add(report.Path))
        {
            return true;
        }

        notice = new ReportNotice(report.Path, ReportFindings.Duplicate.Create(report.Reporter?.Address ?? "", report.ReportMessageId, known.Path));
        known.Copies.Add(Message(report.Path));
        return false;
    }

    private static bool IsOtherPart(string path, string known) => path != known && known.IndexOf('!') > 0 && Message(path) == Message(known);

    /// <summary>The message that a part stands in, by their path.</summary>
    private static string Message(string path) => path.Substring(0, Math.Max(0, path.LastIndexOf('!')));

    /// <summary>A report that was read.</summary>
    private sealed class Known(string[] fields, string path)
    {
        public string[] Fields => fields;

        public string Path => path;

        /// <summary>Reports of the same message with the same fields.</summary>
        public HashSet<string> OtherParts { get; } = new(StringComparer.Ordinal);

        /// <summary>The messages in which copies of it were found: each has one.</summary>
        public HashSet<string> Copies { get; } = new(StringComparer.Ordinal);

        /// <summary>True for the same report in another copy of the message, where one of the two lacks fields and they do not differ in any other.</summary>
        public bool IsDamagedCopyOf(string[] others, string otherPath)
        {
            if (Message(otherPath) == Message(path) && path.IndexOf('!') > 0)
            {
                return false;
            }

            bool isLess = false;
            bool isMore = false;
            for (int i = 0; i < fields.Length; i++)
            {
                if (fields[i] == others[i])
                {
                    continue;
                }

                if (fields[i].Length > 0 && others[i].Length > 0)
                {
                    return false;
                }

                isLess |= fields[i].Length == 0;
                isMore |= others[i].Length == 0;
            }

            return isLess != isMore && Copies.Add(Message(otherPath).Length > 0 ? Message(otherPath) : otherPath);
        }
    }
}
