using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Advice.Audit;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Dns.Transports;
using Dmarc.Tests.Support;

// The certificates of these tests are vouched for by nobody.
#pragma warning disable CA5359

namespace Dmarc.Tests.Dns.Client;

/// <summary>Servers that swallow packets, all of them or some: who is there answers, and who is not is not waited for long.</summary>
public sealed class SwallowingServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("https")]
    [InlineData("tls without a handshake")]
    [InlineData("https without a handshake")]
    public void Every_domain_has_its_row_however_many_and_few_questions_are_sent(string how)
    {
        const int Domains = 200;
        using TestDnsServer server = new() { Otherwise = TestReply.Silence };
        using X509Certificate2 certificate = TestCertificate.Create("localhost");
        using SilentListener listener = new(how is "tls" or "https" ? certificate : null);
        DnsServer address = how switch
        {
            "udp" => server.Udp,
            "tcp" => server.Tcp,
            _ => TestDnsServer.Address(how.Split(' ')[0] + "://127.0.0.1:" + listener.Port + (how.StartsWith("https", StringComparison.Ordinal) ? "/dns-query" : "")),
        };
        int exchanges = 0;
        DnsResolverOptions options = new()
        {
            Servers = [address],
            Timeout = Limit,
            CertificateValidation = (_, _, _, _) => true,
            QueryObserver = _ => Interlocked.Increment(ref exchanges),
        };
        using DnsResolver resolver = new(options);
        MailDomainInspector inspector = new(resolver, new MailDomainOptions { Parts = MailDomainPart.All & ~MailDomainPart.Https });
        List<MailDomainResult> rows = AuditRun.RowsOf(inspector, Enumerable.Range(0, Domains).Select(at => $"n{at}.test"));

        Assert.Equal(Enumerable.Range(0, Domains).Select(at => $"n{at}.test"), rows.Select(row => row.Domain));
        Assert.All(rows, row => Assert.Equal((MailDomainStatus.DnsFailure, DnsFailure.Timeout), (row.Status, row.DnsFailure)));

        // 200 domains are 13,000 questions, with four attempts each; what is asked until the server is taken for down are those of the
        // first 64, each two or three times.
        Assert.InRange(exchanges, 1, 5000);
    }

    [Fact]
    public async Task A_zone_that_is_swallowed_does_not_take_the_others_with_it()
    {
        using TestDnsServer server = new()
        {
            Otherwise = new TestReply(question => question.Name.EndsWith(".dead.test", StringComparison.Ordinal)
                ? []
                : [question.Builder().Answer(DnsMessageBuilder.Txt(question.Name, "here")).Build()]),
        };
        using DnsClient client = new([server.Udp], Limit);

        // For three time limits nothing but the swallowed zone is asked for; a question about the root shows that the server is there.
        for (int round = 0; round < 3; round++)
        {
            DnsResponse[] dead = await AskAsync(client, 30, $"r{round}.dead.test");
            Assert.All(dead, response => Assert.Equal((DnsStatus.Timeout, true), (response.Status, response.WasAsked)));
        }

        Assert.Contains(server.Questions, question => question is { Name: "", Type: DnsRecordType.NS });
        Assert.All(await AskAsync(client, 30, "alive.test"), response => Assert.Equal(DnsStatus.NoError, response.Status));
    }

    [Fact]
    public async Task A_slow_server_is_not_down_even_where_all_its_answers_come_too_late()
    {
        // All answers to a round leave once nobody waits for them any more. Three rounds are longer than a silent server is waited for.
        TimeSpan limit = TimeSpan.FromSeconds(3);
        using TestDnsServer server = new();
        using DnsClient client = new([server.Udp], limit);
        for (int round = 0; round < 3; round++)
        {
            TaskCompletionSource late = new();
            server.Otherwise = TestReply.Code(3) with { Until = late.Task };
            DnsResponse[] responses = await AskAsync(client, 40, $"r{round}.test");
            DateTimeOffset end = DateTimeOffset.UtcNow;
            late.SetResult();
            Assert.All(responses, response => Assert.Equal((DnsStatus.Timeout, true), (response.Status, response.WasAsked)));
            while (client.HeardAt < end)
            {
                Assert.True(DateTimeOffset.UtcNow < end + TimeSpan.FromMinutes(1), "The late answers were not heard.");
                await Task.Delay(10);
            }
        }
    }

    [Fact]
    public async Task A_server_that_loses_every_third_packet_is_not_down()
    {
        int packets = 0;
        using TestDnsServer server = new();
        server.Otherwise = new TestReply(question => Interlocked.Increment(ref packets) % 3 == 0 ? [] : [question.Builder().Build()]);
        using DnsClient client = new([server.Udp], TimeSpan.FromSeconds(6));
        for (int round = 0; round < 3; round++)
        {
            Assert.All(await AskAsync(client, 30, $"r{round}.test"), response => Assert.True(response.WasAsked));
        }
    }

    [Fact]
    public async Task A_server_that_comes_back_is_asked_again()
    {
        using TestDnsServer server = new() { Otherwise = TestReply.Silence };
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [server.Udp], Timeout = Limit });
        DnsResponse last;
        int round = 0;
        do
        {
            last = (await AskAsync(resolver, 10, $"r{round++}.test"))[0];
        }
        while (last.WasAsked);

        Assert.Equal(DnsStatus.Timeout, last.Status);
        Assert.Contains(server.Udp.ToString(), last.Detail, StringComparison.Ordinal);
        int asked = server.Questions.Count;
        Assert.All(await AskAsync(resolver, 1000, "still.test"), response => Assert.False(response.WasAsked));
        Assert.InRange(server.Questions.Count - asked, 0, 20);
        server.Otherwise = TestReply.Code(3);
        while (!last.Status.IsAnswer())
        {
            // Nothing was kept of the failures: the name that failed at once is answered as soon as the server is there.
            last = await resolver.QueryAsync("n0.still.test", DnsRecordType.A);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Where_one_of_several_servers_is_silent_the_others_answer()
    {
        using TestDnsServer silent = new() { Otherwise = TestReply.Silence };
        using TestDnsServer refuses = new() { Otherwise = TestReply.Code(5) };
        using TestDnsServer good = new();
        using DnsClient client = new([silent.Udp, refuses.Udp, good.Udp], TimeSpan.FromSeconds(3));
        for (int round = 0; round < 3; round++)
        {
            Assert.All(await AskAsync(client, 50, $"r{round}.test"), response => Assert.Equal(DnsStatus.NxDomain, response.Status));
        }

        Assert.InRange(silent.Questions.Count, 1, 60);
    }

    [Fact]
    public async Task All_servers_may_be_down()
    {
        using TestDnsServer one = new() { Otherwise = TestReply.Silence };
        using TestDnsServer other = new() { Otherwise = TestReply.Silence };
        using DnsClient client = new([one.Udp, other.Udp], Limit);
        DnsResponse last;
        do
        {
            last = (await AskAsync(client, 10, "down.test"))[0];
        }
        while (last.WasAsked);

        Assert.Equal(DnsStatus.Timeout, last.Status);
        Assert.All(await AskAsync(client, 100, "still.test"), response => Assert.False(response.WasAsked));
    }

    private static Task<DnsResponse[]> AskAsync(IDnsResolver resolver, int count, string below) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => resolver.QueryAsync($"n{number}.{below}", DnsRecordType.TXT).AsTask()));

    /// <summary>Takes connections, with or without a handshake, and never says anything.</summary>
    private sealed class SilentListener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2? _certificate;

        public SilentListener(X509Certificate2? certificate)
        {
            _certificate = certificate;
            _listener.Start();
            _ = Task.Run(AcceptAsync);
        }

        public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public void Dispose() => _listener.Stop();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = SwallowAsync(await _listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The end.
            }
        }

        private async Task SwallowAsync(TcpClient client)
        {
            using TcpClient owned = client;
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    SslStream secure = new(stream);
                    stream = secure;
                    await secure.AuthenticateAsServerAsync(_certificate);
                }

                await stream.CopyToAsync(Stream.Null);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client left.
            }
        }
    }
}
