using System.Net;
using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>Parses a failure report from its machine-readable part (RFC 5965 §3, RFC 6591 §3, RFC 9991 §4).</summary>
internal static class FeedbackReportParser
{
    private static readonly string[] Required =
    [
        "Feedback-Type", "Version", "User-Agent", "Auth-Failure", "Authentication-Results", "Original-Mail-From",
        "Source-IP", "Reported-Domain", "Identity-Alignment",
    ];

    /// <summary>Reads a report.</summary>
    /// <param name="text">The machine-readable part.</param>
    /// <param name="limits">The limits.</param>
    public static FailureReport Parse(string text, ReportReadLimits limits)
    {
        FeedbackFieldReader reader = new(limits);
        IReadOnlyList<FeedbackField> fields = reader.Read(text);
        Builder builder = new(reader.Findings);
        foreach (FeedbackField field in fields)
        {
            builder.Add(field);
        }

        return builder.Finish();
    }

    /// <summary>A value without invisible characters in a name.</summary>
    internal static string WithoutMarks(string value, List<Finding> findings)
    {
        if (InvisibleText.RemoveFrom(ref value) && !findings.Exists(finding => finding.Code == ReportFindings.NameMarks.Code))
        {
            findings.Add(ReportFindings.NameMarks.Create());
        }

        return value;
    }

    private sealed class Builder(List<Finding> findings)
    {
        /// <summary>The fields allowed once, and the report with each; null if the value is not taken.</summary>
        private static readonly Dictionary<string, Func<Builder, FeedbackField, FailureReport?>> Fields =
            new(StringComparer.OrdinalIgnoreCase)
        {
            ["Feedback-Type"] = (builder, field) =>
                builder._report with { WrittenFeedbackType = builder.Word(FeedbackWords.FeedbackType, field) },
            ["Version"] = (builder, field) => builder._report with { Version = field.Value },
            ["User-Agent"] = (builder, field) => builder._report with { UserAgent = field.Value },
            ["Auth-Failure"] = (builder, field) =>
                builder._report with { WrittenAuthFailure = builder.Word(FeedbackWords.AuthFailure, field) },
            ["Delivery-Result"] = (builder, field) =>
                builder._report with { WrittenDeliveryResult = builder.Word(FeedbackWords.DeliveryResult, field) },
            ["Identity-Alignment"] = (builder, field) =>
                builder._report with { WrittenIdentityAlignment = builder.ReadAlignment(field) },
            ["DKIM-Domain"] = (builder, field) => builder._report with { DkimDomain = field.Value },
            ["DKIM-Identity"] = (builder, field) => builder._report with { DkimIdentity = field.Value },
            ["DKIM-Selector"] = (builder, field) => builder._report with { DkimSelector = field.Value },
            ["DKIM-Selector-DNS"] = (builder, field) => builder._report with { DkimSelectorDns = Unquote(field.Value) },
            ["DKIM-ADSP-DNS"] = (builder, field) => builder._report with { DkimAdspDns = Unquote(field.Value) },
            ["DKIM-Canonicalized-Header"] = (builder, field) =>
                builder._report with { DkimCanonicalizedHeader = builder.ReadBase64(field) },
            ["DKIM-Canonicalized-Body"] = (builder, field) =>
                builder._report with { DkimCanonicalizedBody = builder.ReadBase64(field) },
            ["Original-Envelope-Id"] = (builder, field) => builder._report with { OriginalEnvelopeId = field.Value },
            ["Original-Mail-From"] = (builder, field) =>
                builder._report with { OriginalMailFrom = ReadSender(field.Value) },
            ["Source-IP"] = (builder, field) => builder._report with { SourceIP = builder.ReadAddress(field) },
            ["Source-Port"] = (builder, field) => builder._report with { SourcePort = builder.ReadPort(field) },
            ["Reported-Domain"] = (builder, field) => builder._report with { ReportedDomain = field.Value },
            ["Incidents"] = (builder, field) => builder._report with { Incidents = builder.ReadIncidents(field) },
            ["Reporting-MTA"] = (builder, field) => builder._report with { ReportingMta = WithoutType(field.Value) },
            ["Message-ID"] = (builder, field) => builder._report with { MessageId = field.Value },
            ["Arrival-Date"] = (builder, field) => builder.ReadArrival(field),
            ["Received-Date"] = (builder, field) => builder.ReadArrival(field),
        };

