using Dmarc.Advice.Messages;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.BulkSenders;

/// <summary>The rules of the providers, one by one: a message that keeps them all, and what breaks each.</summary>
public class BulkSenderCheckerTests
{
    private const string Border =
        "Return-Path: <bounce@example.com>\r\nReceived: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 1\r\n"
        + " (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Sat, 21 Nov 2026 20:14:34 +0000\r\n";

    private const string Unsubscribe =
        "List-Unsubscribe: <mailto:u@example.com>, <https://example.com/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";

    private static readonly string[] Signed = ["From", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post"];

    public static TheoryData<BulkSenderRule, BulkSenderOutcome, string, string> Changes => new()
    {
        { BulkSenderRule.Spf, BulkSenderOutcome.Fail, "[192.0.2.1]", "[203.0.113.1]" },
        { BulkSenderRule.Spf, BulkSenderOutcome.Unknown, "[192.0.2.1]", "[10.0.0.1]" },
        { BulkSenderRule.ReverseDns, BulkSenderOutcome.Unknown, "[192.0.2.1]", "[10.0.0.1]" },
        { BulkSenderRule.ReverseDns, BulkSenderOutcome.Fail, "[192.0.2.1]", "[203.0.113.1]" },
        { BulkSenderRule.ReverseDns, BulkSenderOutcome.Fail, "[192.0.2.1]", "[203.0.113.2]" },
        { BulkSenderRule.Tls, BulkSenderOutcome.Fail, "ESMTPS id 1\r\n (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256)", "ESMTP id 1" },
        { BulkSenderRule.Dkim, BulkSenderOutcome.Fail, "Hello.", "Goodbye." },
        { BulkSenderRule.OneClickUnsubscribe, BulkSenderOutcome.Fail, "Hello.", "Goodbye." },
        { BulkSenderRule.OneClickUnsubscribe, BulkSenderOutcome.Fail, "List-Unsubscribe: ", "X-Unsubscribe: " },
        { BulkSenderRule.OneClickUnsubscribe, BulkSenderOutcome.Fail, "<https://", "<http://" },
        { BulkSenderRule.OneClickUnsubscribe, BulkSenderOutcome.Fail, "List-Unsubscribe-Post: ", "X-Post: " },
        { BulkSenderRule.MessageFormat, BulkSenderOutcome.Fail, "Message-ID: ", "X-ID: " },
        { BulkSenderRule.MessageFormat, BulkSenderOutcome.Fail, "Subject: Hello\r\n", "Subject: Hello\r\nSubject: Hello\r\n" },
        { BulkSenderRule.Alignment, BulkSenderOutcome.Fail, "anna@example.com", "anna@service.example" },
        { BulkSenderRule.DmarcRecord, BulkSenderOutcome.Fail, "anna@example.com", "anna@service.example" },
        { BulkSenderRule.AuthorNotImpersonated, BulkSenderOutcome.Fail, "anna@example.com", "anna@gmail.com" },
    };

    [Fact]
    public async Task A_message_that_keeps_all_rules_passes_them_all()
    {
        AlignmentResult result = await AssessAsync(Sign());

        Assert.Equal(DmarcResult.Pass, result.Result);
        Assert.All(result.BulkSenderRules, rule => Assert.True(rule.Result == BulkSenderOutcome.Pass, rule + ": " + rule.Detail));
        Assert.Equal(9, result.BulkSenderRules.Count(rule => rule.Provider == MailboxProvider.Google));
        Assert.Equal(8, result.BulkSenderRules.Count(rule => rule.Provider == MailboxProvider.Yahoo));
        Assert.Equal(5, result.BulkSenderRules.Count(rule => rule.Provider == MailboxProvider.Microsoft));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_rule_that_is_broken_is_named(BulkSenderRule rule, BulkSenderOutcome outcome, string written, string changed)
    {
        string message = Sign();
        Assert.Contains(written, message, StringComparison.Ordinal);
        AlignmentResult result = await AssessAsync(message.Replace(written, changed, StringComparison.Ordinal));

        BulkSenderRuleResult[] results = [.. result.BulkSenderRules.Where(one => one.Rule == rule)];
        Assert.NotEmpty(results);
        Assert.All(results, one => Assert.Equal(outcome, one.Result));
        Assert.All(results, one => Assert.NotEmpty(one.Detail));
    }

    [Fact]
    public async Task The_unsubscribe_fields_must_be_signed()
    {
        string message = Border + MessageBed.Signer.With(headers: ["From", "Subject", "Date"]).Sign(MessageBed.Message(Unsubscribe));
        AlignmentResult result = await AssessAsync(message);

        Assert.Equal(BulkSenderOutcome.Fail, result.BulkSenderRules.First(rule => rule.Rule == BulkSenderRule.OneClickUnsubscribe).Result);
    }

    [Fact]
    public async Task They_are_not_checked_unless_they_are_asked_for() =>
        Assert.Empty((await MessageBed.AssessAsync(Sign(), Zone())).BulkSenderRules);

    private static string Sign() => Border + MessageBed.Signer.With(headers: Signed).Sign(MessageBed.Message(Unsubscribe));

    private static FakeResolver Zone() => MessageBed.Zone()
        .Ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
        .Ptr("2.113.0.203.in-addr.arpa", "other.example.com")
        .Address("mail.example.com", "192.0.2.1")
        .Address("other.example.com", "203.0.113.99")
        .Mx("receiver.example", "mx.receiver.example");

    private static Task<AlignmentResult> AssessAsync(string message) => MessageBed.AssessAsync(message, Zone(), bulk: true);
}
