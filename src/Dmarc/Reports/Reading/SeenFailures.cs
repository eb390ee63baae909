using Dmarc.Reports.Failure;

namespace Dmarc.Reports.Reading;

/// <summary>
/// The failure reports read so far. A report has no identifier: it is recognised by the Message-ID of its message, with
/// the reported source, time and Message-ID, the failed check and the signature, because a message may contain several
/// (RFC 9991 §3).
/// </summary>
internal sealed class SeenFailures
{
    /// <summary>The maximum number of reports of one message compared individually if fields are missing.</summary>
    private const int MaximumCompared = 100;

    private readonly Dictionary<string, List<Known>> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<(string MessageId, string Report), Known> _reports = [];

    /// <summary>Whether a report is read for the first time.</summary>
    /// <param name="report">The report.</param>
    /// <param name="notice">The notice about a duplicate; otherwise null.</param>
    public bool IsNew(FailureReport report, out ReportNotice? notice)
    {
        notice = null;
        if (report.ReportMessageId.Length == 0)
        {
            return true;
        }

        string[] fields =
            [report.SourceIP, report.WrittenArrivalDate.Text, report.MessageId, report.WrittenAuthFailure.Text, report.DkimDomain, report.DkimSelector];
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

        // Two parts of one message are two reports, even if they are equal.
        if (IsOtherPart(report.Path, known.Path) && known.OtherParts.Add(report.Path))
        {
            return true;
        }

        notice = new ReportNotice(
            report.Path,
            ReportFindings.Duplicate.Create(report.Reporter?.Address ?? "", report.ReportMessageId, known.Path));
        known.Copies.Add(Message(report.Path));
        return false;
    }

    private static bool IsOtherPart(string path, string known) =>
        path != known && known.IndexOf('!') > 0 && Message(path) == Message(known);

    /// <summary>The path of the message that contains a part.</summary>
    private static string Message(string path) => path.Substring(0, Math.Max(0, path.LastIndexOf('!')));

    /// <summary>A report that was read.</summary>
    private sealed class Known(string[] fields, string path)
    {
        public string[] Fields => fields;

        public string Path => path;

        /// <summary>Reports of the same message with the same fields.</summary>
        public HashSet<string> OtherParts { get; } = new(StringComparer.Ordinal);

        /// <summary>The messages with copies of it, one in each.</summary>
        public HashSet<string> Copies { get; } = new(StringComparer.Ordinal);

        /// <summary>
        /// True for a copy of the same report in which fields are missing (in one) and all others equal.
        /// </summary>
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
