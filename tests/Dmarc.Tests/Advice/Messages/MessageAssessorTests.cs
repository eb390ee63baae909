using System.Text;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Advice.Messages;

public class MessageAssessorTests
{
    private static readonly string[] Pieces =
    [
        "From: ", "a@example.com", "b@例え.example", "To: ", "Return-Path: ", "<>", "<a@example.com>", "Received: from ", " by ", "[192.0.2.1]", "\r\n", "\n",
        "\r\n ", ";", "Authentication-Results: ", "mx.receiver.example", "spf=pass smtp.mailfrom=", "dkim=fail header.d=", "dmarc=fail", "example.com",
        "DKIM-Signature: ", "v=1; a=rsa-sha256; d=example.com; s=s1; h=from; bh=AAAA; b=AAAA", "ARC-Seal: i=1; cv=none; ", "ARC-Authentication-Results: i=1; ",
        "List-Id: ", "List-Post: ", "Resent-From: ", "X-Forefront-Antispam-Report: CIP:", "Received-SPF: ", "=?utf-8?B?", "(", "\"", "\u0000", "日本", "\r\n\r\n", " ",
    ];

    [Fact]
    public async Task A_trusted_server_is_believed_and_others_are_not_when_it_is_named()
    {
        string fields = "Authentication-Results: mx.forged.example; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com\r\n"
            + "Authentication-Results: mx.receiver.example; spf=fail smtp.mailfrom=a@example.com\r\n";
        AlignmentResult trusted = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);
        AlignmentResult unverified = await MessageBed.AssessAsync(MessageBed.Message(fields), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Fail, EvidenceSource.TrustedReceiver), (trusted.Result, trusted.Spf.Source));
        trusted.HasNot(AlignmentFindings.ReceiverUnverified);
        Assert.Equal((DmarcResult.Pass, EvidenceSource.UnverifiedReceiver), (unverified.Result, unverified.Spf.Source));
        unverified.Has(AlignmentFindings.ReceiverUnverified);
    }

    [Fact]
    public async Task A_trusted_server_that_is_not_there_is_said()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message("Authentication-Results: mx.other.example; spf=pass smtp.mailfrom=a@example.com\r\n"), trusted: MessageBed.Server);

        Assert.Contains("mx.other.example", result.Has(AlignmentFindings.TrustedServerAbsent).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outlook.com", true)]
    [InlineData("mx.mail.protection.outlook.com", true)]
    [InlineData("look.com", false)]
    [InlineData("evil.example", false)]
    public async Task Microsofts_nameless_field_counts_for_the_host_below(string trusted, bool believed)
    {
        string fields = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=none header.d=none;dmarc=pass action=none header.from=example.com\r\n"
            + "Received: from h (192.0.2.1) by mx.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: trusted);

        Assert.Equal(believed ? EvidenceSource.TrustedReceiver : EvidenceSource.None, result.Spf.Source);
    }

    [Fact]
    public async Task Without_any_word_SPF_is_evaluated_with_the_address_of_the_border()
    {
        string fields = "Return-Path: <anna@example.com>\r\nReceived: from mx.receiver.example (mx.receiver.example [198.51.100.200]) by store.receiver.example; Sat, 21 Nov 2026 20:14:35 +0000\r\n"
            + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n"
            + "Received: from laptop ([10.0.0.7]) by mail.example.com with ESMTPSA id 2; Sat, 21 Nov 2026 20:14:33 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields));

        Assert.Equal(("192.0.2.1", EvidenceSource.CheckedFromHeader), (result.Spf.IPAddress?.ToString(), result.Spf.Source));
        Assert.Equal((DmarcResult.Pass, "mail.example.com", "ip4:192.0.2.1"), (result.Result, result.Spf.Helo, result.Spf.MatchedTerm));
    }

    [Fact]
    public async Task RFC_9989_5_3_1_an_author_domain_in_another_script_becomes_A_labels()
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.xn--r8jz45g.example", "v=DMARC1; p=reject").Txt("xn--r8jz45g.example", "v=spf1 ip4:192.0.2.1 -all");
        string message = "From: =?UTF-8?B?5L6L44GI?= <info@例え.example>\r\nSubject: =?UTF-8?B?56eL44Gu44K744O844Or?=\r\n\r\nx\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(message, zone, "192.0.2.1", "info@例え.example");

        Assert.Equal((DmarcResult.Pass, "xn--r8jz45g.example", "info@例え.example", "秋のセール"), (result.Result, result.AuthorDomain, result.From, result.Subject));
        Assert.Contains("例え.example", result.Explanation[0], StringComparison.Ordinal);
        Assert.Contains("xn--r8jz45g.example", result.Explanation[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_receiver_did_and_where_it_differs_is_told()
    {
        string fields = "Authentication-Results: mx.receiver.example; spf=fail smtp.mailfrom=a@service.example; dkim=none; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Assert.Equal(DmarcResult.Fail, result.Result);
        Assert.Equal(AuthenticationResult.Pass, result.Receiver!.Dmarc);
        Assert.True(result.Receiver.IsTrusted);
        Assert.Contains(result.Explanation, line => line.Contains("applied none, although the record asks for reject", StringComparison.Ordinal));
        Assert.Contains(result.Has(AlignmentFindings.ReceiverDiffers).Message, result.Explanation);
    }

    [Fact]
    public async Task The_story_is_told_in_the_order_of_a_receiver()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("service.example").Sign(MessageBed.Message()), address: "198.51.100.7", mailFrom: "b@service.example");
        string story = string.Join("\n", result.Explanation);
        int previous = -1;
        foreach (string part in new[] { "says that it is from", "envelope sender", "SPF: pass", "DKIM: the signature of service.example", "the record of example.com applies", "Result: fail", "What passes belongs" })
        {
            int index = story.IndexOf(part, StringComparison.Ordinal);
            Assert.True(index > previous, part + " is not where it should be in:\n" + story);
            previous = index;
        }
    }

    [Fact]
    public async Task The_chain_of_a_message_that_was_cut_is_not_called_broken()
    {
        string sealed1 = MessageBed.Signer.Seal(MessageBed.Message(), 1, []);
        byte[] bytes = Encoding.UTF8.GetBytes(sealed1);
        AlignmentResult whole = await MessageBed.AssessAsync(sealed1);
        AlignmentResult cut = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new AssessedMessage(MailMessage.Parse(bytes, new MailReadOptions { MaximumMessageBytes = bytes.Length - 3 }), "test"));

        Assert.Equal(AuthenticationResult.Pass, whole.Arc!.Result);
        Assert.Equal((AuthenticationResult.Unknown, ""), (cut.Arc!.Result, cut.Arc.Reason));
        Assert.Equal(whole.Arc.Sealers, cut.Arc.Sealers);
    }

    [Fact]
    public async Task What_is_wrong_with_a_chain_controls_no_terminal()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.Seal(MessageBed.Message(), 1, [], "no\u001b[31mne"));

        Assert.Equal(AuthenticationResult.Fail, result.Arc!.Result);
        Assert.DoesNotContain('\u001b', result.Arc.Reason);
    }

    [Fact]
    public async Task A_record_that_is_given_takes_the_place_of_DNS()
    {
        FakeResolver zone = MessageBed.Zone();
        AlignmentResult result = await new MessageAssessor(zone, new MessageAssessorOptions { Record = "v=DMARC1; p=quarantine; adkim=s" })
            .AssessAsync(new MessageIdentifiers { From = "news@example.com", DkimDomains = ["sub.example.com"] });

        Assert.Equal((DmarcResult.Fail, DmarcPolicy.Quarantine, AlignmentCause.StrictMode), (result.Result, result.Disposition, result.Cause));
        Assert.DoesNotContain(zone.Queries, query => query.Name.StartsWith("_dmarc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_from_outside_is_what_it_is_whatever_it_holds()
    {
        FakeResolver zone = MessageBed.Zone();
        MessageAssessor assessor = new(zone, new MessageAssessorOptions { TrustedAuthServIds = [MessageBed.Server], ChecksBulkSenderRules = true });
        Gen<string> texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));
        foreach (string text in texts.Sample(300, 40))
        {
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await assessor.AssessAsync(new AssessedMessage(MailMessage.Parse(Encoding.UTF8.GetBytes(text)), "fuzz", content));
                Assert.NotNull(result.ToString());
                Assert.NotEmpty(result.Explanation);
                Assert.All(result.Findings, finding => Assert.NotEmpty(finding.Message));
            }
        }
    }

    [Theory]
    [InlineData(4_995, false, true)]
    [InlineData(4_996, true, true)]
    [InlineData(5_000, true, false)]
    public async Task What_a_limit_leaves_out_of_a_header_is_told(int fields, bool isTold, bool hasFrom)
    {
        string many = string.Concat(Enumerable.Range(0, fields).Select(number => "X-Field: " + number + "\r\n"));
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(many), address: "192.0.2.1", mailFrom: "anna@example.com");

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "MailTooManyHeaders"));
        Assert.Equal(hasFrom ? DmarcResult.Pass : DmarcResult.PermError, result.Result);
    }
}
