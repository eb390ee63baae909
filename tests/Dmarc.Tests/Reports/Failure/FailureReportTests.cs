using System.Text;
using Dmarc.Advice.Messages;
using Dmarc.Reports;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Tests.Mail.Outlook;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Failure;

/// <summary>Every field of a failure report, and every damage to one that is known.</summary>
public class FailureReportTests
{
    /// <summary>The fields of the example in RFC 9991 Appendix A, in our words where they are free.</summary>
    private const string Fields =
        "Feedback-Type: auth-failure\nVersion: 1\nUser-Agent: Filter/1.2.3\nAuth-Failure: dmarc\n"
        + "Authentication-Results: gen.example;\n  dmarc=fail header.from=consumer.example\nIdentity-Alignment: dkim\n"
        + "Original-Mail-From: author=gen.example@forwarder.example\nSource-IP: 192.0.2.2\nSource-Port: 12345\nReported-Domain: consumer.example\n";

    private const string Original = "From: Author <author@consumer.example>\nTo: users@forwarder.example\nSubject: Original\nMessage-ID: <m1@consumer.example>\nDate: Tue, 19 Jul 2022 07:57:33 +0200\n\nThe body\n";

    [Fact]
    public void RFC_9991_Appendix_A()
    {
        ReadResult result = ReadResult.OfText(Mail(Fields + "DKIM-Domain: consumer.example\nDKIM-Identity: @consumer.example\nDKIM-Selector: epsilon\nOriginal-Envelope-Id: 65E1A3F0A0\n"), ReportTypes.Failure);

        FailureReport report = result.Failure;
        Assert.Empty(report.Findings);
        Assert.Equal(FeedbackType.AuthFailure, report.FeedbackType);
        Assert.Equal(AuthFailureType.Dmarc, report.AuthFailure);
        Assert.Equal(UnalignedMechanism.Dkim, report.IdentityAlignment);
        Assert.Equal("author=gen.example@forwarder.example", report.OriginalMailFrom!.Address);
        Assert.Equal("192.0.2.2", report.SourceIP);
        Assert.Equal(12345, report.SourcePort);
        Assert.Equal("consumer.example", report.ReportedDomain);
        Assert.Equal("@consumer.example", report.DkimIdentity);
        Assert.Equal("epsilon", report.DkimSelector);
        Assert.Equal("65E1A3F0A0", report.OriginalEnvelopeId);
        Assert.Equal("gen.example", report.AuthenticationResults[0].AuthServId);
        Assert.Equal("consumer.example", report.AuthenticationResults[0].GetResults(AuthenticationMethod.Dmarc).Single().Domain);
        Assert.Equal(1, report.Incidents);
        Assert.Equal("consumer.example", report.HeaderFrom);
        Assert.Equal("<m1@consumer.example>", report.MessageId);
        Assert.Equal("Original", report.OriginalMessage!.Subject);
        Assert.False(report.OriginalMessage.IsHeaderOnly);
        Assert.Equal(new DateTimeOffset(2022, 7, 19, 7, 57, 33, TimeSpan.FromHours(2)), report.OriginalMessage.Date);
        Assert.Equal("filter@gen.example", report.Reporter!.Address);
        Assert.Equal("<r1@gen.example>", report.ReportMessageId);
        Assert.Empty(result.Problems);
    }

