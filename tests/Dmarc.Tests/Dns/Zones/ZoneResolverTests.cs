using System.Collections.Concurrent;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Zones;

public sealed class ZoneResolverTests
{
    private const string Zone =
        """
        $ORIGIN example.
        $TTL 600
        @ SOA ns hostmaster 1 2 3 4 120
        @ TXT apex
        a.b.c TXT deep
        *.wild TXT any
        host.wild TXT host
        sub.ent.wild TXT below
        *.alias CNAME target.wild
        one CNAME two
        two CNAME three
        three TXT end
        loop1 CNAME loop2
        loop2 CNAME LOOP1
        out CNAME outside.test.
        gone CNAME nothing
        srv SRV 0 0 1 host
        dot\.ted TXT escaped
        nine TXT nine
        twice TXT same
        TWICE 300 TXT "same"
        twice A 192.0.2.1
        twice A 192.0.2.1
        parted TXT "sa" "me"
        parted TXT "same"
        """;

    private readonly FakeResolver _inner = new FakeResolver().Txt("outside.test", "from outside");
    private readonly ZoneResolver _resolver;
    private readonly ConcurrentQueue<DnsResponse> _seen = new();

    public ZoneResolverTests() => _resolver = new ZoneResolver([ZoneFile.Parse(Zone, "example.zone")], _inner, _seen.Enqueue);

    private ValueTask<DnsResponse> Ask(string name, DnsRecordType type = DnsRecordType.TXT) => _resolver.QueryAsync(name, type);

    [Theory]
    [InlineData("example", "apex")]
    [InlineData("EXAMPLE.", "apex")]
    [InlineData("a.B.c.example", "deep")]
    [InlineData("x.wild.example", "any")]
    [InlineData("x.y.wild.example", "any")]
    [InlineData("*.wild.example", "any")]
    [InlineData("host.wild.example", "host")]
    [InlineData("x.alias.example", "any")]
    [InlineData("one.example", "end")]
    [InlineData("out.example", "from outside")]
    [InlineData("outside.test", "from outside")]
    [InlineData("dot\\.ted.example", "escaped")]
    [InlineData("\\110ine.example", "nine")]
    [InlineData("twice.example", "same")]
    public async Task Text(string name, string expected)
    {
        DnsResponse response = await Ask(name);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal(expected, ((TxtRecord)Assert.Single(response.Records)).Text);
        Assert.Equal(name.TrimEnd('.'), response.Name);
    }

    [Theory]
    [InlineData("b.c.example", DnsStatus.NoData, "empty non-terminal")]
    [InlineData("c.example", DnsStatus.NoData, "empty non-terminal")]
    [InlineData("example", DnsStatus.NoError, "apex")]
    [InlineData("x.b.c.example", DnsStatus.NxDomain, "below an empty non-terminal")]
    [InlineData("nowhere.example", DnsStatus.NxDomain, "")]
    [InlineData("ent.wild.example", DnsStatus.NoData, "RFC 4592 2.2.2")]
    [InlineData("x.ent.wild.example", DnsStatus.NxDomain, "RFC 4592 3.3.1: the closest encloser has no wildcard")]
    [InlineData("x.host.wild.example", DnsStatus.NxDomain, "the closest encloser is host.wild")]
    [InlineData("wild.example", DnsStatus.NoData, "the wildcard's parent")]
    [InlineData("gone.example", DnsStatus.NxDomain, "RFC 6604: the end of the chain decides")]
    [InlineData("srv.example", DnsStatus.NoData, "has a record of a type that is not read")]
    [InlineData("loop1.example", DnsStatus.Malformed, "")]
    [InlineData("a..example", DnsStatus.Malformed, "")]
    [InlineData("missing.test", DnsStatus.NxDomain, "from the other resolver")]
    public async Task Status(string name, DnsStatus expected, string why)
    {
        DnsResponse response = await Ask(name);
        Assert.True(expected == response.Status, $"{name}: {response.Status} ({why})");
        Assert.Equal(expected == DnsStatus.NoError, response.Records.Count > 0);
    }

