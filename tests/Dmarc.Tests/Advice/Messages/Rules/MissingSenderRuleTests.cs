using Dmarc.Advice.Messages;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class MissingSenderRuleTests
{
    [Fact]
    public async Task A_host_that_the_record_does_not_list_is_named()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "203.0.113.9", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Fail, DmarcPolicy.Reject, AlignmentCause.SenderNotInSpf), (result.Result, result.Disposition, result.Cause));
        Finding finding = result.Has(AlignmentFindings.SenderNotInSpf);
        Assert.Contains("203.0.113.9", finding.Message, StringComparison.Ordinal);
        Assert.Contains("-all", finding.Message, StringComparison.Ordinal);
        Assert.Equal("203.0.113.9 not in the SPF record", result.Reason);
    }

    /// <summary>Of a service nobody lists one address. What a client calls itself is no sign of it, and what is included already is not asked for.</summary>
    [Theory]
    [InlineData("a.outbound.protection.outlook.com (a.outbound.protection.outlook.com [203.0.113.9])", "v=spf1 -all", "include:spf.protection.outlook.com")]
    [InlineData("a.outbound.protection.office365.us (a.outbound.protection.office365.us [203.0.113.9])", "v=spf1 -all", "include:spf.protection.office365.us")]
    [InlineData("a.outbound.protection.outlook.com (unknown [203.0.113.9])", "v=spf1 -all", "add it")]
    [InlineData("a.outbound.protection.outlook.com (a.outbound.protection.outlook.com [203.0.113.9] (may be forged))", "v=spf1 -all", "add it")]
    [InlineData("a.outbound.protection.outlook.com (a.outbound.protection.outlook.com [203.0.113.9])", "v=spf1 include:spf.protection.outlook.com -all", "add it")]
    public async Task A_service_is_included_and_not_listed(string client, string record, string remedy)
    {
        FakeResolver zone = MessageBed.Zone().Txt("spf.protection.outlook.com", "v=spf1 ip4:203.0.113.128/25 -all").Txt("direct.example", record)
            .Txt("_dmarc.direct.example", "v=DMARC1; p=reject");
        string fields = "Return-Path: <a@direct.example>\r\nReceived: from " + client + " by mx.receiver.example with ESMTPS id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields, "a@direct.example"), zone, content: MessageContent.HeaderOnly);

        Assert.Equal(AlignmentCause.SenderNotInSpf, result.Cause);
        Assert.Contains(remedy, result.NextSteps.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_added_since_is_told_apart()
    {
        string fields = "Authentication-Results: mx.receiver.example; spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=anna@example.com\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Assert.Equal(AlignmentCause.SenderNotInSpf, result.Cause);
        result.Has(AlignmentFindings.SenderInSpfNow);
    }

    [Theory]
    [InlineData("", "AlignSpfRecordMissing")]
    [InlineData("v=spf1 ipv4:192.0.2.1 -all", "AlignSpfRecordBroken")]
    public async Task A_record_that_is_missing_or_broken_is_named(string record, string code)
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").Txt("example.com", record);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "203.0.113.9", "anna@example.com");

        Assert.Equal(AlignmentCause.SenderNotInSpf, result.Cause);
        Assert.Contains(code, result.Findings.Select(finding => finding.Code));
    }

    /// <summary>Without the address check_host() cannot be asked; whether there is a record can.</summary>
    [Theory]
    [InlineData("none", "", "AlignSpfRecordMissing")]
    [InlineData("none", "v=spf1 ip4:192.0.2.1 -all", "AlignSpfRecordThereNow")]
    [InlineData("none", "v=spf1 ipv4:192.0.2.1 -all", "AlignSpfRecordBroken")]
    [InlineData("none", "two", "AlignSpfRecordBroken")]
    [InlineData("none", "down", "AlignSpfRecordUnknown")]
    [InlineData("permerror", "", "AlignSpfRecordMissing")]
    [InlineData("permerror", "v=spf1 ip4:192.0.2.1 -all", "AlignSpfRecordThereNow")]
    [InlineData("permerror", "v=spf1 ipv4:192.0.2.1 -all", "AlignSpfRecordBroken")]
    [InlineData("permerror", "down", "AlignSpfRecordUnknown")]
    [InlineData("fail", "", "AlignSenderNotInSpf")]
    public async Task What_is_said_of_a_record_was_looked_up(string written, string record, string code)
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        zone = record switch
        {
            "two" => zone.Txt("example.com", "v=spf1 -all", "v=spf1 +all"),
            "down" => zone.Fails("example.com", DnsRecordType.TXT, DnsStatus.ServFail),
            _ => zone.Txt("example.com", record),
        };
        AlignmentResult message = await MessageBed.AssessAsync(
            MessageBed.Message("Authentication-Results: mx.receiver.example; spf=" + written + " smtp.mailfrom=anna@example.com\r\n"), zone, trusted: MessageBed.Server);
        MessageAssessor assessor = new(zone);
        AlignmentResult given = await assessor.AssessAsync(new MessageIdentifiers
        {
            From = "example.com",
            MailFrom = "example.com",
            SpfResult = written switch { "none" => AuthenticationResult.None, "fail" => AuthenticationResult.Fail, _ => AuthenticationResult.PermError },
        });

        foreach (AlignmentResult result in new[] { message, given })
        {
            Assert.Equal((DmarcResult.Fail, AlignmentCause.SenderNotInSpf), (result.Result, result.Cause));
            Assert.Equal([code], result.Findings.Select(finding => finding.Code).Where(name => name.StartsWith("AlignSpfRecord", StringComparison.Ordinal) || name.StartsWith("AlignSender", StringComparison.Ordinal)));
        }
    }

    /// <summary>With the address, what check_host() says now stands for what was written of the record.</summary>
    [Theory]
    [InlineData("none", "v=spf1 ip4:192.0.2.1 -all", "AlignSenderNotInSpf")]
    [InlineData("permerror", "v=spf1 ip4:192.0.2.1 -all", "AlignSenderNotInSpf")]
    [InlineData("permerror", "v=spf1 ip4:203.0.113.7 -all", "AlignSenderInSpfNow")]
    [InlineData("permerror", "", "AlignSpfRecordMissing")]
    [InlineData("permerror", "v=spf1 ipv4:192.0.2.1 -all", "AlignSpfRecordBroken")]
    [InlineData("none", "down", "AlignSpfRecordUnknown")]
    [InlineData("permerror", "down", "AlignSpfRecordUnknown")]
    public async Task What_was_written_of_a_record_gives_way_to_what_DNS_says_now(string written, string record, string code)
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject");
        zone = record == "down" ? zone.Fails("example.com", DnsRecordType.TXT, DnsStatus.Timeout) : zone.Txt("example.com", record);
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message("Authentication-Results: mx.receiver.example; spf=" + written + " (sender IP is 203.0.113.7) smtp.mailfrom=anna@example.com\r\n"), zone, trusted: MessageBed.Server);

        Assert.Equal([code], result.Findings.Select(finding => finding.Code).Where(name => name.StartsWith("AlignSpfRecord", StringComparison.Ordinal) || name.StartsWith("AlignSender", StringComparison.Ordinal)));
    }
}
