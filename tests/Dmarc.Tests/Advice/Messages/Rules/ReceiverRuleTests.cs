using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

/// <summary>Internal mail, composite authentication, body lengths, and identifiers that are several.</summary>
public class ReceiverRuleTests
{
    private const string Date = "; Sat, 21 Nov 2026 20:14:34 +0000\r\n";
    private const string Mapi = "Received: from AM7PR04MB7157.eurprd04.prod.outlook.com ([fe80::5173]) by AM7PR04MB7157.eurprd04.prod.outlook.com ([fe80::5173%4]) with mapi id 15.20.8880.021" + Date;
    private const string Internal = "X-MS-Exchange-Organization-AuthAs: Internal\r\nX-MS-Exchange-Organization-AuthSource: AM7PR04MB7157.eurprd04.prod.outlook.com\r\n";

    private const string Composite = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=pass (signature was verified) header.d=example.com; dmarc=pass action=none header.from=example.com;compauth=fail reason=001\r\n"
        + "Received: from mail.example.com (192.0.2.1) by DB1PEPF00039230.mail.protection.outlook.com (10.167.8.9) with Microsoft SMTP Server id 15.20" + Date;

    [Theory]
    [InlineData("", true)]
    [InlineData("Authentication-Results: dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=example.com;\r\n", true)]
    [InlineData("Received: from mail.example.com (203.0.113.10) by DB1PEPF00039230.mail.protection.outlook.com (10.167.8.9) with Microsoft SMTP Server id 15.20; Sat, 21 Nov 2026 20:14:34 +0000\r\n", true)]
    [InlineData("Received: from ex1.example.com (10.0.0.1) by ex2.example.com (10.0.0.2) with Microsoft SMTP Server (TLS) id 15.2; Sat, 21 Nov 2026 20:14:34 +0000\r\n", true)]
    [InlineData("Received: from mta.stranger.example (mta.stranger.example [203.0.113.9]) by mx.receiver.example with ESMTPS id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n", false)]
    [InlineData("X-MS-Exchange-Organization-AuthAs: Internal\r\n", true)]
    [InlineData("X-MS-Exchange-Organization-AuthAs: Anonymous\r\n", false)]
    [InlineData("X-MS-Exchange-Organization-AuthAs: Internal\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\n", false)]
    [InlineData("Authentication-Results: spf=fail (sender IP is 203.0.113.9) smtp.mailfrom=example.com; dmarc=fail action=oreject header.from=example.com;\r\n", false)]
    public async Task Mail_that_Exchange_takes_for_internal_is_not_evaluated(string top, bool expected)
    {
        foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
        {
            AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(top + Mapi + Internal), content: content);
            Assert.Equal(expected, result.Cause == AlignmentCause.InternalMail);
            Assert.Equal(expected, result.Findings.Any(finding => finding.Code == AlignmentFindings.InternalMail.Code));
            if (expected)
            {
                Assert.Equal((DmarcResult.None, (DmarcPolicy?)null), (result.Result, result.Disposition));
                Assert.DoesNotContain(result.Findings, finding => finding.Severity == Severity.Error);
            }
        }
    }

    [Theory]
    [InlineData("v=DMARC1; p=none", "policy of none")]
    [InlineData("v=DMARC1; p=reject", "policy of reject")]
    [InlineData(null, "No DMARC record")]
    public async Task A_failing_composite_authentication_beside_three_passes_is_explained(string? record, string expected)
    {
        FakeResolver zone = record is null ? new FakeResolver().Txt("example.com", "v=spf1 ip4:192.0.2.1 -all") : MessageBed.Zone(record);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(Composite), zone, content: MessageContent.HeaderOnly);
        Finding finding = result.Has(AlignmentFindings.CompositeFailed);

        Assert.Contains("reason=001", finding.Message, StringComparison.Ordinal);
        Assert.Contains(expected, finding.Message, StringComparison.Ordinal);
        Assert.Contains("New-TenantAllowBlockListSpoofItems", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains(finding.Remedy, result.NextSteps);
    }

    [Theory]
    [InlineData("compauth=fail reason=001", "compauth=pass reason=100")]
    [InlineData("dmarc=pass", "dmarc=fail")]
    public async Task It_is_not_where_it_passed_or_DMARC_failed(string written, string other)
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(Composite.Replace(written, other, StringComparison.Ordinal)).Replace("spf=pass", "spf=fail", StringComparison.Ordinal), content: MessageContent.HeaderOnly);

        result.HasNot(AlignmentFindings.CompositeFailed);
    }

    [Theory]
    [InlineData(8, false, false)]
    [InlineData(8, true, true)]
    [InlineData(7, false, true)]
    [InlineData(null, false, null)]
    public async Task A_body_that_is_not_signed_to_its_end_is_told(int? length, bool adds, bool? unsigned)
    {
        string message = MessageBed.Signer.With(length: length).Sign(MessageBed.Message()) + (adds ? "Buy now.\r\n" : "");
        AlignmentResult result = await MessageBed.AssessAsync(message);

        Assert.Equal(DmarcResult.Pass, result.Result);
        Assert.Equal(unsigned == true, result.Findings.Any(finding => finding.Code == AlignmentFindings.UnsignedBody.Code));
        Assert.Equal(unsigned == false, result.Findings.Any(finding => finding.Code == AlignmentFindings.BodyLengthLimited.Code));
    }

    [Theory]
    [InlineData("ceo@example.com, x@service.example")]
    [InlineData("ceo@example.com; x@service.example")]
    [InlineData("ceo@example.com x@service.example")]
    [InlineData("ceo@example.com\tx@service.example")]
    [InlineData("CEO <ceo@example.com>, x@service.example")]
    [InlineData("Team: ceo@example.com, x@service.example;")]
    public async Task Several_authors_are_what_they_are_in_a_message(string from)
    {
        MessageAssessor assessor = new(MessageBed.Zone());
        foreach (string domain in new[] { "example.com", "service.example" })
        {
            AlignmentResult given = await assessor.AssessAsync(new MessageIdentifiers { From = from, DkimDomains = [domain] });
            Assert.Equal((DmarcResult.PermError, AlignmentCause.SeveralAuthorDomains), (given.Result, given.Cause));
        }

        AlignmentResult read = await MessageBed.AssessAsync(MessageBed.Message(from: from.Replace(';', ',').TrimEnd(',')));
        Assert.Equal((DmarcResult.PermError, AlignmentCause.SeveralAuthorDomains), (read.Result, read.Cause));
    }

    [Theory]
    [InlineData("ceo@example.com, news@example.com")]
    [InlineData("ceo @ example . com")]
    [InlineData("ceo@example.com (a @ b)")]
    [InlineData("x@service.example <ceo@example.com>")]
    [InlineData("<ceo@example.com>")]
    [InlineData("example.com")]
    public async Task One_author_domain_is_one(string from)
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(new MessageIdentifiers { From = from, DkimDomains = ["example.com"] });

        Assert.Equal((DmarcResult.Pass, "example.com"), (result.Result, result.AuthorDomain));
    }

    /// <summary>Programs disagree about a list without commas, also if all of it is of one domain.</summary>
    [Theory]
    [InlineData("ceo@example.com news@example.com")]
    [InlineData("ceo@example.com; news@example.com")]
    [InlineData("CEO <ceo@example.com> news@example.com")]
    [InlineData("ceo@example.com CEO")]
    [InlineData("x@service.example@example.com")]
    public async Task A_list_without_commas_names_no_author(string from)
    {
        AlignmentResult given = await new MessageAssessor(MessageBed.Zone()).AssessAsync(new MessageIdentifiers { From = from, DkimDomains = ["example.com"] });
        AlignmentResult read = await MessageBed.AssessAsync(MessageBed.Message(from: from));

        foreach (AlignmentResult result in new[] { given, read })
        {
            Assert.Equal((DmarcResult.PermError, null), (result.Result, result.AuthorDomain));
            result.Has(AlignmentFindings.AmbiguousFrom);
        }
    }

    [Theory]
    [InlineData("a@service.example, b@example.com")]
    [InlineData("a@service.example b@example.com")]
    [InlineData("<a@service.example>, <b@example.com>")]
    [InlineData("service.example, example.com")]
    [InlineData("service.example example.com")]
    [InlineData("a@example.com,")]
    [InlineData("a@")]
    [InlineData("a@exam ple.com")]
    [InlineData("a@example..com")]
    public async Task Several_envelope_senders_are_none(string mailFrom)
    {
        MessageAssessor assessor = new(MessageBed.Zone());
        AlignmentResult failed = await assessor.AssessAsync(new MessageIdentifiers { From = "a@example.com", MailFrom = mailFrom, SpfResult = AuthenticationResult.Pass });
        AlignmentResult signed = await assessor.AssessAsync(new MessageIdentifiers { From = "a@example.com", MailFrom = mailFrom, SpfResult = AuthenticationResult.Pass, DkimDomains = ["example.com"] });

        Assert.Equal((DmarcResult.PermError, AlignmentCause.SeveralSenders, AuthenticationResult.PermError), (failed.Result, failed.Cause, failed.Spf.Result));
        failed.Has(AlignmentFindings.MailFromUnreadable);
        Assert.Equal(DmarcResult.Pass, signed.Result);
        signed.Has(AlignmentFindings.MailFromUnreadable);
    }

    [Theory]
    [InlineData("<@one.example,@two.example:a@example.com>")]
    [InlineData("<@one.example:a@example.com>")]
    [InlineData("@one.example, @two.example:a@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("\"a, b\"@example.com")]
    [InlineData("@example.com")]
    public async Task One_envelope_sender_is_read_however_it_is_written(string mailFrom)
    {
        AlignmentResult given = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new MessageIdentifiers { From = "a@example.com", MailFrom = mailFrom, SpfResult = AuthenticationResult.Pass });
        AlignmentResult message = await MessageBed.AssessAsync(MessageBed.Message("Return-Path: " + mailFrom + "\r\n"), address: "192.0.2.1");

        foreach (AlignmentResult result in new[] { given, message })
        {
            Assert.Equal((DmarcResult.Pass, "example.com"), (result.Result, result.Spf.Domain));
            result.HasNot(AlignmentFindings.MailFromUnreadable);
        }
    }

    [Theory]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("")]
    public async Task A_sender_without_a_domain_is_one(string mailFrom)
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new MessageIdentifiers { From = "a@example.com", MailFrom = mailFrom, SpfResult = AuthenticationResult.None });

        result.HasNot(AlignmentFindings.MailFromUnreadable);
    }

    [Theory]
    [InlineData("example.com, service.example", AlignmentCause.SeveralAuthorDomains, DmarcResult.PermError)]
    [InlineData("example.com service.example", AlignmentCause.SeveralAuthorDomains, DmarcResult.PermError)]
    [InlineData("example.com; service.example", AlignmentCause.SeveralAuthorDomains, DmarcResult.PermError)]
    [InlineData("example.com, example.com", AlignmentCause.None, DmarcResult.Pass)]
    [InlineData("example.com,", AlignmentCause.None, DmarcResult.Pass)]
    [InlineData("Anna B", AlignmentCause.NoAuthorDomain, DmarcResult.PermError)]
    public async Task Several_domains_as_the_author_count_as_several_addresses_do(string from, object cause, DmarcResult expected)
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new MessageIdentifiers { From = from, MailFrom = "example.com", SpfResult = AuthenticationResult.Pass });

        Assert.Equal(((AlignmentCause)cause, (DmarcResult?)expected), (result.Cause, result.Result));
    }

    [Fact]
    public async Task What_is_given_of_signatures_is_not_left_out_in_silence()
    {
        MessageAssessor assessor = new(MessageBed.Zone());
        MessageIdentifiers identifiers = new()
        {
            From = "a@example.com",
            DkimDomains = ["example.com", "exam ple.com"],
            DkimResults = [AuthenticationResult.Fail, AuthenticationResult.Pass],
        };
        AlignmentResult fitting = await assessor.AssessAsync(identifiers);
        AlignmentResult more = await assessor.AssessAsync(identifiers with { DkimResults = [.. identifiers.DkimResults, AuthenticationResult.Pass] });
        AlignmentResult none = await assessor.AssessAsync(identifiers with { DkimDomains = [] });

        Assert.Contains("exam ple.com", fitting.Has(AlignmentFindings.DkimDomainUnreadable).Message, StringComparison.Ordinal);
        fitting.HasNot(AlignmentFindings.DkimResultsUnused);
        Assert.StartsWith("1 value of", more.Has(AlignmentFindings.DkimResultsUnused).Message, StringComparison.Ordinal);
        Assert.StartsWith("2 values of", none.Has(AlignmentFindings.DkimResultsUnused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_is_there_now_is_not_called_missing()
    {
        string fields = "Authentication-Results: mx.receiver.example; spf=none (sender IP is 203.0.113.7) smtp.mailfrom=anna@example.com\r\n"
            + "Received: from h (h.stranger.example [203.0.113.7]) by mx.receiver.example with ESMTP id 1" + Date;
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        result.HasNot(AlignmentFindings.SpfRecordMissing);
        result.Has(AlignmentFindings.SenderNotInSpf);
    }

    [Fact]
    public async Task A_pass_of_HELO_alone_has_MAIL_FROM_evaluated()
    {
        string fields = "Return-Path: <anna@example.com>\r\nReceived-SPF: Pass (helo) identity=helo; client-ip=192.0.2.1; helo=mta.service.example; envelope-from=anna@example.com; receiver=mx.receiver.example\r\n"
            + "Received: from mta.service.example (mta.service.example [192.0.2.1]) by mx.receiver.example with ESMTPS id x" + Date;
        foreach (string? trusted in new[] { null, MessageBed.Server })
        {
            AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: trusted, content: MessageContent.HeaderOnly);
            Assert.Equal((DmarcResult.Pass, AuthenticationResult.Pass), (result.Result, result.Spf.Result));
        }
    }
}
