using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.DirectSend.Probing;

/// <summary>The conversation with an endpoint, against servers in this process.</summary>
public class DirectSendProbeTests
{
    [Theory]
    [InlineData("550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources [x.prod 2026]\r\n", DirectSendProbeOutcome.DirectSendRejected, "5.7.68")]
    [InlineData("550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched\r\n", DirectSendProbeOutcome.ConnectorRejected, "5.7.51")]
    [InlineData("250 2.1.5 Recipient OK\r\n", DirectSendProbeOutcome.Accepted, "2.1.5")]
    [InlineData("550 5.7.606 Access denied, banned sending IP [203.0.113.1]\r\n", DirectSendProbeOutcome.SourceBlocked, "5.7.606")]
    [InlineData("550 5.7.1 Service unavailable, Client host [203.0.113.1] blocked using Spamhaus\r\n", DirectSendProbeOutcome.SourceBlocked, "5.7.1")]
    [InlineData("550 5.7.1 Unable to relay\r\n", DirectSendProbeOutcome.Refused, "5.7.1")]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied\r\n", DirectSendProbeOutcome.RecipientUnknown, "5.4.1")]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found\r\n", DirectSendProbeOutcome.RecipientUnknown, "5.1.10")]
    [InlineData("451 4.7.500 Server busy. Please try again later\r\n", DirectSendProbeOutcome.Deferred, "4.7.500")]
    [InlineData("451 4.7.650 The mail server [203.0.113.1] has been temporarily rate limited\r\n", DirectSendProbeOutcome.SourceBlocked, "4.7.650")]
    [InlineData("450\r\n", DirectSendProbeOutcome.Deferred, "")]
    public async Task The_answer_to_the_recipient_is_read(string answer, DirectSendProbeOutcome outcome, string enhanced)
    {
        using TestSmtpServer server = TestSmtpServer.Answering(answer);
        DirectSendProbeResult probe = await ProbeAsync(server.Endpoint);

        Assert.Equal((outcome, enhanced), (probe.Outcome, probe.EnhancedCode));
        Assert.Equal(["EHLO [127.0.0.1]", "MAIL FROM:<postmaster@contoso.com>", "RCPT TO:<anna@contoso.com>", "QUIT"], server.Commands);
    }

    [Fact]
    public async Task The_verdict_follows_from_the_answer()
    {
        Assert.Equal(DirectSendVerdict.Protected, await VerdictAsync("550 5.7.68 Direct Send not allowed\r\n", "v=DMARC1; p=none"));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync("250 OK\r\n", "v=DMARC1; p=none"));
        Assert.Equal(DirectSendVerdict.Mitigated, await VerdictAsync("250 OK\r\n", "v=DMARC1; p=reject"));
        Assert.Equal(DirectSendVerdict.PossiblyExposed, await VerdictAsync("450 later\r\n", "v=DMARC1; p=reject"));
    }

    [Fact]
    public async Task A_probe_that_contradicts_the_settings_is_told()
    {
        using TestSmtpServer server = TestSmtpServer.Answering("250 OK\r\n");
        DirectSendResult result = await InspectAsync(server.Endpoint, DirectSendBed.Direct(), new DirectSendOptions { Tenant = DirectSendBed.Tenant(true) });

        Assert.Equal(DirectSendVerdict.PossiblyExposed, result.Verdict);
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.ProbeContradicts.Code);
    }

    [Fact]
    public async Task No_question_is_asked_twice()
    {
        using TestSmtpServer server = TestSmtpServer.Answering("250 OK\r\n");
        FakeResolver zone = DirectSendBed.Microsoft().Mx("my-shop.com", "mx.filter.test").Address("my-shop-com.mail.protection.outlook.com", "192.0.2.200");
        DirectSendResult result = await new DirectSendInspector(
            zone, new DirectSendOptions { Tenant = DirectSendBed.Tenant(true), Probe = Options(server.Endpoint) })
            .InspectAsync(DomainName.Parse("my-shop.com"), true);

        Assert.Equal(DirectSendVerdict.PossiblyExposed, result.Verdict);
        Assert.Contains(result.OpenQuestions, question => question.Contains("Get-AcceptedDomain", StringComparison.Ordinal));
        Assert.Distinct(result.OpenQuestions);
    }

    [Fact]
    public async Task A_refusal_before_the_recipient_ends_the_conversation()
    {
        using TestSmtpServer greeting = TestSmtpServer.Answering("250 OK\r\n", greeting: "554 5.7.511 Access denied\r\n");
        using TestSmtpServer sender = TestSmtpServer.Answering("250 OK\r\n", toSender: "550 5.7.68 Direct Send not allowed\r\n");

        Assert.Equal(DirectSendProbeOutcome.SourceBlocked, (await ProbeAsync(greeting.Endpoint)).Outcome);
        Assert.Equal(["QUIT"], greeting.Commands);
        Assert.Equal(DirectSendProbeOutcome.DirectSendRejected, (await ProbeAsync(sender.Endpoint)).Outcome);
        Assert.Equal(3, sender.Commands.Count);
    }

    [Fact]
    public async Task A_reply_of_several_lines_is_joined_and_a_terminal_is_safe()
    {
        using TestSmtpServer server = TestSmtpServer.Answering("550-5.7.68 Direct\u001B[2J Send\r\n550 5.7.68 not allowed\u009B\r\n");
        DirectSendProbeResult probe = await ProbeAsync(server.Endpoint);

        Assert.Equal("5.7.68 Direct\\u001B[2J Send not allowed\\u009B", probe.Reply);
        Assert.Equal(DirectSendProbeOutcome.DirectSendRejected, probe.Outcome);
        Assert.All(probe.Transcript.Append(probe.Reply), line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("99 x\r\n")]
    [InlineData("220x\r\n")]
    [InlineData("+20 x\r\n")]
    [InlineData("\r\n")]
    [InlineData("220-a\r\n250 b\r\n")]
    public async Task What_is_no_SMTP_is_said_to_be_none(string greeting)
    {
        using TestSmtpServer server = TestSmtpServer.Answering("250 OK\r\n", greeting: greeting);

        Assert.Equal(DirectSendProbeOutcome.ProtocolError, (await ProbeAsync(server.Endpoint)).Outcome);
    }

    [Fact]
    public async Task Lines_and_replies_without_end_are_cut()
    {
        using TestSmtpServer line = TestSmtpServer.Answering("250 OK\r\n", greeting: "220 " + new string('a', 1_000_000));
        using TestSmtpServer reply = TestSmtpServer.Answering("250 OK\r\n", greeting: string.Concat(Enumerable.Repeat("220-x\r\n", 100_000)));

        Assert.Equal(DirectSendProbeOutcome.ProtocolError, (await ProbeAsync(line.Endpoint)).Outcome);
        DirectSendProbeResult many = await ProbeAsync(reply.Endpoint);
        Assert.Equal(DirectSendProbeOutcome.ProtocolError, many.Outcome);
        Assert.InRange(many.Transcript.Count, 1, 60);
    }

    [Fact]
    public async Task Silence_and_a_closed_connection_are_told_apart()
    {
        using TestSmtpServer silent = new(_ => "");
        using TestSmtpServer closed = new(command => command.StartsWith("MAIL", StringComparison.Ordinal) ? null : "250 OK\r\n");

        Assert.Equal(DirectSendProbeOutcome.Timeout, (await ProbeAsync(silent.Endpoint, TimeSpan.FromMilliseconds(200))).Outcome);
        Assert.Equal(DirectSendProbeOutcome.ConnectionFailed, (await ProbeAsync(closed.Endpoint)).Outcome);
    }

    [Fact]
    public async Task A_refused_connection_is_told_with_the_port()
    {
        string endpoint;
        using (TestSmtpServer gone = new(_ => ""))
        {
            endpoint = gone.Endpoint;
        }

        DirectSendProbeResult result = await ProbeAsync(endpoint);

        Assert.Equal((DirectSendProbeOutcome.ConnectionFailed, 0), (result.Outcome, result.Transcript.Count));
        Assert.Contains("port " + endpoint.Substring(endpoint.LastIndexOf(':') + 1), result.Reply, StringComparison.Ordinal);
        Assert.Contains("Many networks block port 25", result.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_to_QUIT_changes_nothing()
    {
        using TestSmtpServer server = new(command => command.StartsWith("QUIT", StringComparison.Ordinal) ? null
            : command.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.7.68 no\r\n"
            : "250 OK\r\n");

        Assert.Equal(DirectSendProbeOutcome.DirectSendRejected, (await ProbeAsync(server.Endpoint)).Outcome);
    }

    [Fact]
    public async Task Stopping_ends_a_probe()
    {
        using TestSmtpServer server = new(_ => "");
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(200));
        Task<DirectSendResult> inspection = new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Probe = Options(server.Endpoint, TimeSpan.FromMinutes(5)) })
            .InspectAsync(DomainName.Parse("contoso.com"), true, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspection);
    }

    [Fact]
    public async Task Nothing_is_probed_unless_asked_for_and_without_an_endpoint()
    {
        using TestSmtpServer server = TestSmtpServer.Answering("250 OK\r\n");
        DirectSendInspector inspector = new(DirectSendBed.Direct(), new DirectSendOptions { Probe = Options(server.Endpoint) });
        Assert.True(DirectSendProbeOptions.TryCreate("anna", null, out DirectSendProbeOptions? byDns, out _));
        DirectSendInspector without = new(new FakeResolver().Mx("contoso.com", "mx.filter.test"), new DirectSendOptions { Probe = byDns });

        Assert.Null((await inspector.InspectAsync(DomainName.Parse("contoso.com"))).Probe);
        Assert.Null((await without.InspectAsync(DomainName.Parse("contoso.com"), true)).Probe);
        Assert.Empty(server.Commands);
    }

    [Theory]
    [InlineData("anna", null, true)]
    [InlineData("anna@fabrikam.com", "host.test", true)]
    [InlineData("anna+tag", "[2001:db8::1]:2525", true)]
    [InlineData("anna", "2001:db8::1", true)]
    [InlineData("anna", "127.0.0.1:25", true)]
    [InlineData("", null, false)]
    [InlineData("a b", null, false)]
    [InlineData("anna>\r\nDATA", null, false)]
    [InlineData("\"anna\"@x.test", null, false)]
    [InlineData("anna@", null, false)]
    [InlineData("ünna", null, false)]
    [InlineData("anna", "host:0", false)]
    [InlineData("anna", "host:70000", false)]
    [InlineData("anna", "ho st", false)]
    public void Recipients_and_endpoints_are_checked(string recipient, string? endpoint, bool isValid)
    {
        Assert.Equal(isValid, DirectSendProbeOptions.TryCreate(recipient, endpoint, out DirectSendProbeOptions? options, out string error));
        Assert.Equal(isValid, options is not null);
        Assert.Equal(isValid, error.Length == 0);
    }

    private static async Task<DirectSendVerdict> VerdictAsync(string answer, string dmarc)
    {
        using TestSmtpServer server = TestSmtpServer.Answering(answer);
        return (await InspectAsync(server.Endpoint, DirectSendBed.Direct(dmarc), new DirectSendOptions())).Verdict;
    }

    private static async Task<DirectSendProbeResult> ProbeAsync(string endpoint, TimeSpan? timeout = null) =>
        (await InspectAsync(endpoint, DirectSendBed.Direct(), new DirectSendOptions(), timeout)).Probe!;

    private static Task<DirectSendResult> InspectAsync(string endpoint, FakeResolver resolver, DirectSendOptions options, TimeSpan? timeout = null) =>
        new DirectSendInspector(resolver, options with { Probe = Options(endpoint, timeout) }).InspectAsync(DomainName.Parse("contoso.com"), true);

    private static DirectSendProbeOptions Options(string endpoint, TimeSpan? timeout = null)
    {
        Assert.True(DirectSendProbeOptions.TryCreate("anna", endpoint, out DirectSendProbeOptions? options, out string error), error);
        return options! with { Timeout = timeout ?? TimeSpan.FromSeconds(20) };
    }
}