    /// <summary>RFC 2181 §5: a record that stands twice in a file is one, and one with its strings parted otherwise is another.</summary>
    [Theory]
    [InlineData("twice.example", DnsRecordType.TXT, 1)]
    [InlineData("twice.example", DnsRecordType.A, 1)]
    [InlineData("parted.example", DnsRecordType.TXT, 2)]
    public async Task A_record_counts_once(string name, object type, int count) =>
        Assert.Equal(count, (await Ask(name, (DnsRecordType)type)).Records.Count);

    [Fact]
    public async Task Other_types_of_a_wildcard_are_no_data()
    {
        Assert.Equal(DnsStatus.NoData, (await Ask("x.wild.example", DnsRecordType.MX)).Status);
        Assert.Equal(120u, (await Ask("x.wild.example", DnsRecordType.MX)).TimeToLive);
    }

    [Fact]
    public async Task The_path_the_owner_and_the_file_are_told()
    {
        DnsResponse response = await Ask("one.example");
        Assert.Equal(["two.example", "three.example"], response.CnamePath);
        Assert.Equal("example.zone", response.Server);
        Assert.Equal(600u, response.TimeToLive);
        Assert.Equal("x.wild.example", (await Ask("x.wild.example")).Records[0].Name);
        Assert.Equal(["outside.test"], (await Ask("out.example")).CnamePath);
        Assert.Equal("two.example", ((NameRecord)(await Ask("one.example", DnsRecordType.CNAME)).Records[0]).Target);
    }

    [Fact]
    public async Task The_other_resolver_is_asked_only_for_what_lies_outside()
    {
        await Ask("nowhere.example");
        await Ask("notexample");
        Assert.Equal(["notexample"], _inner.Queries.Select(query => query.Name));
        Assert.Equal(["nowhere.example"], _seen.Select(response => response.Name));
    }

    [Fact]
    public async Task With_the_root_as_origin_nothing_is_asked()
    {
        ZoneResolver resolver = new([ZoneFile.Parse("$ORIGIN .\n_dmarc.a.test TXT x\n", "all.zone")], _inner);
        Assert.Equal(DnsStatus.NoError, (await resolver.QueryAsync("_dmarc.a.test", DnsRecordType.TXT)).Status);
        Assert.Equal(DnsStatus.NoData, (await resolver.QueryAsync("test", DnsRecordType.TXT)).Status);
        Assert.Equal(DnsStatus.NxDomain, (await resolver.QueryAsync("com", DnsRecordType.TXT)).Status);
        Assert.Empty(_inner.Queries);
    }

    [Fact]
    public async Task A_file_without_SOA_and_origin_replaces_only_what_it_names()
    {
        _inner.Txt("a.test", "published").Mx("a.test", "mail.a.test");
        ZoneResolver resolver = new([ZoneFile.Parse("a.test. TXT \"not yet published\"\n", "patch.zone")], _inner);
        Assert.Equal("not yet published", ((TxtRecord)(await resolver.QueryAsync("a.test", DnsRecordType.TXT)).Records[0]).Text);
        Assert.Equal(DnsStatus.NoError, (await resolver.QueryAsync("a.test", DnsRecordType.MX)).Status);
        Assert.Equal(DnsStatus.NxDomain, (await resolver.QueryAsync("b.a.test", DnsRecordType.TXT)).Status);
        Assert.Equal(["a.test", "b.a.test"], _inner.Queries.Select(query => query.Name));
    }

    [Fact]
    public async Task Of_two_files_the_later_one_counts_for_each_record_set()
    {
        ZoneResolver resolver = new(
            [ZoneFile.Parse("$ORIGIN a.test.\n@ TXT old\n@ MX 1 m\n", "1.zone"), ZoneFile.Parse("a.test. TXT new\n", "2.zone")],
            _inner);
        DnsResponse response = await resolver.QueryAsync("a.test", DnsRecordType.TXT);
        Assert.Equal("new", ((TxtRecord)Assert.Single(response.Records)).Text);
        Assert.Equal("2.zone", response.Server);
        Assert.Equal("1.zone", (await resolver.QueryAsync("a.test", DnsRecordType.MX)).Server);
    }
}
