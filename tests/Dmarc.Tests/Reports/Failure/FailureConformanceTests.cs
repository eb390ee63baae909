using Dmarc.Advice.Messages;
using Dmarc.Reports;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Reports.Failure;

/// <summary>The failure reports of the conformance data; every value was read off the files by eye.</summary>
public class FailureConformanceTests
{
    private const string Domino = "DMARC Failure Report for domain.de (mail-from=sharepoint@domain.de, ip=10.10.10.10).eml";
    private const string Netease = "[Netease DMARC Failure Report] Rent Reminder.eml";
    private const string LinkedIn = "dmarc_ruf_report_linkedin.eml";
    private const string Exim = "exim_plain_text_only_no_arf_part.eml";

    [ConformanceFact]
    public void A_report_through_Domino_with_a_result_of_its_own()
    {
        FailureReport report = Read(Domino);

        Assert.Equal("dmarc-report@domain.de", report.Reporter!.Address);
        Assert.Equal(new DateTimeOffset(2018, 10, 1, 11, 20, 27, TimeSpan.FromHours(2)), report.ReportDate);
        Assert.Equal(FailureReportFormat.FeedbackReport, report.Format);
        Assert.Equal(FeedbackType.AuthFailure, report.FeedbackType);
        Assert.Equal("Lua/1.0", report.UserAgent);
        Assert.Equal("1.0", report.Version);
        Assert.Equal("sharepoint@domain.de", report.OriginalMailFrom!.Address);
        Assert.Equal("peter.pan@domain.de", Assert.Single(report.OriginalRecipients).Address);
        Assert.Equal(new DateTimeOffset(2018, 10, 1, 11, 20, 27, TimeSpan.FromHours(2)), report.ArrivalDate);
        Assert.Equal(TimeSpan.FromHours(2), report.ArrivalDate!.Value.Offset);
        Assert.Equal("10.10.10.10", report.SourceIP);
        Assert.Equal(DeliveryResult.Unknown, report.DeliveryResult);
        Assert.Equal("smg-policy-action", report.DeliveryResultText);
        Assert.Equal(AuthFailureType.Dmarc, report.AuthFailure);
        Assert.Equal("domain.de", report.ReportedDomain);
        Assert.Equal("domain.de", report.HeaderFrom);
        Assert.Null(report.IdentityAlignment);
        Assert.Equal("dmarc=fail header.from=domain.de", Assert.Single(report.AuthenticationResults).ToString());
        Assert.Equal("Interaktive Wettbewerber-Übersicht", report.OriginalMessage!.From[0].DisplayName);
        Assert.False(report.OriginalMessage.IsHeaderOnly);
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportValueUnknown" && finding.Message.Contains("smg-policy-action", StringComparison.Ordinal));
    }

    [ConformanceFact]
    public void A_report_of_Netease_in_base64_whose_message_is_a_header()
    {
        FailureReport report = Read(Netease);

        Assert.Equal("abuse@163.com", report.Reporter!.Address);
        Assert.Equal("NtesDmarcReporter/1.0", report.UserAgent);
        Assert.Equal("bounces+1137616-c1ad-xsj399=163.com@email.entrata.com", report.OriginalMailFrom!.Address);
        Assert.Equal(new DateTimeOffset(2018, 9, 28, 16, 48, 42, TimeSpan.FromHours(8)), report.ArrivalDate);
        Assert.Equal("167.89.69.24", report.SourceIP);
        Assert.Equal("cardinal.com", report.ReportedDomain);
        Assert.Equal("N8CowEApcUPo6q1bnXlMAA--.44392S3", report.OriginalEnvelopeId);
        Assert.Equal("entrata.com", report.DkimDomain);
        Assert.Equal(DeliveryResult.Delivered, report.DeliveryResult);
        Assert.Equal(UnalignedMechanism.Dkim | UnalignedMechanism.Spf, report.IdentityAlignment);
        Assert.Equal("163.com", report.AuthenticationResults[0].AuthServId);
        Assert.True(report.OriginalMessage!.IsHeaderOnly);
        Assert.Equal("Rent Reminder", report.OriginalMessage.Subject);
        Assert.Equal("<oguVx1AxQayV5Sv2nYK-rA@ismtpd0007p1las1.sendgrid.net>", report.MessageId);
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportFieldMissing" && finding.Message.Contains("Auth-Failure", StringComparison.Ordinal));
    }

