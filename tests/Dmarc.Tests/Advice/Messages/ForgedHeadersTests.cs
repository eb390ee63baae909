using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>What a sender writes into a message does not make it pass.</summary>
public class ForgedHeadersTests
{
    private const string Way = "Return-Path: <x@stranger.example>\r\nReceived: from vps.stranger.example (vps.stranger.example [203.0.113.9])\r\n"
        + " by mx.receiver.example with ESMTPS id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n";

    private const string Results = "; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com; dmarc=pass header.from=example.com\r\n";

    [Theory]
    [InlineData("Authentication-Results: mx.evil.example" + Results, null, null)]
    [InlineData("Authentication-Results: mx.evil.example" + Results, "mx.real.example", null)]
    [InlineData("Authentication-Results: mx.evil.example" + Results, null, "203.0.113.9")]
    [InlineData("Authentication-Results: mx.receiver.example" + Results, null, null)]
    [InlineData("Authentication-Results: other.receiver.example" + Results, "mx.real.example", "203.0.113.9")]
    [InlineData("Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=anna@example.com; helo=mail.example.com; receiver=mx.receiver.example\r\n", null, null)]
    [InlineData("Received-SPF: pass (x) client-ip=203.0.113.9; envelope-from=anna@example.com; helo=mail.example.com; receiver=mx.receiver.example\r\n", "mx.real.example", null)]
    [InlineData("X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:US;H:mail.example.com;DIR:INB;\r\n", null, null)]
    public async Task A_whole_unsigned_message_of_a_stranger_fails(string forged, string? trusted, string? address)
    {
        foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.Text })
        {
            AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(Way + forged), trusted: trusted, address: address, content: content);

            Assert.Equal(DmarcResult.Fail, result.Result);
            Assert.Equal("203.0.113.9", result.Spf.IPAddress?.ToString());
            Assert.Equal("stranger.example", result.Spf.Domain);
            Assert.Empty(result.Dkim);
        }
    }

    [Theory]
    [InlineData("Authentication-Results: mx.evil.example" + Results)]
    [InlineData("Authentication-Results: mx.receiver.example; spf=pass smtp.mailfrom=a@example.com\r\n")]
    [InlineData("Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=x@stranger.example; helo=mail.example.com; receiver=mx.receiver.example\r\n")]
    public async Task A_word_in_a_pasted_header_that_contradicts_its_way_is_not_used(string forged)
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(Way + forged), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Fail, EvidenceSource.CheckedFromHeader), (result.Result, result.Spf.Source));
    }

    [Theory]
    [InlineData(MessageContent.HeaderOnly, DmarcResult.Pass)]
    [InlineData(MessageContent.Full, null)]
    public async Task A_pass_that_nobody_vouches_for_counts_for_a_pasted_header_only(object contentValue, DmarcResult? expected)
    {
        MessageContent content = (MessageContent)contentValue;
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message("Authentication-Results: mx.receiver.example; spf=pass smtp.mailfrom=a@example.com\r\n"), content: content);

        Assert.Equal(expected, result.Result);
    }

    [Fact]
    public async Task A_signature_that_fails_here_is_not_mended_by_a_word()
    {
        string signed = MessageBed.Signer.With("example.com").Sign(MessageBed.Message()).Replace("Hello.", "Hullo.", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(Way + "Authentication-Results: mx.receiver.example" + Results + signed);

        Assert.Equal(DmarcResult.Fail, result.Result);
        Assert.False(Assert.Single(result.Dkim).Aligned);
    }

    [Fact]
    public async Task RFC_6376_6_1_1_a_signature_of_a_public_suffix_does_not_pass()
    {
        string signed = MessageBed.Signer.With("co.uk").Sign(MessageBed.Message(from: "anna@shop.co.uk"));
        AlignmentResult result = await MessageBed.AssessAsync(Way + signed, MessageBed.Zone().Txt("s1._domainkey.co.uk", MessageBed.Signer.Record));

        Assert.NotEqual(AuthenticationResult.Pass, Assert.Single(result.Dkim).Result);
    }

    /// <summary>Exchange writes no reverse name of the client, so that the name of a hop is what the client called itself.</summary>
    [Theory]
    [InlineData("from mail.receiver.example (203.0.113.9) by ex1.receiver.example (10.0.0.5) with Microsoft SMTP Server id 1")]
    [InlineData("from mail.receiver.example (203.0.113.9) by ex1.receiver.example (198.51.100.5) with Microsoft SMTP Server id 1")]
    [InlineData("from mail.receiver.example (unknown [203.0.113.9]) by mx.receiver.example (Postfix) with ESMTP id 1")]
    [InlineData("from mail.receiver.example (mail.receiver.example [203.0.113.9] (may be forged)) by mx.receiver.example (8.18.1/8.18.1) with ESMTP id 1")]
    [InlineData("from mail.receiver.example (203.0.113.9) by mx.receiver.example with ESMTP id 1")]
    public async Task A_greeting_in_the_receivers_name_makes_nobody_internal(string border)
    {
        string forged = "Return-Path: <anna@example.com>\r\n"
            + "Received: " + border + "; Sat, 21 Nov 2026 20:14:34 +0000\r\n"
            + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mail.receiver.example with ESMTPS id 2; Sat, 21 Nov 2026 20:14:30 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(forged));

        Assert.Equal((DmarcResult.Fail, "203.0.113.9"), (result.Result, result.Spf.IPAddress?.ToString()));
    }

    [Theory]
    [InlineData("from A.prod.outlook.com (2603:10a6:20b::11) by B.outlook.office365.com (2603:10a6:20b::25) with Microsoft SMTP Server id 1")]
    [InlineData("from A.prod.outlook.com (2603:10a6:20b::11) by B.eurprd02.prod.outlook.com with HTTPS")]
    [InlineData("from mx.receiver.example (198.51.100.8) by ex1.receiver.example (198.51.100.5) with Microsoft SMTP Server id 1")]
    [InlineData("from mx.receiver.example (mx.receiver.example [198.51.100.8]) by store.receiver.example (Postfix) with ESMTPS id 1")]
    [InlineData("from mx.receiver.example ([198.51.100.8]) by store.receiver.example with esmtps (TLS1.3) (Exim 4.97) id 1")]
    public async Task Hops_within_the_receiver_stay_internal(string inner)
    {
        string way = "Return-Path: <anna@example.com>\r\n"
            + "Received: " + inner + "; Sat, 21 Nov 2026 20:14:35 +0000\r\n"
            + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 2; Sat, 21 Nov 2026 20:14:30 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(way));

        Assert.Equal((DmarcResult.Pass, "192.0.2.1"), (result.Result, result.Spf.IPAddress?.ToString()));
    }
}
