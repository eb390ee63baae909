using Dmarc.Dns;
using Dmarc.Dns.Wire;
using Dmarc.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Dns.Wire;

public sealed class WireTests
{
    private static DnsQuery Query(string name, DnsRecordType type) =>
        DnsQuery.TryCreate(name, type, out DnsQuery? query, out string error) ? query : throw new ArgumentException(error, nameof(name));

    private static DnsMessageBuilder Response(string name, DnsRecordType type) => new DnsMessageBuilder().Question(name, type);

    private static DnsResponse Read(DnsMessageBuilder builder, string name, DnsRecordType type)
    {
        byte[] message = builder.Build();
        DnsQuery query = Query(name, type);
        Assert.True(query.IsAnsweredBy(message));
        return AnswerReader.Read(message, query);
    }

    [Theory]
    [InlineData("", "00")]
    [InlineData(".", "00")]
    [InlineData("a", "016100")]
    [InlineData("A.b.", "0141016200")]
    [InlineData("a\\.b.c", "03612E62016300")]
    [InlineData("\\000\\255", "0200FF00")]
    [InlineData("a\\\\b", "03615C6200")]
    [InlineData("_dmarc.x", "065F646D617263017800")]
    public void Names_are_encoded_RFC_1035_section_3_1(string name, string octets)
    {
        Assert.Equal(octets, Convert.ToHexString(Query(name, DnsRecordType.A).Octets));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\\")]
    [InlineData("a\\25")]
    [InlineData("a\\256")]
    [InlineData("\u00fc.example")]
    public void What_is_no_name_is_refused(string name)
    {
        Assert.False(DnsQuery.TryCreate(name, DnsRecordType.A, out _, out string error));
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_are_63_octets_a_label_and_255_a_name()
    {
        string label = new('a', 63);
        string longest = string.Join('.', label, label, label, new string('a', 61));
        Assert.Equal(255, Query(longest, DnsRecordType.A).Octets.Length);
        Assert.Equal(255, Query(longest + ".", DnsRecordType.A).Octets.Length);
        Assert.False(DnsQuery.TryCreate(longest + "a", DnsRecordType.A, out _, out _));
        Assert.False(DnsQuery.TryCreate(longest + ".a", DnsRecordType.A, out _, out _));
        Assert.False(DnsQuery.TryCreate(label + "a", DnsRecordType.A, out _, out _));
    }

    [Fact]
    public void Names_survive_the_way_there_and_back()
    {
        Prop.ForAll<byte[][]>(labels =>
        {
            byte[] octets = [.. labels.Where(label => label is { Length: > 0 and < 64 }).Take(4).SelectMany(label => label.Prepend((byte)label.Length)), 0];
            int offset = 0;
            bool read = WireName.TryRead(octets, ref offset, out string name);
            byte[] again = new byte[WireName.MaximumLength + 1];
            bool written = WireName.TryEncode(name, again, out int length, out _);
            return read && written && offset == octets.Length && again.AsSpan(0, length).SequenceEqual(octets);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_type_is_read()
    {
        byte[] soa = [.. DnsMessageBuilder.Name("ns.x"), .. DnsMessageBuilder.Name("h.x"), 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5];
        (DnsRecordType Type, byte[] Data, Func<DnsRecord, bool> Check)[] cases =
        [
            (DnsRecordType.A, [192, 0, 2, 1], record => ((AddressRecord)record).Address.ToString() == "192.0.2.1"),
            (DnsRecordType.AAAA, [0x20, 1, 0xD, 0xB8, .. new byte[11], 1], record => ((AddressRecord)record).Address.ToString() == "2001:db8::1"),
            (DnsRecordType.MX, [0, 0, 0], record => record is MxRecord { Preference: 0, Exchange: "" }),
            (DnsRecordType.MX, [1, 0, 0xC0, 12], record => record is MxRecord { Preference: 256, Exchange: "x.example" }),
            (DnsRecordType.TXT, DnsMessageBuilder.TxtData("a", "", "b"), record => record is TxtRecord { Strings.Count: 3, Text: "ab" }),
            (DnsRecordType.SPF, DnsMessageBuilder.TxtData("v"), record => record is TxtRecord { Type: DnsRecordType.SPF, Text: "v" }),
            (DnsRecordType.CNAME, DnsMessageBuilder.Name("y"), record => record is NameRecord { Type: DnsRecordType.CNAME, Target: "y" }),
            (DnsRecordType.NS, DnsMessageBuilder.Name("y.z"), record => record is NameRecord { Type: DnsRecordType.NS, Target: "y.z" }),
            (DnsRecordType.PTR, DnsMessageBuilder.Name("y"), record => record is NameRecord { Type: DnsRecordType.PTR }),
            (DnsRecordType.SOA, soa, record => record is SoaRecord { PrimaryServer: "ns.x", ResponsibleMailbox: "h.x", Serial: 1, Refresh: 2, Retry: 3, Expire: 4, Minimum: 5 }),
            (DnsRecordType.TLSA, [3, 1, 2, 9, 8], record => record is TlsaRecord { Usage: 3, Selector: 1, MatchingType: 2, Data.Count: 2 }),
        ];
        foreach ((DnsRecordType type, byte[] data, Func<DnsRecord, bool> check) in cases)
        {
            DnsResponse answer = Read(Response("x.example", type).Answer(DnsMessageBuilder.Record([0xC0, 12], (int)type, data)), "x.example", type);
            Assert.Equal(DnsStatus.NoError, answer.Status);
            DnsRecord record = Assert.Single(answer.Records);
            Assert.True(check(record), type + ": " + record);
            Assert.Equal((type, "x.example"), (record.Type, record.Name));
        }
    }

    [Theory]
    [InlineData(DnsRecordType.A, "C00002")]
    [InlineData(DnsRecordType.A, "C000020101")]
    [InlineData(DnsRecordType.AAAA, "C0000201")]
    [InlineData(DnsRecordType.MX, "0001")]
    [InlineData(DnsRecordType.MX, "00010161")]
    [InlineData(DnsRecordType.MX, "0001016100FF")]
    [InlineData(DnsRecordType.TXT, "")]
    [InlineData(DnsRecordType.TXT, "0561")]
    [InlineData(DnsRecordType.NS, "C0FF")]
    [InlineData(DnsRecordType.NS, "80")]
    [InlineData(DnsRecordType.SOA, "0000")]
    [InlineData(DnsRecordType.TLSA, "0301")]
    public void Data_that_is_not_of_its_type_is_malformed(object typeValue, string data)
    {
        DnsRecordType type = (DnsRecordType)typeValue;
        DnsResponse answer = Read(
            Response("x.example", type).Answer(DnsMessageBuilder.Record([0xC0, 12], (int)type, Convert.FromHexString(data))), "x.example", type);
        Assert.Equal(DnsStatus.Malformed, answer.Status);
        Assert.NotEqual("", answer.Detail);
    }

    [Theory]
    [InlineData("C01B", "points at itself")]
    [InlineData("C01D", "points forward")]
    [InlineData("0161C01B", "points at the label before it")]
    [InlineData("C3FF", "points beyond the end")]
    [InlineData("40", "label type 01")]
    [InlineData("3F61", "label beyond the end")]
    public void Compression_pointers_lead_backwards(string owner, string what)
    {
        // The question ends at octet 27 (0x1B), where the owner name begins.
        byte[] record = DnsMessageBuilder.Record(Convert.FromHexString(owner), 1, [192, 0, 2, 1]);
        DnsResponse answer = Read(Response("x.example", DnsRecordType.A).Answer(record), "x.example", DnsRecordType.A);
        Assert.True(answer.Status == DnsStatus.Malformed, what);
    }

    [Fact]
    public void Pointers_to_pointers_are_followed()
    {
        DnsResponse answer = Read(
            Response("x.example", DnsRecordType.MX).Answer(
                DnsMessageBuilder.Record([0xC0, 12], 15, [0, 1, 1, (byte)'a', 0xC0, 12]),
                DnsMessageBuilder.Record([0xC0, 12], 15, [0, 2, 1, (byte)'b', 0xC0, 0x29])),
            "x.example",
            DnsRecordType.MX);
        Assert.Equal(["a.x.example", "b.a.x.example"], answer.Records.Cast<MxRecord>().Select(record => record.Exchange));
    }

    [Fact]
    public void Other_types_classes_and_owners_are_passed_over()
    {
        DnsResponse answer = Read(
            Response("x.example", DnsRecordType.A).Answer(
                DnsMessageBuilder.Record("x.example", 46, [1, 2, 3]),
                DnsMessageBuilder.Record("x.example", 65280, []),
                DnsMessageBuilder.Record("x.example", 1, [1, 1, 1, 1], recordClass: 3),
                DnsMessageBuilder.A("y.example", "192.0.2.9"),
                DnsMessageBuilder.A("X.EXAMPLE", "192.0.2.1")),
            "x.example",
            DnsRecordType.A);
        Assert.Equal("192.0.2.1", ((AddressRecord)Assert.Single(answer.Records)).Address.ToString());
    }

    [Fact]
    public void A_TTL_with_its_highest_bit_set_is_zero_RFC_2181_section_8()
    {
        DnsResponse answer = Read(
            Response("x.example", DnsRecordType.A).Answer(DnsMessageBuilder.A("x.example", "192.0.2.1", 0x80000001)), "x.example", DnsRecordType.A);
        Assert.Equal(0u, answer.TimeToLive);
    }

    [Fact]
    public void Extended_codes_and_errors_are_told_RFC_6891_RFC_8914()
    {
        byte[] option = [0, 15, 0, 9, 0, 6, .. "bogus\u001b!"u8];
        DnsMessageBuilder builder = Response("x.example", DnsRecordType.A);
        builder.ResponseCode = 2;
        DnsResponse answer = Read(builder.Additional(DnsMessageBuilder.Record("", 41, option, 0, 1232)), "x.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.ServFail, answer.Status);
        Assert.Equal("SERVFAIL (EDE 6: bogus?!)", answer.Detail);
        DnsResponse bad = Read(
            Response("x.example", DnsRecordType.A).Additional(DnsMessageBuilder.Record("", 41, [], 0x01000000, 1232)), "x.example", DnsRecordType.A);
        Assert.Equal(DnsRetry.WithoutEdns, bad.Retry);
    }

    [Fact]
    public void An_NXDOMAIN_at_the_end_of_a_chain_is_one_RFC_6604()
    {
        DnsMessageBuilder builder = Response("x.example", DnsRecordType.A).Answer(DnsMessageBuilder.Cname("x.example", "y.example"));
        builder.ResponseCode = 3;
        DnsResponse answer = Read(builder, "x.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NxDomain, answer.Status);
        Assert.Equal(["y.example"], answer.CnamePath);
    }

    [Fact]
    public void Whatever_the_octets_are_reading_ends_without_an_exception()
    {
        DnsRecordType[] types = [.. Enum.GetValues<DnsRecordType>()];
        Prop.ForAll<byte[], byte, byte>((tail, counts, type) =>
        {
            DnsQuery query = Query("x.example", types[type % types.Length]);
            byte[] message = [.. Response("x.example", query.Type).Build(), .. tail];
            message[7] = counts;
            message[9] = (byte)(counts >> 2);
            return Enum.IsDefined(AnswerReader.Read(message, query).Status);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
        Prop.ForAll<byte[]>(message =>
        {
            DnsQuery query = Query("x.example", DnsRecordType.TXT);
            return Enum.IsDefined(AnswerReader.Read(message, query).Status) | query.IsAnsweredBy(message);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Every_single_octet_that_changes_is_survived_as_is_every_cut()
    {
        byte[] whole = Response("x.example", DnsRecordType.MX)
            .Answer(
                DnsMessageBuilder.Cname("x.example", "y.example"),
                DnsMessageBuilder.Record([0xC0, 12], 15, [0, 1, 1, (byte)'a', 0xC0, 12]),
                DnsMessageBuilder.Record("y.example", 15, [0, 1, 1, (byte)'a', 0xC0, 12]))
            .Authority(DnsMessageBuilder.Soa("example", 5, 6))
            .Additional(DnsMessageBuilder.Record("", 41, [0, 15, 0, 3, 0, 1, 65], 0, 1232))
            .Build();
        DnsQuery query = Query("x.example", DnsRecordType.MX);
        Assert.Equal(DnsStatus.NoError, AnswerReader.Read(whole, query).Status);
        for (int position = 0; position < whole.Length; position++)
        {
            byte octet = whole[position];
            for (int value = 0; value < 256; value++)
            {
                whole[position] = (byte)value;
                Assert.True(Enum.IsDefined(AnswerReader.Read(whole, query).Status));
            }

            whole[position] = octet;
            Assert.True(Enum.IsDefined(AnswerReader.Read(whole.AsSpan(0, position), query).Status));
        }
    }
}
