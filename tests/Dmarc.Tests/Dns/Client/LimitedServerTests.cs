using System.Collections.Concurrent;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Client;

/// <summary>
/// Servers that limit their answers over UDP (response rate limiting): what is too much is dropped, or cut off so that
/// who really asks comes over TCP.
/// </summary>
public sealed class LimitedServerTests : IDisposable
{
    private static readonly TestReply CutOff = TestReply.Build(builder => builder.Flags |= 0x0200);
    private static readonly TestReply NoName = TestReply.Code(3);

    private readonly TestDnsServer _server = new();
    private readonly ManualClock _clock = new();
    private readonly DnsClient _client;

    public LimitedServerTests() => _client = new([_server.Udp], TimeSpan.FromSeconds(20), clock: _clock);

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private async Task<string> AskAsync(string name, DnsStatus expected)
    {
        _server.Questions.Clear();
        Assert.Equal(expected, (await _client.QueryAsync(name, DnsRecordType.TXT)).Status);
        return string.Join(" ", _server.Questions.Select(question => question.OverTcp ? "tcp" : "udp"));
    }

    private Task<string> CutOffAsync()
    {
        _server.OnUdp("cut.example", DnsRecordType.TXT, CutOff);
        return AskAsync("cut.example", DnsStatus.NxDomain);
    }

    [Theory]
    [InlineData(3, DnsStatus.NxDomain)]
    [InlineData(0, DnsStatus.NoData)]
    public async Task After_an_answer_that_need_not_be_cut_off_queries_go_over_TCP(int code, DnsStatus status)
    {
        _server.OnUdp("cut.example", DnsRecordType.TXT, CutOff).OnTcp("cut.example", DnsRecordType.TXT, TestReply.Code(code));
        Assert.Equal("udp tcp", await AskAsync("cut.example", status));
        Assert.Equal("tcp", await AskAsync("other.example", DnsStatus.NxDomain));
    }

    [Fact]
    public async Task After_an_answer_that_is_too_long_they_do_not()
    {
        _server.OnUdp("long.example", DnsRecordType.TXT, CutOff)
            .OnTcp("long.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Txt("long.example", new string('x', 255))));
        Assert.Equal("udp tcp", await AskAsync("long.example", DnsStatus.NoError));
        Assert.Equal("udp", await AskAsync("other.example", DnsStatus.NxDomain));
    }

    [Fact]
    public async Task After_a_while_they_go_over_UDP_again()
    {
        await CutOffAsync();
        _clock.Advance(DnsClient.StreamPeriod - TimeSpan.FromTicks(1));
        Assert.Equal("tcp", await AskAsync("a.example", DnsStatus.NxDomain));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("udp", await AskAsync("b.example", DnsStatus.NxDomain));
    }

    [Fact]
    public async Task If_TCP_stops_working_they_go_over_UDP_again()
    {
        await CutOffAsync();
        _server.OnTcp("a.example", DnsRecordType.TXT, NoName with { Close = true });
        string asked = await AskAsync("a.example", DnsStatus.NxDomain);
        Assert.EndsWith(" udp", asked, StringComparison.Ordinal);
        Assert.Equal("udp", await AskAsync("b.example", DnsStatus.NxDomain));
    }

    [Fact]
    public async Task Thousands_of_queries_lose_nothing_to_a_server_that_drops_and_cuts_off()
    {
        int number = 0;
        _server.Choice = question => question.OverTcp ? NoName : (Interlocked.Increment(ref number) switch
        {
            <= 200 => NoName,
            int later when later % 2 == 0 => CutOff,
            _ => TestReply.Silence,
        });
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 5000).Select(index => _client.QueryAsync($"d{index}.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal(DnsStatus.NxDomain, response.Status));
    }

    /// <summary>Each query has four attempts, and one in three of the names loses them all.</summary>
    [Fact]
    public async Task Queries_that_a_server_dropped_get_a_second_chance()
    {
        ConcurrentDictionary<string, int> attempts = new();
        _server.Choice = question => attempts.AddOrUpdate(question.Name, 1, (_, number) => number + 1) <= 4
            && question.Name.StartsWith("dropped", StringComparison.Ordinal)
            ? TestReply.Silence
            : NoName;
        using DnsClient client = new([_server.Udp], TimeSpan.FromSeconds(3));
        string[] names = [.. Enumerable.Range(0, 300).Select(number => (number < 100 ? "dropped" : "kept") + number + ".example")];
        DnsResponse[] responses = await Task.WhenAll(names.Select(name => client.QueryAsync(name, DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal(DnsStatus.NxDomain, response.Status));
    }

    /// <summary>A zone whose own servers are silent, behind a resolver that keeps up, is not worth another round.</summary>
    [Fact]
    public async Task Queries_about_a_silent_zone_get_none()
    {
        _server.OnUdp("silent.example", DnsRecordType.TXT, TestReply.Silence);
        using DnsClient client = new([_server.Udp], TimeSpan.FromMilliseconds(600));
        Assert.Equal(DnsStatus.Timeout, (await client.QueryAsync("silent.example", DnsRecordType.TXT)).Status);
        Assert.InRange(_server.Questions.Count(question => question.Name == "silent.example"), 1, 5);
    }
}
