using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>Whose notes count: those above the Received field by which the receiver took the message (RFC 8601 §5), whoever wrote what below.</summary>
public class ReceivingSideTests
{
    private const string Date = "; Sat, 21 Nov 2026 20:14:34 +0000\r\n";

    /// <summary>The receiver takes the message from a stranger, who passes SPF for a domain of its own.</summary>
    private const string FromStranger = "Received: from mta.stranger.example (mta.stranger.example [203.0.113.9]) by mx.receiver.example with ESMTPS id 1" + Date;

    private const string Pass = "; spf=pass smtp.mailfrom=anna@example.com; dkim=pass header.d=example.com; dmarc=pass header.from=example.com\r\n";
    private const string Fail = "; spf=pass smtp.mailfrom=x@stranger.example; dkim=none; dmarc=fail header.from=example.com\r\n";

    private const string Exchange = " with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.1";


    [Theory]
    [InlineData("above and below", "Authentication-Results: mx.receiver.example" + Fail + FromStranger + "Authentication-Results: mx.receiver.example" + Pass)]
    [InlineData("below alone", FromStranger + "Authentication-Results: mx.receiver.example" + Pass)]
    [InlineData("below, folded", FromStranger + "Authentication-Results:\r\n\tmx.receiver.example;\r\n dkim=pass\r\n\theader.d=example.com\r\n")]
    [InlineData("below, in capitals", FromStranger + "AUTHENTICATION-RESULTS: MX.Receiver.Example" + Pass)]
    [InlineData("below, with a comment", FromStranger + "Authentication-Results: (x) mx.receiver.example (y) 1" + Pass)]
    [InlineData("below, of a sibling", FromStranger + "Authentication-Results: spf.receiver.example" + Pass)]
    [InlineData("below a forged hop", FromStranger + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 2" + Date
        + "Authentication-Results: mx.receiver.example" + Pass)]
    [InlineData("above a forged hop", FromStranger + "Authentication-Results: mx.receiver.example" + Pass
        + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 2" + Date)]
    [InlineData("below an inner hop", "Received: from mx.receiver.example (mx.receiver.example [198.51.100.8]) by store.receiver.example with LMTP id 3" + Date
        + "Authentication-Results: mx.receiver.example" + Fail + FromStranger + "Authentication-Results: mx.receiver.example" + Pass)]
    [InlineData("behind a balancer", "Authentication-Results: mx.receiver.example" + Fail
        + "Received: from mta.stranger.example by mx.receiver.example with ESMTPS id 1" + Date + "Authentication-Results: mx.receiver.example" + Pass)]
    [InlineData("no results above, Received-SPF below", FromStranger
        + "Received-SPF: pass (mx.receiver.example: ok) receiver=mx.receiver.example; client-ip=192.0.2.1; envelope-from=anna@example.com; helo=mail.example.com\r\n")]
    public async Task What_the_sender_wrote_does_not_count(string name, string fields)
    {
        foreach (string? trusted in new[] { MessageBed.Server, null })
        {
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.Text, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await MessageBed.AssessAsync(
                    MessageBed.Message("Return-Path: <x@stranger.example>\r\n" + fields), MessageBed.Zone().Txt("stranger.example", "v=spf1 ip4:203.0.113.9 -all"), trusted: trusted, content: content);
                Assert.True(result.Result == DmarcResult.Fail, name + ", " + content + ", " + trusted + ": " + result.Result);
                result.Has(AlignmentFindings.ResultsOutOfPlace);
            }
        }
    }

    [Theory]
    [InlineData("at the border", "Authentication-Results: mx.receiver.example" + Pass + FromStranger, true)]
    [InlineData("no Received", "Authentication-Results: mx.receiver.example" + Pass, true)]
    [InlineData("of a sibling", "Authentication-Results: dmarc.receiver.example" + Pass + FromStranger, true)]
    [InlineData("of another", "Authentication-Results: mx.other.example" + Pass + FromStranger, false)]
    [InlineData("above an inner hop", "Authentication-Results: mx.receiver.example" + Pass
        + "Received: from mx.receiver.example (mx.receiver.example [198.51.100.8]) by store.receiver.example with LMTP id 3" + Date + FromStranger, true)]
    [InlineData("between inner hops", "Received: from mx.receiver.example (mx.receiver.example [198.51.100.8]) by store.receiver.example with LMTP id 3" + Date
        + "Authentication-Results: mx.receiver.example" + Pass + FromStranger, true)]
    public async Task What_the_trusted_server_wrote_counts(string name, string fields, bool counts)
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Assert.True((result.Result == DmarcResult.Pass) == counts, name);
        Assert.Equal(counts, result.Receiver?.IsTrusted ?? false);
        result.HasNot(AlignmentFindings.ResultsOutOfPlace);
    }