    public static TheoryData<string, string, string> Values => new()
    {
        { "Feedback-Type: AUTH-Failure", nameof(FailureReport.FeedbackType), "AuthFailure" },
        { "feedback-type : auth-failure (comment)", nameof(FailureReport.FeedbackType), "AuthFailure" },
        { "Feedback-Type: abuse", nameof(FailureReport.FeedbackType), "Abuse" },
        { "Feedback-Type: not-spam", nameof(FailureReport.FeedbackType), "NotSpam" },
        { "Feedback-Type: fraud", nameof(FailureReport.FeedbackType), "Fraud" },
        { "Feedback-Type: virus", nameof(FailureReport.FeedbackType), "Virus" },
        { "Feedback-Type: other", nameof(FailureReport.FeedbackType), "Other" },
        { "Feedback-Type: dunno", nameof(FailureReport.FeedbackType), "Unknown" },
        { "Auth-Failure: bodyhash", nameof(FailureReport.AuthFailure), "BodyHash" },
        { "Auth-Failure: Revoked", nameof(FailureReport.AuthFailure), "Revoked" },
        { "Auth-Failure: signature", nameof(FailureReport.AuthFailure), "Signature" },
        { "Auth-Failure: spf", nameof(FailureReport.AuthFailure), "Spf" },
        { "Auth-Failure: adsp", nameof(FailureReport.AuthFailure), "Adsp" },
        { "Delivery-Result: Delivered", nameof(FailureReport.DeliveryResult), "Delivered" },
        { "DELIVERY-RESULT: SPAM", nameof(FailureReport.DeliveryResult), "Spam" },
        { "Delivery-result: policy", nameof(FailureReport.DeliveryResult), "Policy" },
        { "Delivery-Result: reject", nameof(FailureReport.DeliveryResult), "Reject" },
        { "Delivery-Result: other", nameof(FailureReport.DeliveryResult), "Other" },
        { "Delivery-Result: inbox", nameof(FailureReport.DeliveryResult), "Unknown" },
        { "Identity-Alignment: none", nameof(FailureReport.IdentityAlignment), "None" },
        { "Identity-Alignment: (x) SPF (y) , (z) dkim", nameof(FailureReport.IdentityAlignment), "Dkim, Spf" },
        { "Identity-Alignment: spf,arc", nameof(FailureReport.IdentityAlignment), "Spf" },
        { "Incidents: 12", nameof(FailureReport.Incidents), "12" },
        { "Incidents: many", nameof(FailureReport.Incidents), "1" },
        { "Source-IP: [::ffff:192.0.2.7]", nameof(FailureReport.SourceIP), "192.0.2.7" },
        { "Source-IP: 2001:DB8:0::1", nameof(FailureReport.SourceIP), "2001:db8::1" },
        { "Source-IP: 192.0.2.9 (mail.example)", nameof(FailureReport.SourceIP), "192.0.2.9" },
        { "Source-IP: IPv6:2001:DB8::1", nameof(FailureReport.SourceIP), "2001:db8::1" },
        { "Source-IP: [192.0.2.1]", nameof(FailureReport.SourceIP), "192.0.2.1" },
        { "Source-IP: 010.0.0.1", nameof(FailureReport.SourceIP), "010.0.0.1" },
        { "Source-IP: (a) [IPv6:2001:db8::1] (b)", nameof(FailureReport.SourceIP), "2001:db8::1" },
        { "Source-IP: \"192.0.2.9\"", nameof(FailureReport.SourceIP), "192.0.2.9" },
        { "Source-IP: dns; 192.0.2.9", nameof(FailureReport.SourceIP), "192.0.2.9" },
        { "Source-IP: somewhere", nameof(FailureReport.SourceIP), "somewhere" },
        { "Source-Port: 0", nameof(FailureReport.SourcePort), "" },
        { "Source-Port: 65535", nameof(FailureReport.SourcePort), "65535" },
        { "Source-Port: 65536", nameof(FailureReport.SourcePort), "" },
        { "Original-Mail-From: <>", nameof(FailureReport.OriginalMailFrom), "" },
        { "Original-Mail-From: <a@b.example>", nameof(FailureReport.OriginalMailFrom), "a@b.example" },
        { "Original-Rcpt-To: <a@b.example>\nOriginal-Rcpt-To: rfc822;c@d.example", nameof(FailureReport.OriginalRecipients), "a@b.example; c@d.example" },
        { "Reported-URI: http://a.example/\nReported-URI: mailto:b@a.example", nameof(FailureReport.ReportedUris), "http://a.example/; mailto:b@a.example" },
        { "Reporting-MTA: dns; mx.a.example", nameof(FailureReport.ReportingMta), "mx.a.example" },
        { "Message-ID: <x@y>", nameof(FailureReport.MessageId), "<x@y>" },
        { "DKIM-Selector-DNS: \"v=DKIM1; \" \"p=abc\"", nameof(FailureReport.DkimSelectorDns), "v=DKIM1; p=abc" },
        { "DKIM-ADSP-DNS: \"dkim=all\"", nameof(FailureReport.DkimAdspDns), "dkim=all" },
        { "SPF-DNS: txt : a.example : \"v=spf1 -all\"", nameof(FailureReport.SpfDns), "a.example: v=spf1 -all" },
        { "SPF-DNS: v=spf1 ip6:2001:db8::/32 -all", nameof(FailureReport.SpfDns), "v=spf1 ip6:2001:db8::/32 -all" },
        { "DKIM-Canonicalized-Header: ZnJvbTphQGI=", nameof(FailureReport.DkimCanonicalizedHeader), "from:a@b" },
        { "DKIM-Canonicalized-Body: SGVsbG8s\nIHdvcmxk\nIQ==", nameof(FailureReport.DkimCanonicalizedBody), "Hello, world!" },
        { "DKIM-Canonicalized-Body: SGVsbG8s\n\nIHdvcmxk\n\nIQ", nameof(FailureReport.DkimCanonicalizedBody), "Hello, world!" },
        { "DKIM-Canonicalized-Body:\n  SGVsbG8s", nameof(FailureReport.DkimCanonicalizedBody), "Hello," },
        { "X-Own: 1\nX-Own: 2", nameof(FailureReport.OtherFields), "X-Own: 1; X-Own: 2" },
        { "Version: 1\nVersion: 2", nameof(FailureReport.OtherFields), "Version: 2" },
        { "Arrival-Date: Tue, 30 Apr 2019 02:09:00 -0700 (PDT)", nameof(FailureReport.ArrivalDate), "2019-04-30T02:09:00-07:00" },
        { "Received-Date: 1 Oct 18 11:20 +0200", nameof(FailureReport.ArrivalDate), "2018-10-01T11:20:00+02:00" },
        { "Arrival-Date: 2024-02-03T04:05:06+01:00", nameof(FailureReport.ArrivalDate), "2024-02-03T04:05:06+01:00" },
        { "Arrival-Date: yesterday", nameof(FailureReport.ArrivalDate), "" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_field_is_read(string fields, string property, string expected)
    {
        // The field under test stands before those that every report has.
        string name = fields.Substring(0, fields.IndexOf(':', StringComparison.Ordinal)).Trim();
        string others = string.Join("\n", Fields.Split('\n').Where(line => !line.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        FailureReport report = ReadResult.OfText(Mail(fields + "\n" + others), ReportTypes.Failure).Failure;

        object? value = typeof(FailureReport).GetProperty(property)!.GetValue(report);
        Assert.Equal(expected, value is DateTimeOffset date ? date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture) : value?.ToString() ?? "");
    }

    [Theory]
    [InlineData("Feedback-Type")]
    [InlineData("Version")]
    [InlineData("User-Agent")]
    [InlineData("Auth-Failure")]
    [InlineData("Authentication-Results")]
    [InlineData("Identity-Alignment")]
    [InlineData("Original-Mail-From")]
    [InlineData("Source-IP")]
    [InlineData("Reported-Domain")]
    public void A_missing_field_is_a_finding_and_no_loss(string name)
    {
        string fields = string.Join("\n", Fields.Split('\n').Where(line => !line.StartsWith(name, StringComparison.Ordinal)));
        FailureReport report = ReadResult.OfText(Mail(fields), ReportTypes.Failure).Failure;

        Finding finding = Assert.Single(report.Findings, finding => finding.Code == "FailureReportFieldMissing");
        Assert.Contains("'" + name + "'", finding.Message, StringComparison.Ordinal);
        Assert.Equal("consumer.example", report.HeaderFrom);
    }

    [Theory]
    [InlineData("Source-IP: x", "FailureReportValueInvalid")]
    [InlineData("Source-Port: x", "FailureReportValueInvalid")]
    [InlineData("Arrival-Date: x", "FailureReportValueInvalid")]
    [InlineData("DKIM-Canonicalized-Header: ä", "FailureReportValueInvalid")]
    [InlineData("Delivery-Result: x", "FailureReportValueUnknown")]
    [InlineData("Identity-Alignment: x", "FailureReportValueUnknown")]
    [InlineData("Auth-Failure: x", "FailureReportValueUnknown")]
    [InlineData("Feedback-Type: abuse", "FailureReportOtherFeedback")]
    [InlineData("Version: 1\nVersion: 1", "FailureReportFieldRepeated")]
    [InlineData("DKIM-Canonicalized-Body: YWJj\nYWJj", "FailureReportUnfolded")]
    public void A_value_that_does_not_fit_is_a_finding(string fields, string code)
    {
        string name = fields.Substring(0, fields.IndexOf(':', StringComparison.Ordinal));
        string others = string.Join("\n", Fields.Split('\n').Where(line => !line.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

        Assert.Contains(ReadResult.OfText(Mail(fields + "\n" + others), ReportTypes.Failure).Failure.Findings, finding => finding.Code == code);
    }

    [Theory]
    [InlineData("message/rfc822", false)]
    [InlineData("text/rfc822-headers", true)]
    [InlineData("message/rfc822-headers", true)]
    [InlineData("application/octet-stream", false)]
    public void The_message_is_found_by_its_type_or_its_content(string mediaType, bool isHeaderOnly)
    {
        FailureReport report = ReadResult.OfText(Mail(Fields, mediaType), ReportTypes.Failure).Failure;

        Assert.Equal("Original", report.OriginalMessage!.Subject);
        Assert.Equal(isHeaderOnly, report.OriginalMessage.IsHeaderOnly);
        Assert.Contains("Subject: Original", report.OriginalMessage.Header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message/feedback-report")]
    [InlineData("Message/Feedback-Report; name=report")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public void The_part_for_machines_is_found_by_its_type_or_its_content(string mediaType)
    {
        string mail = Mail(Fields).Replace("Content-Type: message/feedback-report", "Content-Type: " + mediaType, StringComparison.Ordinal);

        Assert.Equal("192.0.2.2", ReadResult.OfText(mail, ReportTypes.Failure).Failure.SourceIP);
    }

    [Fact]
    public void A_report_without_the_message_takes_the_author_from_the_results()
    {
        FailureReport report = ReadResult.OfText(Fields, ReportTypes.Failure).Failure;

        Assert.Null(report.OriginalMessage);
        Assert.Equal("consumer.example", report.HeaderFrom);
        Assert.Null(report.Reporter);
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportNoMessage");
    }

    [Fact]
    public void Forwarded_as_an_attachment_the_reporter_is_that_of_the_attachment()
    {
        string mail = "From: me@a.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: text/plain\n\nsee below\n--outer\nContent-Type: message/rfc822\n\n"
            + Mail(Fields) + "\n--outer\nContent-Type: message/rfc822\n\n" + Mail(Fields.Replace("192.0.2.2", "192.0.2.3", StringComparison.Ordinal)).Replace("<r1@", "<r2@", StringComparison.Ordinal) + "\n--outer--\n";
        IReadOnlyList<FailureReport> reports = ReadResult.OfText(mail, ReportTypes.All).Failures;

        Assert.Equal(["192.0.2.2", "192.0.2.3"], reports.Select(report => report.SourceIP));
        Assert.Equal(["<r1@gen.example>", "<r2@gen.example>"], reports.Select(report => report.ReportMessageId));
        Assert.All(reports, report => Assert.Equal("filter@gen.example", report.Reporter!.Address));
        Assert.All(reports, report => Assert.Equal("Original", report.OriginalMessage!.Subject));
    }

    [Fact]
    public void Several_reports_in_one_message_have_a_message_each()
    {
        string parts = string.Concat(Enumerable.Range(1, 3).Select(number =>
            "--b\nContent-Type: message/feedback-report\n\n" + Fields.Replace("192.0.2.2", "192.0.2.1" + number, StringComparison.Ordinal)
            + "\n--b\nContent-Type: message/rfc822\n\n" + Original.Replace("Original", "Original " + number, StringComparison.Ordinal)));
        IReadOnlyList<FailureReport> reports = ReadResult.OfText("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--\n", ReportTypes.Failure).Failures;

        Assert.Equal(["192.0.2.11", "192.0.2.12", "192.0.2.13"], reports.Select(report => report.SourceIP));
        Assert.Equal(["Original 1", "Original 2", "Original 3"], reports.Select(report => report.OriginalMessage!.Subject));
    }

    [Fact]
    public void A_feedback_report_without_a_part_for_machines_is_said_to_be_one()
    {
        string mail = "From: a@b.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
            + "This is an abuse report for a message received from IP 192.0.2.44 on Monday.\n--b\nContent-Type: message/rfc822\n\n" + Original + "--b--\n";
        FailureReport report = ReadResult.OfText(mail, ReportTypes.Failure).Failure;

        Assert.Equal(FailureReportFormat.PlainText, report.Format);
        Assert.Equal("192.0.2.44", report.SourceIP);
        Assert.Equal("Original", report.OriginalMessage!.Subject);
    }

    [Fact]
    public void Other_mail_is_no_failure_report()
    {
        ReadResult result = ReadResult.OfText("From: a@b.example\nSubject: hello\n\nSender Domain: example.com\nFeedback-Type is a field.\n", ReportTypes.All);

        Assert.Empty(result.Failures);
        Assert.Single(result.Problems);
    }

    [Fact]
    public void A_mailbox_of_all_kinds_is_sorted_by_content()
    {
        string mbox = "From a Mon Jan  1 00:00:00 2024\n" + Mail(Fields)
            + "\nFrom b Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nContent-Type: application/json\n\n{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-domain\":\"a.example\"}}]}\n"
            + "\nFrom c Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nContent-Type: text/xml\n\n" + SampleReport.Xml(SampleReport.Record()) + "\n";

        ReadResult all = ReadResult.OfText(mbox, ReportTypes.All);
        Assert.Equal((1, 1, 1), (all.Failures.Count, all.TlsRows.Count, all.Rows.Count));
        Assert.Empty(all.Others);

        Assert.Equal([ReportTypes.Failure, ReportTypes.Tls], ReadResult.OfText(mbox, ReportTypes.Aggregate).Others);
        Assert.Equal([ReportTypes.Failure, ReportTypes.Aggregate], ReadResult.OfText(mbox, ReportTypes.Tls).Others);
        Assert.Equal([ReportTypes.Aggregate], ReadResult.OfText(mbox, ReportTypes.Failure | ReportTypes.Tls).Others);
    }

    [Fact]
    public void What_was_not_asked_for_is_told_once_for_each_kind()
    {
        ReportTypeTally tally = new();
        DmarcReportReader reader = new(TwoLabels.Instance);
        foreach (string name in new[] { "one", "two" })
        {
            foreach (ReportReadItem item in reader.ReadBytes(Encoding.UTF8.GetBytes(Mail(Fields)), name))
            {
                tally.Add(item.Notice!);
            }
        }

        string sentence = Assert.Single(tally.Describe("-Type {0}"));
        Assert.Contains("2 failure reports", sentence, StringComparison.Ordinal);
        Assert.Contains("'one!2'", sentence, StringComparison.Ordinal);
        Assert.Contains("-Type Failure", sentence, StringComparison.Ordinal);
        Assert.Contains("-Type All", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_parts_of_a_message_are_two_reports_and_their_copies_are_two_copies()
    {
        ReportDeduplicator known = new();
        FailureReport report = ReadResult.OfText(Mail(Fields), ReportTypes.Failure).Failure;
        string[] paths = ["a.eml!2", "a.eml!3", "a.eml!2", "a.eml!3", "b.eml!2", "b.eml!3"];

        Assert.Equal([true, true, false, false, false, false], paths.Select(path => known.IsNew(report with { Path = path }, out _)));
    }

    [Fact]
    public void The_same_report_is_one()
    {
        ReportDeduplicator known = new();
        FailureReport first = ReadResult.OfText(Mail(Fields), ReportTypes.Failure).Failure;

        Assert.True(known.IsNew(first, out _));
        Assert.False(known.IsNew(first with { Path = "copy" }, out ReportNotice? notice));
        Assert.Equal("ReportDuplicate", notice!.Finding.Code);
        Assert.True(known.IsNew(first with { SourceIP = "192.0.2.99" }, out _));

        // One message may report of SPF and of each signature (RFC 9991 §3).
        Assert.True(known.IsNew(first with { WrittenAuthFailure = new(default, "spf", saysAll: false) }, out _));
        Assert.True(known.IsNew(first with { DkimSelector = "other" }, out _));
        Assert.False(known.IsNew(first with { WrittenAuthFailure = new(default, "spf", saysAll: false), Path = "copy" }, out _));
        Assert.True(known.IsNew(first with { ReportMessageId = "" }, out _));
        Assert.True(known.IsNew(first with { ReportMessageId = "" }, out _));
    }

    [Fact]
    public void The_message_is_assessed_with_the_client_and_the_envelope_of_the_report()
    {
        AssessedMessage message = AssessedMessage.From(ReadResult.OfText(Mail(Fields), ReportTypes.Failure).Failure.OriginalMessage!);

        Assert.Equal("192.0.2.2", message.ClientAddress!.ToString());
        Assert.Equal("author=gen.example@forwarder.example", message.MailFrom);
        Assert.Equal(MessageContent.Full, message.Content);
    }

    [Fact]
    public void A_message_of_Outlook_has_the_report_and_the_message_as_attachments()
    {
        byte[] content = new OutlookMessageWriter()
            .Received("From: Filter <filter@gen.example>\r\nMessage-ID: <r1@gen.example>\r\n")
            .Attach("ATT00001", "message/feedback-report", Encoding.ASCII.GetBytes(Fields))
            .AttachMessage(attached => attached.Received("From: author@consumer.example\r\nSubject: Original\r\n"))
            .ToBytes();
        FailureReport report = ReadResult.OfBytes(content, null, ReportTypes.Failure).Failure;

        Assert.Equal("192.0.2.2", report.SourceIP);
        Assert.Equal("filter@gen.example", report.Reporter!.Address);
        Assert.Equal("Original", report.OriginalMessage!.Subject);
        Assert.True(report.OriginalMessage.IsHeaderOnly);
        Assert.Equal([ReportTypes.Failure], ReadResult.OfBytes(content).Others);
    }

    [Fact]
    public void A_store_of_Outlook_is_named_as_one() =>
        Assert.Contains(".pst", ReadResult.OfText("!BDN" + new string('x', 600), ReportTypes.All).Problem.Message, StringComparison.Ordinal);

    [Fact]
    public void Values_and_fields_are_bounded()
    {
        ReportReadLimits limits = new() { MaxValueLength = 100, MaxEntriesPerRecord = 20 };
        string many = string.Concat(Enumerable.Range(0, 50).Select(number => "X-" + number + ": 1\n"));
        FailureReport report = ReadResult.OfText(Mail("User-Agent: " + new string('x', 10_000) + "\n" + Fields + many), ReportTypes.Failure, limits).Failure;

        Assert.Equal(100, report.UserAgent.Length);
        Assert.InRange(report.OtherFields.Count, 1, 20);
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportShortened");
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportFieldsDropped");
    }

    internal static string Mail(string fields, string originalType = "message/rfc822") =>
        "From: Filter <filter@gen.example>\nTo: dmarc@consumer.example\nSubject: FW: Original\nDate: Tue, 19 Jul 2022 00:57:48 -0500\nMessage-ID: <r1@gen.example>\n"
        + "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"=_b\"\n\npreamble\n--=_b\nContent-Type: message/feedback-report\n\n"
        + fields + "\n--=_b\nContent-Type: " + originalType + "\n\n" + Original + "\n--=_b--\n";
}
