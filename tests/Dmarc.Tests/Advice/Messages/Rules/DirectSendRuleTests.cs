using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class DirectSendRuleTests
{
    private const string Fields =
        "Received: from AM0EUR02FT003.eop-EUR02.prod.protection.outlook.com (2603:10a6:208:0:cafe::1) by AM0PR08CA0001.outlook.office365.com (2603:10a6:208::1)\r\n"
        + " with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.1; Sat, 21 Nov 2026 20:14:34 +0000\r\n"
        + "Authentication-Results: spf=fail (sender IP is 203.0.113.66) smtp.mailfrom=example.com; dkim=none (message not signed) header.d=none;"
        + "dmarc=fail action=oreject header.from=example.com;compauth=fail reason=010\r\n"
        + "Received: from printer (203.0.113.66) by AM0EUR02FT003.mail.protection.outlook.com (10.13.54.1) with Microsoft SMTP Server id 15.20.1; Sat, 21 Nov 2026 20:14:33 +0000\r\n"
        + "Return-Path: anna@example.com\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\nX-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n"
        + "X-Forefront-Antispam-Report: CIP:203.0.113.66;CTRY:US;LANG:en;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:printer;PTR:InfoDomainNonexistent;CAT:SPOOF;DIR:INB;\r\n";

    [Fact]
    public async Task The_organisations_own_name_without_authentication_is_Direct_Send()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(Fields).Replace("bert@receiver.example", "bert@example.com", StringComparison.Ordinal));

        Assert.Equal((DmarcResult.Fail, AlignmentCause.DirectSend), (result.Result, result.Cause));
        Finding finding = result.Has(AlignmentFindings.DirectSend);
        Assert.Contains("203.0.113.66", finding.Message, StringComparison.Ordinal);
        Assert.Contains("RejectDirectSend", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_envelope_sender_is_not_stopped_by_the_switch()
    {
        string message = MessageBed.Message(Fields
            .Replace("smtp.mailfrom=example.com", "smtp.mailfrom=service.example", StringComparison.Ordinal)
            .Replace("Return-Path: anna@example.com", "Return-Path: x@service.example", StringComparison.Ordinal));
        AlignmentResult result = await MessageBed.AssessAsync(message);

        Assert.Equal(AlignmentCause.DirectSend, result.Cause);
        result.Has(AlignmentFindings.DirectSendByHeaderOnly);
    }

    [Theory]
    [InlineData("AuthAs: Anonymous", "AuthAs: Internal")]
    [InlineData("Directionality: Incoming", "Directionality: Originating")]
    [InlineData("reason=010", "reason=001")]
    public async Task Mail_that_Exchange_knows_or_that_is_for_others_is_not(string written, string other)
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(Fields.Replace(written, other, StringComparison.Ordinal)));

        Assert.NotEqual(AlignmentCause.DirectSend, result.Cause);
    }

    [Theory]
    [InlineData("reason=010", true)]
    [InlineData("reason=601", true)]
    [InlineData("reason=001", false)]
    public async Task The_verdict_does_where_the_fields_of_Exchange_were_not_copied(string reason, bool expected)
    {
        string fields = Fields
            .Replace("X-MS-Exchange-Organization-AuthAs: Anonymous\r\nX-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n", "", StringComparison.Ordinal)
            .Replace("reason=010", reason, StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields));

        Assert.Equal(expected, result.Cause == AlignmentCause.DirectSend);
    }
}