    [Theory]
    [InlineData("mx.receiver.example 2; spf=pass smtp.mailfrom=anna@example.com; dkim=pass header.d=example.com; dmarc=pass header.from=example.com", "AuthResVersion")]
    [InlineData("mx.receiver.example; spf/2=pass smtp.mailfrom=anna@example.com; dkim/2=pass header.d=example.com; dmarc/2=pass header.from=example.com", "AuthResMethodVersion")]
    public async Task Results_of_an_unknown_version_are_not_used(string results, string code)
    {
        foreach (string? trusted in new[] { MessageBed.Server, null })
        {
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await MessageBed.AssessAsync(
                    MessageBed.Message("Return-Path: <x@stranger.example>\r\nAuthentication-Results: " + results + "\r\n" + FromStranger), trusted: trusted, content: content);

                Assert.Equal(DmarcResult.Fail, result.Result);
                Assert.Null(result.Receiver?.Dmarc);
                Assert.Contains(code, result.Findings.Select(finding => finding.Code));
                result.HasNot(AlignmentFindings.TrustedServerAbsent);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("icloud.example")]
    [InlineData("spf.icloud.example")]
    [InlineData("dmarc.icloud.example")]
    [InlineData("BIMI.icloud.example")]
    public async Task The_fields_of_one_operators_servers_are_read_together(string? trusted)
    {
        string[] fields =
        [
            "Authentication-Results: bimi.icloud.example; bimi=skipped reason=\"insufficient dmarc\"\r\n",
            "Authentication-Results: arc.icloud.example; arc=none\r\n",
            "Authentication-Results: dmarc.icloud.example; dmarc=pass header.from=example.com\r\n",
            "Authentication-Results: dkim-verifier.icloud.example; dkim=pass (2048-bit key) header.d=example.com header.i=@example.com\r\n",
            "Authentication-Results: spf.icloud.example; spf=pass smtp.mailfrom=bounce@stranger.example\r\n",
        ];
        for (int turn = 0; turn < fields.Length; turn++)
        {
            string header = string.Concat(fields.Skip(turn).Concat(fields.Take(turn)))
                + "Received: from mta.stranger.example (mta.stranger.example [203.0.113.9]) by mx01.icloud.example (Postfix) with ESMTPS id z" + Date;
            AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(header), trusted: trusted, content: MessageContent.HeaderOnly);

            Assert.Equal(DmarcResult.Pass, result.Result);
            Assert.Equal(AuthenticationResult.Pass, Assert.Single(result.Dkim).Result);
            Assert.Equal("stranger.example", result.Spf.Domain);
        }
    }