        private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<AuthenticationResultsHeader> _results = [];
        private readonly List<MailAddress> _recipients = [];
        private readonly List<string> _uris = [];
        private readonly List<ReportedSpfRecord> _spf = [];
        private readonly List<FeedbackField> _others = [];
        private FailureReport _report = new();

        public void Add(FeedbackField field)
        {
            bool isFirst = _seen.Add(field.Name);
            string value = NamesAnything(field.Name) ? WithoutMarks(field.Value, findings) : field.Value;
            switch (field.Name.ToLowerInvariant())
            {
                case "authentication-results":
                    _results.Add(AuthenticationResultsHeader.Parse(value));
                    return;
                case "original-rcpt-to":
                    _recipients.AddRange(MailAddress.ParseList(WithoutType(value)));
                    return;
                case "reported-uri":
                    _uris.Add(value);
                    return;
                case "spf-dns":
                    _spf.Add(ReadSpf(value));
                    return;
            }

            if (isFirst && TryTake(field with { Value = value }))
            {
                return;
            }

            if (!isFirst && Fields.ContainsKey(field.Name))
            {
                findings.Add(FailureReportFindings.FieldRepeated.Create(field.Name));
            }

            _others.Add(field);
        }

        public FailureReport Finish()
        {
            if (_seen.Contains("Received-Date"))
            {
                _seen.Add("Arrival-Date");
            }

            foreach (string name in Required)
            {
                // Identity-Alignment belongs to DMARC reports, all other fields except three to authentication reports.
                bool isAsked = _report.FeedbackType is FeedbackType.AuthFailure or FeedbackType.Unknown
                    || name is "Feedback-Type" or "Version" or "User-Agent";
                if (isAsked && !_seen.Contains(name))
                {
                    findings.Add(FailureReportFindings.FieldMissing.Create(name));
                }
            }

            if (_report.FeedbackType is not (FeedbackType.AuthFailure or FeedbackType.Unknown))
            {
                findings.Add(FailureReportFindings.OtherFeedback.Create(_report.WrittenFeedbackType));
            }

            return _report with
            {
                AuthenticationResults = _results.ToPrintableList(),
                OriginalRecipients = _recipients.ToPrintableList(),
                ReportedUris = _uris.ToPrintableList(),
                SpfDns = _spf.ToPrintableList(),
                OtherFields = _others.ToPrintableList(),
                Findings = findings.ToPrintableList(),
            };
        }

        private bool TryTake(FeedbackField field)
        {
            FailureReport? report = Fields.TryGetValue(field.Name, out var take) ? take(this, field) : null;
            _report = report ?? _report;
            return report is not null;
        }

        /// <summary>True for a field whose value is or contains a domain name.</summary>
        private static bool NamesAnything(string name) => name.ToLowerInvariant() is
            "dkim-domain" or "dkim-identity" or "dkim-selector" or "original-mail-from" or "original-rcpt-to" or "reported-domain"
            or "reporting-mta" or "spf-dns";

        private WrittenValue<T> Word<T>(Func<string, WrittenValue<T>> read, FeedbackField field) =>
            Known(read(field.Value), field);

        private WrittenValue<T> Known<T>(WrittenValue<T> value, FeedbackField field)
        {
            if (!value.SaysAll)
            {
                findings.Add(FailureReportFindings.ValueUnknown.Create(field.Name, value.Text));
            }

            return value;
        }

        /// <summary>The failed mechanisms, with comments in between (RFC 9991 §4). Other words are reported.</summary>
        private WrittenValue<UnalignedMechanism?> ReadAlignment(FeedbackField field)
        {
            UnalignedMechanism failed = UnalignedMechanism.None;
            bool isKnown = true;
            int words = 0;
            FieldScanner scanner = new(field.Value);
            while (!scanner.IsEnd)
            {
                scanner.SkipBlank();
                int position = scanner.Position;
                string word = scanner.ReadWord(",;");
                if (scanner.Position == position && !scanner.IsEnd)
                {
                    scanner.Position++;
                }

                if (word.Length == 0)
                {
                    continue;
                }

                words++;
                switch (word.ToLowerInvariant())
                {
                    case "dkim":
                        failed |= UnalignedMechanism.Dkim;
                        break;
                    case "spf":
                        failed |= UnalignedMechanism.Spf;
                        break;
                    case "none":
                        break;
                    default:
                        isKnown = false;
                        break;
                }
            }

            return Known(new WrittenValue<UnalignedMechanism?>(failed, field.Value, isKnown && words > 0), field);
        }

