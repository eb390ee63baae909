using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Dns.Wire;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Wire;

/// <summary>Each limit of answers, and one beyond it.</summary>
public sealed class WireLimitsTests : IDisposable
{
    private const string Name = "a.example";
    private const int HeaderAndQuestion = 12 + 11 + 4;

    private readonly TestDnsServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(512, false)]
    [InlineData(513, false)]
    [InlineData(DnsQuery.UdpPayloadSize, false)]
    [InlineData(DnsQuery.UdpPayloadSize + 1, false)]
    [InlineData(4096, false)]
    [InlineData(65_507 - 1, false)]
    [InlineData(512, true)]
    [InlineData(65_534, true)]
    [InlineData(65_535, true)]
    public async Task An_answer_of_exactly_so_many_octets_is_read_whole(int size, bool overTcp)
    {
        byte[] text = TextOf(size - HeaderAndQuestion - 2 - 10);
        _server.Otherwise = TestReply.Build(builder => builder.Answer(DnsMessageBuilder.Record([0xC0, 12], (int)DnsRecordType.TXT, text)));
        using DnsClient client = new([overTcp ? _server.Tcp : _server.Udp], TimeSpan.FromSeconds(20));

        DnsResponse response = await client.QueryAsync(Name, DnsRecordType.TXT);

        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(text.Length, ((TxtRecord)Assert.Single(response.Records)).Strings.Sum(part => 1 + part.Length));
    }

    [Theory]
    [InlineData(AnswerReader.MaximumAliases, DnsStatus.NoError)]
    [InlineData(AnswerReader.MaximumAliases + 1, DnsStatus.Malformed)]
    public async Task A_chain_of_so_many_aliases_in_one_answer_and_over_several(int aliases, DnsStatus expected)
    {
        byte[][] chain =
        [
            .. Enumerable.Range(0, aliases).Select(number => DnsMessageBuilder.Cname($"n{number}.example", $"n{number + 1}.example")),
            DnsMessageBuilder.A($"n{aliases}.example", "192.0.2.1"),
        ];
        _server.On("n0.example", DnsRecordType.A, TestReply.Records(chain));
        for (int number = 0; number <= aliases; number++)
        {
            _server.On($"n{number}.example", DnsRecordType.AAAA, TestReply.Records(chain[number]));
        }

        _server.On($"n{aliases}.example", DnsRecordType.AAAA, TestReply.Records(DnsMessageBuilder.Record($"n{aliases}.example", (int)DnsRecordType.AAAA, new byte[16])));
        using DnsClient client = new([_server.Udp], TimeSpan.FromSeconds(20));

        Assert.Equal(expected, (await client.QueryAsync("n0.example", DnsRecordType.A)).Status);
        Assert.Equal(expected, (await client.QueryAsync("n0.example", DnsRecordType.AAAA)).Status);
    }

    [Theory]
    [InlineData(WireName.MaximumPointers, DnsStatus.NoError)]
    [InlineData(WireName.MaximumPointers + 1, DnsStatus.Malformed)]
    public void A_name_of_so_many_pointers_in_a_row(int pointers, DnsStatus expected)
    {
        // The data of a type that is not read holds the pointers: the first to the name of the question, each other to the one before it.
        int start = HeaderAndQuestion + 2 + 10;
        byte[] stairs = [.. Enumerable.Range(0, pointers - 1).SelectMany(number => Pointer(number == 0 ? 12 : start + (2 * (number - 1))))];
        DnsResponse answer = Read(
            DnsMessageBuilder.Record([0xC0, 12], 65280, stairs),
            DnsMessageBuilder.Record(Pointer(start + stairs.Length - 2), (int)DnsRecordType.A, [192, 0, 2, 1]));

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == DnsStatus.NoError ? 1 : 0, answer.Records.Count);
    }

    [Theory]
    [InlineData(0, "to itself")]
    [InlineData(2, "forwards")]
    [InlineData(16_000, "beyond the end")]
    public void A_pointer_that_could_loop_is_malformed(int distance, string where)
    {
        int at = HeaderAndQuestion;
        DnsResponse answer = Read(DnsMessageBuilder.Record(Pointer(at + distance), (int)DnsRecordType.A, [192, 0, 2, 1]));

        Assert.True(answer.Status == DnsStatus.Malformed, where);
    }

    [Fact]
    public void A_circle_of_two_pointers_is_malformed_in_owner_and_in_data()
    {
        int data = HeaderAndQuestion + 2 + 10;
        foreach (DnsRecordType type in new[] { DnsRecordType.CNAME, DnsRecordType.MX, DnsRecordType.SOA })
        {
            byte[] circle = [.. type == DnsRecordType.MX ? new byte[2] : [], .. Pointer(data + (type == DnsRecordType.MX ? 4 : 2)), .. Pointer(data)];
            DnsQuery query = DnsQuery.TryCreate(Name, type, out DnsQuery? asked, out _) ? asked : throw new InvalidOperationException();
            byte[] message = new DnsMessageBuilder().Question(Name, type).Answer(DnsMessageBuilder.Record([0xC0, 12], (int)type, circle)).Build();
            Assert.Equal(DnsStatus.Malformed, AnswerReader.Read(message, query).Status);
        }
    }

    [Theory]
    [InlineData(DnsRecordType.A)]
    [InlineData(DnsRecordType.MX)]
    [InlineData(DnsRecordType.TXT)]
    public void What_an_answer_costs_grows_with_its_size_and_no_faster(object typeValue)
    {
        DnsRecordType type = (DnsRecordType)typeValue;
        byte[] data = type switch
        {
            DnsRecordType.A => [192, 0, 2, 1],
            DnsRecordType.MX => [0, 10, 1, (byte)'m', 0xC0, 12],
            _ => DnsMessageBuilder.TxtData("text"),
        };
        DnsQuery query = DnsQuery.TryCreate(Name, type, out DnsQuery? asked, out _) ? asked : throw new InvalidOperationException();
        long before = 0;
        for (int records = 128; records <= 2048; records *= 2)
        {
            DnsMessageBuilder builder = new DnsMessageBuilder().Question(Name, type);
            for (int number = 0; number < records; number++)
            {
                builder.Answer(DnsMessageBuilder.Record([0xC0, 12], (int)type, data));
            }

            byte[] message = builder.Build();
            Assert.Equal(records, AnswerReader.Read(message, query).Records.Count);
            long start = GC.GetAllocatedBytesForCurrentThread();
            AnswerReader.Read(message, query);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - start;
            Assert.True(before == 0 || allocated < 3 * before, $"{records} records take {allocated} octets, half of them {before}");
            before = allocated;
        }
    }

    private static byte[] Pointer(int target) => [(byte)(0xC0 | (target >> 8)), (byte)target];

    /// <summary>The data of a TXT record that takes exactly so many octets.</summary>
    private static byte[] TextOf(int octets)
    {
        List<byte> data = [];
        while (data.Count < octets)
        {
            int length = Math.Min(255, octets - data.Count - 1);
            data.Add((byte)length);
            data.AddRange(Enumerable.Repeat((byte)'x', length));
        }

        return [.. data];
    }

    private static DnsResponse Read(params byte[][] answers)
    {
        byte[] message = new DnsMessageBuilder().Question(Name, DnsRecordType.A).Answer(answers).Build();
        DnsQuery query = DnsQuery.TryCreate(Name, DnsRecordType.A, out DnsQuery? asked, out _) ? asked : throw new InvalidOperationException();
        Assert.True(query.IsAnsweredBy(message));
        return AnswerReader.Read(message, query);
    }
}
