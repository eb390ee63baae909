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

            if (isFirst && TryTake(field.Name, value))
            {
                return;
            }

            if (!isFirst && IsKnown(field.Name))
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

        private bool TryTake(string name, string value)
        {
            FailureReport? report = name.ToLowerInvariant() switch
            {
                "feedback-type" => _report with { WrittenFeedbackType = Known(FeedbackWords.FeedbackType(value), name) },
                "version" => _report with { Version = value },
                "user-agent" => _report with { UserAgent = value },
                "auth-failure" => _report with { WrittenAuthFailure = Known(FeedbackWords.AuthFailure(value), name) },
                "delivery-result" => _report with { WrittenDeliveryResult = Known(FeedbackWords.DeliveryResult(value), name) },
                "identity-alignment" => _report with { WrittenIdentityAlignment = ReadAlignment(name, value) },
                "dkim-domain" => _report with { DkimDomain = value },
                "dkim-identity" => _report with { DkimIdentity = value },
                "dkim-selector" => _report with { DkimSelector = value },
                "dkim-selector-dns" => _report with { DkimSelectorDns = Unquote(value) },
                "dkim-adsp-dns" => _report with { DkimAdspDns = Unquote(value) },
                "dkim-canonicalized-header" => _report with { DkimCanonicalizedHeader = ReadBase64(name, value) },
                "dkim-canonicalized-body" => _report with { DkimCanonicalizedBody = ReadBase64(name, value) },
                "original-envelope-id" => _report with { OriginalEnvelopeId = value },
                "original-mail-from" => _report with { OriginalMailFrom = ReadSender(value) },
                "source-ip" => _report with { SourceIP = ReadAddress(name, value) },
                "source-port" => _report with { SourcePort = ReadPort(name, value) },
                "reported-domain" => _report with { ReportedDomain = value },
                "arrival-date" or "received-date" when !_report.WrittenArrivalDate.IsPresent =>
                    _report with { WrittenArrivalDate = WrittenValue.Optional(ReadDate(name, value), value) },
                "incidents" => _report with { Incidents = ReadIncidents(name, value) },
                "reporting-mta" => _report with { ReportingMta = WithoutType(value) },
                "message-id" => _report with { MessageId = value },
                _ => null,
            };
            _report = report ?? _report;
            return report is not null;
        }

        /// <summary>True for a field whose value is or contains a domain name.</summary>
        private static bool NamesAnything(string name) => name.ToLowerInvariant() is
            "dkim-domain" or "dkim-identity" or "dkim-selector" or "original-mail-from" or "original-rcpt-to" or "reported-domain"
            or "reporting-mta" or "spf-dns";

        private static bool IsKnown(string name) => name.ToLowerInvariant() is
            "feedback-type" or "version" or "user-agent" or "auth-failure" or "delivery-result" or "identity-alignment" or "dkim-domain" or "dkim-identity"
            or "dkim-selector" or "dkim-selector-dns" or "dkim-adsp-dns" or "dkim-canonicalized-header" or "dkim-canonicalized-body" or "original-envelope-id"
            or "original-mail-from" or "source-ip" or "source-port" or "reported-domain" or "arrival-date" or "received-date" or "incidents" or "reporting-mta"
            or "message-id";

        private WrittenValue<T> Known<T>(WrittenValue<T> value, string name)
        {
            if (!value.SaysAll)
            {
                findings.Add(FailureReportFindings.ValueUnknown.Create(name, value.Text));
            }

            return value;
        }

        /// <summary>The failed mechanisms, with comments in between (RFC 9991 §4). Other words are reported.</summary>
        private WrittenValue<UnalignedMechanism?> ReadAlignment(string name, string value)
        {
            UnalignedMechanism failed = UnalignedMechanism.None;
            bool isKnown = true;
            int words = 0;
            FieldScanner scanner = new(value);
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

            return Known(new WrittenValue<UnalignedMechanism?>(failed, value, isKnown && words > 0), name);
        }

        private string? ReadBase64(string name, string value)
        {
            StringBuilder packed = new(value.Length);
            bool isSound = true;
            foreach (char character in value)
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
                findings.Add(FailureReportFindings.ValueInvalid.Create(name, PrintableText.Shorten(value, 60)));
            }

            return Charsets.DecodeLenient(Convert.FromBase64String(packed.ToString()));
        }

        /// <summary>An address literal between comments (RFC 5965 §3.5), perhaps quoted or with a type.</summary>
        private string ReadAddress(string name, string value)
        {
            FieldScanner scanner = new(WithoutType(value));
            scanner.SkipBlank();
            string word = scanner.Peek == '"' ? scanner.ReadValue("").Trim() : scanner.ReadWord(";,");
            if (SourceAddress.TryParseLiteral(word, out IPAddress? address))
            {
                return address!.ToString();
            }

            findings.Add(FailureReportFindings.ValueInvalid.Create(name, value));
            return value;
        }

        private int? ReadPort(string name, string value)
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535)
            {
                return port;
            }

            findings.Add(FailureReportFindings.ValueInvalid.Create(name, value));
            return null;
        }

        private long ReadIncidents(string name, string value)
        {
            if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long incidents))
            {
                return incidents;
            }

            findings.Add(FailureReportFindings.ValueInvalid.Create(name, value));
            return 1;
        }

        private DateTimeOffset? ReadDate(string name, string value)
        {
            DateTimeOffset? date = FeedbackWords.Date(value);
            if (date is null)
            {
                findings.Add(FailureReportFindings.ValueInvalid.Create(name, value));
            }

            return date;
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