    /// <summary>A host that greets with a name of the receiver's, and that Postfix calls unknown, is one of it by DNS, or by nothing else that could tell.</summary>
    [Theory]
    [InlineData(null, MessageContent.HeaderOnly, DmarcResult.Pass)]
    [InlineData(null, MessageContent.Full, DmarcResult.Fail)]
    [InlineData("v=spf1 ip4:17.58.0.0/16 ~all", MessageContent.HeaderOnly, DmarcResult.Pass)]
    [InlineData("v=spf1 ip4:17.58.0.0/16 ~all", MessageContent.Full, DmarcResult.Pass)]
    [InlineData("v=spf1 -all", MessageContent.HeaderOnly, DmarcResult.Fail)]
    public async Task A_greeting_in_the_receivers_name_is_looked_up(string? record, object contentValue, DmarcResult expected)
    {
        MessageContent content = (MessageContent)contentValue;
        string fields = "Return-Path: <anna@example.com>\r\n"
            + "Received: from ms11.icloud.example (unknown [17.58.38.57]) by p00-smtp.icloud.example (Postfix) with ESMTPS id y" + Date
            + "Authentication-Results: spf.icloud.example; spf=pass smtp.mailfrom=anna@example.com\r\n"
            + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx01.icloud.example (Postfix) with ESMTPS id z" + Date;
        FakeResolver zone = record is null ? MessageBed.Zone() : MessageBed.Zone().Txt("icloud.example", record);
        foreach (string? trusted in new[] { null, "dmarc.icloud.example" })
        {
            Assert.Equal(expected, (await MessageBed.AssessAsync(MessageBed.Message(fields), zone, trusted: trusted, content: content)).Result);
        }
    }