        private string? ReadBase64(FeedbackField field)
        {
            StringBuilder packed = new(field.Value.Length);
            bool isSound = true;
            foreach (char character in field.Value)
            {
                if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/')
                {
                    packed.Append(character);
                }
                else if (character is not ('=' or ' ' or '\t' or '"'))
                {
                    isSound = false;
                }
            }

            // One character beyond a group of four is not a byte.
            isSound &= packed.Length % 4 != 1;
            packed.Length -= packed.Length % 4 == 1 ? 1 : 0;
            packed.Append('=', (4 - (packed.Length % 4)) % 4);
            if (!isSound)
            {
                Invalid(field with { Value = PrintableText.Shorten(field.Value, 60) }, "");
            }

            return Charsets.DecodeLenient(Convert.FromBase64String(packed.ToString()));
        }

        /// <summary>An address literal between comments (RFC 5965 §3.5), perhaps quoted or with a type.</summary>
        private string ReadAddress(FeedbackField field)
        {
            FieldScanner scanner = new(WithoutType(field.Value));
            scanner.SkipBlank();
            string word = scanner.Peek == '"' ? scanner.ReadValue("").Trim() : scanner.ReadWord(";,");
            return SourceAddress.TryParseLiteral(word, out IPAddress? address)
                ? address!.ToString()
                : Invalid(field, field.Value);
        }

        private int? ReadPort(FeedbackField field) =>
            int.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= 65535
                ? port
                : Invalid<int?>(field, null);

        private long ReadIncidents(FeedbackField field) =>
            long.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long incidents)
                ? incidents
                : Invalid(field, 1L);

        /// <summary>The first of two fields with the same meaning counts.</summary>
        private FailureReport? ReadArrival(FeedbackField field)
        {
            if (_report.WrittenArrivalDate.IsPresent)
            {
                return null;
            }

            DateTimeOffset? date = FeedbackWords.Date(field.Value) ?? Invalid<DateTimeOffset?>(field, null);
            return _report with { WrittenArrivalDate = WrittenValue.Optional(date, field.Value) };
        }

        /// <summary>Reports an invalid value, and returns another one.</summary>
        private T Invalid<T>(FeedbackField field, T other)
        {
            findings.Add(FailureReportFindings.ValueInvalid.Create(field.Name, field.Value));
            return other;
        }

        private static MailAddress ReadSender(string value) =>
            MailAddress.ParseList(value) is { Count: > 0 } addresses ? addresses[0] : new MailAddress("", "", "");

        /// <summary>Reads <c>txt : example.com : "v=spf1 -all"</c>; any other form is read as the record.</summary>
        private static ReportedSpfRecord ReadSpf(string value)
        {
            int first = value.IndexOf(':');
            int second = first < 0 ? -1 : value.IndexOf(':', first + 1);
            string type = first < 0 ? "" : value.Substring(0, first).Trim();
            return second < 0 || type.ToLowerInvariant() is not ("txt" or "spf")
                ? new ReportedSpfRecord("", "", Unquote(value))
                : new ReportedSpfRecord(
                    type.ToLowerInvariant(),
                    value.Substring(first + 1, second - first - 1).Trim(),
                    Unquote(value.Substring(second + 1)));
        }

        /// <summary>One or several quoted texts as one unquoted text.</summary>
        private static string Unquote(string value)
        {
            value = value.Trim();
            if (!value.StartsWith("\"", StringComparison.Ordinal))
            {
                return value;
            }

            StringBuilder text = new();
            FieldScanner scanner = new(value);
            while (!scanner.IsEnd)
            {
                int position = scanner.Position;
                text.Append(scanner.ReadValue(""));
                while (FieldScanner.IsWhiteSpace(scanner.Peek) && !scanner.IsEnd)
                {
                    scanner.Position++;
                }

                if (scanner.Position == position)
                {
                    text.Append(scanner.Peek);
                    scanner.Position++;
                }
            }

            return text.ToString();
        }

        /// <summary>Removes a <c>dns;</c> or <c>rfc822;</c> prefix (RFC 3464 §2.1.2).</summary>
        private static string WithoutType(string value)
        {
            int semicolon = value.IndexOf(';');
            return semicolon > 0 && value.Substring(0, semicolon).Trim().ToLowerInvariant() is "dns" or "rfc822"
                ? value.Substring(semicolon + 1).Trim()
                : value;
        }
    }
}