    [ConformanceTheory]
    [InlineData(LinkedIn)]
    [InlineData("dmarc_ruf_report_linkedin.crlf.eml")]
    public void A_report_of_LinkedIn_about_a_null_sender(string file)
    {
        FailureReport report = Read(file);

        Assert.Equal("dmarc-noreply@linkedin.com", report.Reporter!.Address);
        Assert.Equal("", report.OriginalMailFrom!.Address);
        Assert.Equal("recipient@linkedin.com", Assert.Single(report.OriginalRecipients).Address);
        Assert.Equal("10.10.10.10", report.SourceIP);
        Assert.Equal(DeliveryResult.Delivered, report.DeliveryResult);
        Assert.Equal("example.com", report.ReportedDomain);
        Assert.Equal("<01010101010101010101010101010101@ABAB01MS0016.someserver.loc>", report.MessageId);
        Assert.Equal("Subject line, could be UTF8 encoded", report.OriginalMessage!.Subject);
        Assert.Equal(2, report.OriginalMessage.GetMessage().Root.Parts.Count);
    }

    [ConformanceFact]
    public void A_report_of_Exim_without_a_part_for_machines()
    {
        FailureReport report = Read(Exim);

        Assert.Equal(FailureReportFormat.PlainText, report.Format);
        Assert.Equal("no-reply@node01.mailgate.example.net", report.Reporter!.Address);
        Assert.Equal("203.0.113.68", report.SourceIP);
        Assert.Equal("example.com", report.ReportedDomain);
        Assert.Equal(new DateTimeOffset(2025, 4, 7, 23, 16, 9, TimeSpan.FromHours(2)), report.ArrivalDate);
        Assert.Equal(UnalignedMechanism.Dkim | UnalignedMechanism.Spf, report.IdentityAlignment);
        Assert.Equal(DeliveryResult.Delivered, report.DeliveryResult);
        Assert.Equal("None, Accept", report.DeliveryResultText);
        Assert.True(report.OriginalMessage!.IsHeaderOnly);
        Assert.Equal("user@example.com", Assert.Single(report.OriginalMessage.From).Address);
        Assert.Equal("Payment from your account.", report.OriginalMessage.Subject);
        Assert.Equal(2, report.OriginalMessage.GetMessage().GetHeaders("Authentication-Results").Count());
        Assert.Contains(report.Findings, finding => finding.Code == "FailureReportPlainText");
    }

    [ConformanceFact]
    public void Their_messages_can_be_assessed()
    {
        foreach (string file in new[] { Domino, Netease, LinkedIn, Exim })
        {
            FailureReport report = Read(file);
            AssessedMessage message = AssessedMessage.From(report.OriginalMessage!);

            // A private address says nothing to anybody else.
            Assert.Equal(report.SourceIP.StartsWith("10.", StringComparison.Ordinal) ? null : report.SourceIP, message.ClientAddress?.ToString());
            Assert.Equal(report.OriginalMailFrom?.Address, message.MailFrom);
            Assert.Equal(report.HeaderFrom, message.Message.From[0].Domain);
        }
    }

    [ConformanceFact]
    public void Reports_that_were_not_asked_for_are_counted()
    {
        DmarcReportReader reader = new(TwoLabels.Instance);
        ReadResult result = ReadResult.Of(Directory.GetFiles(TestFiles.Conformance("reports", "failure", "parsedmarc")).SelectMany(file => reader.ReadFile(file)));

        Assert.Equal(Enumerable.Repeat(ReportTypes.Failure, 5), result.Others);
        Assert.Empty(result.Problems);
        Assert.Empty(result.Failures);
    }

    private static FailureReport Read(string file) =>
        ReadResult.OfFile(TestFiles.Conformance("reports", "failure", "parsedmarc", file), ReportTypes.Failure).Failure;
}
