using System.Net;
using Dmarc.Mail;

namespace Dmarc.Reports.Failure;

/// <summary>
/// Reads failure reports in text form, as written by Exim's recipes: lines such as <c>Sender Domain: example.com</c>,
/// then, after a line of dashes, a copy of the message's header.
/// </summary>
internal static class TextReportParser
{
    private static readonly string[] Labels =
    [
        "sender domain", "sender ip address", "received date", "spf alignment", "dkim alignment", "dmarc results",
    ];

    /// <summary>Reads a report; null if the text is not one.</summary>
    public static FailureReport? Parse(string text, string name)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string? copy = null;
        int start = 0;
        while (start < text.Length && copy is null)
        {
            int end = text.IndexOf('\n', start);
            string line = text.Substring(start, (end < 0 ? text.Length : end) - start).Trim();
            start = end < 0 ? text.Length : end + 1;
            int colon = line.IndexOf(':');
            string label = colon < 0 ? "" : line.Substring(0, colon).Trim().ToLowerInvariant();
            if (Array.IndexOf(Labels, label) >= 0 && !values.ContainsKey(label))
            {
                values[label] = line.Substring(colon + 1).Trim();
            }
            else if (line.StartsWith("-----", StringComparison.Ordinal) && values.Count > 0)
            {
                copy = SkipRule(text.Substring(start));
            }
        }

        // The two fields that identify the subject; a single one may be in any text.
        return values.ContainsKey("sender domain") && values.ContainsKey("sender ip address") ? Make(values, copy, name) : null;
    }

    /// <summary>A report without known words except the address: <c>… received from IP 192.0.2.1 …</c>.</summary>
    public static FailureReport Bare(string text)
    {
        string source = "";
        string[] words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 1; i < words.Length && source.Length == 0; i++)
        {
            if (words[i - 1].TrimEnd(':') is "IP" or "address"
                && SourceAddress.TryParseLiteral(words[i].TrimEnd('.', ',', ';'), out IPAddress? address))
            {
                source = address!.ToString();
            }
        }

        return new FailureReport
        {
            Format = FailureReportFormat.PlainText,
            SourceIP = source,
            Findings = [FailureReportFindings.PlainText.Create()],
        };
    }

    /// <summary>The copy after its line of dashes, which contains a sentence from Exim, perhaps continued.</summary>
    private static string SkipRule(string text)
    {
        const int MaximumLines = 10;
        int start = 0;
        for (int lines = 0; lines < MaximumLines && start < text.Length; lines++)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            if (MailHeaderSection.TryReadName(Encoding.UTF8.GetBytes(text.Substring(start, next - start)), out _, out _))
            {
                return text.Substring(start);
            }

            start = next;
        }

        return text.TrimStart('\r', '\n', ' ', '\t');
    }

    private static FailureReport Make(Dictionary<string, string> values, string? copy, string name)
    {
        List<Finding> findings = [FailureReportFindings.PlainText.Create()];
        string source = values["sender ip address"];
        if (SourceAddress.TryParseLiteral(source, out IPAddress? address))
        {
            source = address!.ToString();
        }
        else
        {
            findings.Add(FailureReportFindings.ValueInvalid.Create("Sender IP Address", source));
        }

        string arrival = Value(values, "received date");
        DateTimeOffset? date = FeedbackWords.Date(arrival);
        if (date is null && arrival.Length > 0)
        {
            findings.Add(FailureReportFindings.ValueInvalid.Create("Received date", arrival));
        }

        string results = Value(values, "dmarc results");
        MailMessage? message = copy is { Length: > 0 } ? MailMessage.Parse(Encoding.UTF8.GetBytes(copy)) : null;
        return new FailureReport
        {
            Format = FailureReportFormat.PlainText,
            WrittenFeedbackType = FeedbackType.AuthFailure,
            WrittenAuthFailure = AuthFailureType.Dmarc,
            WrittenIdentityAlignment = Alignment(values),
            WrittenDeliveryResult = new(Delivery(results), results, saysAll: false),
            SourceIP = source,
            ReportedDomain = FeedbackReportParser.WithoutMarks(values["sender domain"], findings),
            WrittenArrivalDate = WrittenValue.Optional(date, arrival),
            OriginalMessage = message is { Headers.Count: > 0 } ? new ReportedMessage(message, isHeaderOnly: true, name) : null,
            Findings = findings.ToPrintableList(),
        };
    }

    private static string Value(Dictionary<string, string> values, string label) =>
        values.TryGetValue(label, out string? value) ? value : "";

    /// <summary>Exim writes <c>yes</c> and <c>no</c>; null if it writes neither for either mechanism.</summary>
    private static UnalignedMechanism? Alignment(Dictionary<string, string> values)
    {
        string dkim = Value(values, "dkim alignment").ToLowerInvariant();
        string spf = Value(values, "spf alignment").ToLowerInvariant();
        return dkim is "yes" or "no" || spf is "yes" or "no"
            ? (dkim == "no" ? UnalignedMechanism.Dkim : UnalignedMechanism.None) | (spf == "no" ? UnalignedMechanism.Spf : UnalignedMechanism.None)
            : null;
    }

    /// <summary>The policy and the action, such as <c>None, Accept</c>.</summary>
    private static DeliveryResult? Delivery(string results)
    {
        int comma = results.LastIndexOf(',');
        return results.Length == 0 ? null : results.Substring(comma + 1).Trim().ToLowerInvariant() switch
        {
            "accept" => DeliveryResult.Delivered,
            "reject" => DeliveryResult.Reject,
            "quarantine" => DeliveryResult.Spam,
            _ => DeliveryResult.Unknown,
        };
    }
}