    [Fact]
    public async Task Mail_from_Gmail_to_Gmail_comes_from_outside()
    {
        string fields = "Return-Path: <anna@example.com>\r\nReceived: by 2002:a05:7208:3001:b0:8d:3f2a:91c4 with SMTP id c1" + Date
            + "Received: from mail-qv1-f41.google.com (mail-qv1-f41.google.com. [209.85.219.41]) by mx.google.com with ESMTPS id 1" + Date
            + "Received: by mail-qv1-f41.google.com with SMTP id 2" + Date;
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), MessageBed.Zone());

        Assert.Equal((DmarcResult.Fail, "209.85.219.41"), (result.Result, result.Spf.IPAddress?.ToString()));
    }

    [Theory]
    [InlineData("mx.google.com", "mx.google.com", "", DmarcResult.Pass)]
    [InlineData("inbound-smtp.eu-west-1.amazonaws.com", "amazonses.com", "X-SES-Spam-Verdict: PASS\r\n", DmarcResult.Pass)]
    [InlineData("mx.google.com", "mx.evil.example", "", DmarcResult.Fail)]
    [InlineData("mx.google.com", "mx.google.com", "X-Mailer: x\r\n", DmarcResult.Fail)]
    [InlineData("mx.google.com", "mx.google.com", "Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=x@stranger.example; dkim=none\r\n", DmarcResult.Fail)]
    public async Task Operators_that_write_below_their_own_field_are_read_there(string host, string server, string between, DmarcResult expected)
    {
        string fields = "Return-Path: <x@stranger.example>\r\nReceived: from mta.stranger.example (mta.stranger.example. [203.0.113.9]) by " + host + " with ESMTPS id 1" + Date
            + between + "Authentication-Results: " + server + "; spf=pass smtp.mailfrom=x@stranger.example; dkim=pass header.d=example.com\r\n";
        foreach (string? trusted in new[] { host, null })
        {
            AlignmentResult result = await MessageBed.AssessAsync(
                MessageBed.Message(fields), MessageBed.Zone().Txt("stranger.example", "v=spf1 ip4:203.0.113.9 -all"), trusted: trusted, content: MessageContent.HeaderOnly);
            Assert.Equal(expected, result.Result);
        }
    }

    [Fact]
    public async Task A_trusted_server_that_forwarded_the_message_is_believed_below_the_next_one()
    {
        string fields = "Received: from mx.receiver.example (mx.receiver.example. [198.51.100.8]) by mx.google.com with ESMTPS id 9" + Date
            + "Authentication-Results: mx.google.com; spf=fail smtp.mailfrom=anna@example.com; dkim=none\r\n"
            + "Authentication-Results: mx.receiver.example" + Pass + FromStranger;
        AlignmentResult named = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);
        AlignmentResult greeted = await MessageBed.AssessAsync(
            MessageBed.Message(fields.Replace("(mx.receiver.example. [198.51.100.8])", "(unknown [203.0.113.66])", StringComparison.Ordinal)), trusted: MessageBed.Server);

        Assert.Equal(DmarcResult.Pass, named.Result);
        Assert.NotEqual(DmarcResult.Pass, greeted.Result);
    }

    [Theory]
    [InlineData("prod.exchangelabs.com", "outlook.office365.com")]
    [InlineData("prod.exchangelabs.com", "prod.exchangelabs.com")]
    [InlineData("eurprd02.prod.outlook.com", "prod.exchangelabs.com")]
    [InlineData("eurprd02.prod.outlook.com", "outlook.office365.com")]
    [InlineData("mail.protection.outlook.com", "eurprd02.prod.outlook.com")]
    [InlineData("eop-EUR02.prod.protection.outlook.com", "prod.exchangelabs.com")]
    [InlineData("o-v1.mx.microsoft", "outlook.office365.com")]
    public async Task Microsofts_own_hops_are_internal(string mailbox, string front)
    {
        foreach ((string mail, string end) in new[] { (mailbox, front), (front, mailbox) })
        {
            string fields = "Return-Path: anna@example.com\r\n"
                + "Received: from BYAPR01CA0053." + end + " (2603:10b6:a03:94::30) by AM7PR04MB7157." + mail + " (2603:10a6:20b:118::20)" + Exchange + Date
                + "Received: from MWH0EPF000971E8." + mail + " (2603:10b6:a03:94:cafe::c9) by BYAPR01CA0053." + end + " (2603:10b6:a03:94::30)" + Exchange + " via Frontend Transport" + Date
                + "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=example.com;compauth=pass reason=100\r\n"
                + "Received-SPF: Pass (protection.outlook.com: domain of example.com designates 192.0.2.1 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.1; helo=mail.example.com; pr=C\r\n"
                + "Received: from mail.example.com (192.0.2.1) by MWH0EPF000971E8.mail.protection.outlook.com (10.167.243.68)" + Exchange + Date;
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), content: content);
                Assert.Equal((DmarcResult.Pass, "192.0.2.1"), (result.Result, result.Spf.IPAddress?.ToString()));
            }
        }
    }

    /// <summary>A stranger in Azure can have an address beside those of Exchange Online and greet with a name of Microsoft's.</summary>
    [Fact]
    public async Task A_greeting_in_Microsofts_name_is_not()
    {
        string fields = "Return-Path: anna@example.com\r\nReceived: from X.prod.exchangelabs.com (2603:1020:201::7) by MWH0EPF000971E8.mail.protection.outlook.com (2603:10a6:20b:118::20)" + Exchange + Date
            + "Received: from mail.example.com (192.0.2.1) by X.mail.protection.outlook.com (10.167.243.68)" + Exchange + Date;
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields));

        Assert.Equal((DmarcResult.Fail, "2603:1020:201::7"), (result.Result, result.Spf.IPAddress?.ToString()));
    }

    [Fact]
    public async Task Several_servers_out_of_place_are_told_once_each()
    {
        string fields = FromStranger + "Authentication-Results: mx.receiver.example" + Pass + "Authentication-Results: mx.receiver.example" + Pass + "Authentication-Results: b.receiver.example" + Pass;
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Finding[] found = [.. result.Findings.Where(finding => finding.Code == AlignmentFindings.ResultsOutOfPlace.Code)];
        Assert.Equal(2, found.Length);
        Assert.All(found, finding => Assert.Contains("mx.receiver.example", finding.Message, StringComparison.Ordinal));
    }
}
