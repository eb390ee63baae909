using System.Collections.Concurrent;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Dns.Transports;
using Dmarc.Dns.Wire;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Client;

public sealed class DnsClientTests : IDisposable
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Impatient = TimeSpan.FromMilliseconds(300);

    private readonly TestDnsServer _server = new();

    public void Dispose() => _server.Dispose();

    private DnsClient Client(TimeSpan? timeout = null, Action<DnsResponse>? observer = null) => new([_server.Udp], timeout ?? Patient, observer);

    [Fact]
    public async Task An_answer_carries_records_ttl_server_and_the_AD_bit()
    {
        _server.On("example.com", DnsRecordType.TXT, TestReply.Build(builder =>
        {
            builder.Flags |= 0x20;
            builder.Answer(DnsMessageBuilder.Txt("example.com", "v=spf1 ", "-all"), DnsMessageBuilder.Txt("EXAMPLE.com", "other"));
        }));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("example.com.", DnsRecordType.TXT);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(["v=spf1 -all", "other"], response.Records.Cast<TxtRecord>().Select(record => record.Text));
        Assert.Equal(2, ((TxtRecord)response.Records[0]).Strings.Count);
        Assert.Equal(300u, response.TimeToLive);
        Assert.True(response.AuthenticatedData);
        Assert.Equal(_server.Udp.ToString(), response.Server);
        Assert.Equal("example.com", response.Name);
        TestQuestion question = Assert.Single(_server.Questions);
        Assert.True(question.HasEdns);
        Assert.Equal(0x01, question.Message[2]);
        Assert.Equal(0x20, question.Message[3]);
    }

    [Theory]
    [InlineData(767, false)]
    [InlineData(768, true)]
    public async Task It_is_busy_from_three_quarters_of_what_may_be_in_flight(int count, bool expected)
    {
        _server.Otherwise = TestReply.Silence;
        DnsClient client = Client();
        Task[] queries = [.. Enumerable.Range(0, count).Select(number => client.QueryAsync($"d{number}.example", DnsRecordType.TXT).AsTask())];
        Assert.Equal(expected, client.IsBusy);
        client.Dispose();
        await Task.WhenAll(queries);
        Assert.False(client.IsBusy);
    }

    [Theory]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, true)]
    [InlineData(31, 8, false)]
    [InlineData(32, 8, true)]
    public void Four_pieces_of_waiting_work_keep_a_processor_busy(long waiting, int processors, bool expected) =>
        Assert.Equal(expected, DnsResolver.IsBacklog(waiting, processors));

    [Fact]
    public Task Who_asks_continues_elsewhere_than_where_answers_are_received() => Task.Run(async () =>
    {
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [_server.Udp], Timeout = Patient });
        using DnsClient client = Client();
        for (int number = 0; number < 50; number++)
        {
            foreach (IDnsResolver asked in new IDnsResolver[] { resolver, client })
            {
                await asked.QueryAsync($"d{number}.example", DnsRecordType.TXT);
                Assert.NotEqual("DNS", Thread.CurrentThread.Name);
            }
        }
    });

    [Fact]
    public async Task Thousands_of_queries_that_fail_at_once_all_end()
    {
        int port;
        using (TestDnsServer closed = new())
        {
            port = closed.Port;
        }

        Assert.True(DnsServer.TryParse($"127.0.0.1:{port}", out DnsServer? nobody, out _));
        using DnsResolver resolver =
            new(new DnsResolverOptions { Servers = [nobody, nobody, nobody], Timeout = Patient });
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 5_000).Select(number => resolver.QueryAsync($"d{number}.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.False(response.Status.IsAnswer()));
    }

    [Theory]
    [InlineData(2, DnsStatus.ServFail, "SERVFAIL")]
    [InlineData(3, DnsStatus.NxDomain, "")]
    [InlineData(5, DnsStatus.Refused, "REFUSED")]
    [InlineData(9, DnsStatus.ServFail, "NOTAUTH")]
    [InlineData(11, DnsStatus.ServFail, "RCODE 11")]
    public async Task Response_codes_stay_apart(int code, DnsStatus expected, string detail)
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Code(code));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(expected, response.Status);
        Assert.Equal(detail, response.Detail);
        Assert.Empty(response.Records);
    }

    [Fact]
    public async Task No_data_is_kept_as_long_as_the_SOA_says_RFC_2308_section_5()
    {
        _server.On("a.example", DnsRecordType.AAAA, TestReply.Build(builder => builder.Authority(DnsMessageBuilder.Soa("example", 900, 60))));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.AAAA);
        Assert.Equal(DnsStatus.NoData, response.Status);
        Assert.Equal(60u, response.TimeToLive);
    }

    [Fact]
    public async Task Wrong_ids_questions_sources_and_garbage_are_passed_over()
    {
        _server.On("a.example", DnsRecordType.A, new TestReply(question =>
        [
            [1, 2, 3],
            [],
            [.. Enumerable.Repeat((byte)0xFF, 300)],
            Wrong(question, builder => builder.Id ^= 0x5555),
            new DnsMessageBuilder { Id = question.Id }.Question("b.example", DnsRecordType.A).Answer(DnsMessageBuilder.A("b.example", "192.0.2.66")).Build(),
            new DnsMessageBuilder { Id = question.Id }.Question("a.example", DnsRecordType.AAAA).Build(),
            new DnsMessageBuilder { Id = question.Id, Flags = 0x0100 }.QuestionSection(question.Section).Build(),
            question.Builder().Answer(DnsMessageBuilder.A("a.example", "192.0.2.1")).Build(),
        ]));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(["192.0.2.1"], response.Records.Cast<AddressRecord>().Select(record => record.Address.ToString()));

        static byte[] Wrong(TestQuestion question, Action<DnsMessageBuilder> change)
        {
            DnsMessageBuilder builder = question.Builder().Answer(DnsMessageBuilder.A("a.example", "192.0.2.66"));
            change(builder);
            return builder.Build();
        }
    }

    [Fact]
    public async Task An_answer_from_a_port_that_was_not_asked_is_not_taken()
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.66")) with { FromOtherPort = true });
        using DnsClient client = Client(Impatient);
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.Timeout, response.Status);
        Assert.Contains(_server.Udp.ToString(), response.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_server_is_asked_again_with_another_id()
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Silence, TestReply.Silence, TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.1")));
        using DnsClient client = Client(TimeSpan.FromSeconds(6));
        Assert.Equal(DnsStatus.NoError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Equal(3, _server.Questions.Count);
        Assert.True(_server.Questions.Select(question => question.Id).Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_truncated_answer_is_asked_for_again_over_TCP()
    {
        string[] strings = [.. Enumerable.Repeat(new string('x', 255), 20)];
        _server.OnUdp("big.example", DnsRecordType.TXT, TestReply.Build(builder => builder.Flags |= 0x0200));
        _server.OnTcp("big.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Txt("big.example", strings)));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("big.example", DnsRecordType.TXT);
        Assert.Equal(5100, ((TxtRecord)Assert.Single(response.Records)).Text.Length);
        Assert.Equal([false, true], _server.Questions.Select(question => question.OverTcp));
    }

    [Fact]
    public async Task A_truncated_answer_over_TCP_is_malformed()
    {
        _server.On("big.example", DnsRecordType.TXT, TestReply.Build(builder => builder.Flags |= 0x0200));
        using DnsClient client = Client();
        Assert.Equal(DnsStatus.Malformed, (await client.QueryAsync("big.example", DnsRecordType.TXT)).Status);
    }

    [Fact]
    public async Task A_server_without_EDNS_is_asked_without_RFC_6891_section_7()
    {
        _server.On(
            "a.example",
            DnsRecordType.A,
            TestReply.Raw(question => new DnsMessageBuilder { Id = question.Id, Flags = 0x8181 }.Build()),
            TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.1")));
        using DnsClient client = Client();
        Assert.Equal(DnsStatus.NoError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Equal([true, false], _server.Questions.Select(question => question.HasEdns));
    }

    [Fact]
    public async Task The_next_server_is_asked_after_SERVFAIL_REFUSED_and_nonsense()
    {
        using TestDnsServer good = new();
        good.On("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.1")));
        using TestDnsServer refuses = new() { Otherwise = TestReply.Code(5) };
        using TestDnsServer babbles = new() { Otherwise = TestReply.Raw(question => [.. question.Builder().Answer([0xC0]).Build()]) };
        _server.Otherwise = TestReply.Code(2);
        using DnsClient client = new([_server.Udp, refuses.Udp, babbles.Udp, good.Udp], Patient);
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(good.Udp.ToString(), response.Server);
        Assert.Single(refuses.Questions);
        Assert.Single(babbles.Questions);
    }

    [Fact]
    public async Task When_all_fail_the_failure_that_says_most_is_told()
    {
        using TestDnsServer silent = new() { Otherwise = TestReply.Silence };
        _server.Otherwise = TestReply.Code(2);
        using DnsClient client = new([silent.Udp, _server.Udp], TimeSpan.FromSeconds(3));
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.ServFail, response.Status);
        Assert.Equal(_server.Udp.ToString(), response.Server);
        Assert.Single(_server.Questions);
    }

    [Fact]
    public async Task A_server_that_was_silent_is_no_longer_asked_first()
    {
        using TestDnsServer silent = new() { Otherwise = TestReply.Silence };
        using DnsClient client = new([silent.Udp, _server.Udp], TimeSpan.FromSeconds(3));
        Assert.Equal(DnsStatus.NxDomain, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Equal(DnsStatus.NxDomain, (await client.QueryAsync("b.example", DnsRecordType.A)).Status);
        Assert.Single(silent.Questions);
    }

    [Fact]
    public async Task A_port_without_a_server_is_a_network_error_at_once()
    {
        DnsServer gone = _server.Udp;
        _server.Dispose();
        using DnsClient client = new([gone], Patient);
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NetworkError, response.Status);
        Assert.NotEqual("", response.Detail);
    }

    [Fact]
    public async Task Without_servers_the_answer_says_what_to_do()
    {
        using DnsClient client = new([], Patient);
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NetworkError, response.Status);
        Assert.Contains("-Server", response.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_aliases_is_followed_in_the_answer_whatever_the_order_and_case()
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Records(
            DnsMessageBuilder.A("C.example", "192.0.2.1", 90),
            DnsMessageBuilder.Cname("b.EXAMPLE", "c.example", 40),
            DnsMessageBuilder.Cname("A.example", "B.example", 70)));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(["B.example", "c.example"], response.CnamePath);
        Assert.Equal(40u, response.TimeToLive);
    }

    [Fact]
    public async Task A_chain_that_the_server_leaves_off_is_asked_for_further()
    {
        _server.On("a.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Cname("a.example", "b.example", 20)));
        _server.On("b.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Cname("b.example", "c.example"), DnsMessageBuilder.Txt("c.example", "text")));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.TXT);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(["b.example", "c.example"], response.CnamePath);
        Assert.Equal(20u, response.TimeToLive);
        Assert.Equal("a.example", response.Name);
    }

    [Fact]
    public async Task A_chain_whose_end_fails_is_a_failure()
    {
        _server.On("a.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Cname("a.example", "b.example")));
        _server.On("b.example", DnsRecordType.TXT, TestReply.Code(2));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.TXT);
        Assert.Equal(DnsStatus.ServFail, response.Status);
        Assert.Equal(["b.example"], response.CnamePath);
    }

    [Fact]
    public async Task Aliases_in_a_circle_are_malformed_in_one_answer_and_over_several()
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.Cname("a.example", "b.example"), DnsMessageBuilder.Cname("b.example", "a.example")));
        _server.On("c.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.Cname("c.example", "d.example")));
        _server.On("d.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.Cname("d.example", "C.example")));
        using DnsClient client = Client();
        Assert.Equal(DnsStatus.Malformed, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Equal(DnsStatus.Malformed, (await client.QueryAsync("c.example", DnsRecordType.A)).Status);
    }

    [Fact]
    public async Task A_chain_without_end_is_left_after_sixteen_aliases()
    {
        for (int index = 0; index < 40; index++)
        {
            _server.On($"n{index}.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.Cname($"n{index}.example", $"n{index + 1}.example")));
        }

        using DnsClient client = Client();
        Assert.Equal(DnsStatus.Malformed, (await client.QueryAsync("n0.example", DnsRecordType.A)).Status);
        Assert.Equal(AnswerReader.MaximumAliases + 1, _server.Questions.Count);
    }

    [Fact]
    public async Task A_referral_is_no_answer()
    {
        _server.On("a.example", DnsRecordType.A, TestReply.Build(builder =>
        {
            builder.Flags = 0x8100;
            builder.Authority(DnsMessageBuilder.Record("example", (int)DnsRecordType.NS, DnsMessageBuilder.Name("ns.example")));
        }));
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.Refused, response.Status);
        Assert.NotEqual("", response.Detail);
    }

    [Fact]
    public async Task Names_that_DNS_cannot_carry_are_not_sent()
    {
        using DnsClient client = Client();
        foreach (string name in new[] { new string('a', 64) + ".example", string.Join('.', Enumerable.Repeat("abcdefgh", 29)), "a..example", "ä.example", "a\\25" })
        {
            DnsResponse response = await client.QueryAsync(name, DnsRecordType.A);
            Assert.Equal(DnsStatus.Malformed, response.Status);
            Assert.Contains(name, response.Detail, StringComparison.Ordinal);
        }

        Assert.Empty(_server.Questions);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        _server.Otherwise = TestReply.Silence;
        using DnsClient client = Client(TimeSpan.FromMinutes(5));
        using CancellationTokenSource source = new();
        Task<DnsResponse> task = client.QueryAsync("a.example", DnsRecordType.A, source.Token).AsTask();
        while (_server.Questions.IsEmpty)
        {
            await Task.Delay(5);
        }

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task Disposing_ends_what_is_in_flight()
    {
        _server.Otherwise = TestReply.Silence;
        DnsClient client = Client(TimeSpan.FromMinutes(5));
        Task<DnsResponse> task = client.QueryAsync("a.example", DnsRecordType.A).AsTask();
        while (_server.Questions.IsEmpty)
        {
            await Task.Delay(5);
        }

        client.Dispose();
        Assert.Equal(DnsStatus.NetworkError, (await task).Status);
    }

    [Fact]
    public async Task Each_exchange_is_told_to_the_observer()
    {
        using TestDnsServer refuses = new() { Otherwise = TestReply.Code(5) };
        ConcurrentQueue<DnsResponse> seen = new();
        using DnsClient client = new([refuses.Udp, _server.Udp], Patient, seen.Enqueue);
        await client.QueryAsync("a.example", DnsRecordType.MX);
        Assert.Equal([DnsStatus.Refused, DnsStatus.NxDomain], seen.Select(response => response.Status));
        Assert.Equal([refuses.Udp.ToString(), _server.Udp.ToString()], seen.Select(response => response.Server));
        Assert.All(seen, response => Assert.True(response is { Name: "a.example", Type: DnsRecordType.MX } && response.Duration > TimeSpan.Zero));
    }

    [Fact]
    public async Task Thousands_of_questions_at_once_get_each_its_own_answer_over_many_random_ports()
    {
        _server.Otherwise = new TestReply(question => [question.Builder().Answer(DnsMessageBuilder.Txt(question.Name, question.Name)).Build()]);
        using DnsClient client = Client(TimeSpan.FromSeconds(60));
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 4000).Select(number => client.QueryAsync($"n{number}.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal(response.Name, ((TxtRecord)Assert.Single(response.Records)).Text));
        Assert.Equal(4000, responses.Select(response => response.Name).Distinct().Count());

        // RFC 5452 §9.2: few questions share a port, which no counter of the system draws.
        int[] ports = [.. _server.Questions.Select(question => question.ClientPort)];
        Assert.All(ports.CountBy(port => port), port => Assert.InRange(port.Value, 1, 3 * UdpChannel.MaximumQueries));
        Assert.InRange(ports.Distinct().Count(), 4000 / UdpChannel.MaximumQueries * 9 / 10, 4100);
        Assert.All(ports, port => Assert.InRange(port, 16384, 65535));
        Assert.True(ports.Max() - ports.Min() > 40_000);
        Assert.True(_server.Questions.Select(question => question.Id).Distinct().Count() > 3000);
    }
}
