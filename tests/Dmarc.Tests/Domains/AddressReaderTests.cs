using System.Net;
using System.Reflection;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Zones;
using Dmarc.Domains;
using Dmarc.Reports;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Domains;

/// <summary>There is one reader of IP addresses, and it is strict.</summary>
public class AddressReaderTests
{
    public static TheoryData<string> NoAddresses =>
    [
        "", " ", "1", "127.1", "127.0.1", "0177.0.0.1", "010.0.0.1", "192.000.002.001", "0x7f.0.0.1", "0x7f000001", "2130706433", "1.2.3.4.", "1.2.3", "1.2.3.4.5", "256.0.0.1",
        "1.2.3.-4", "1.2.3.+4", "1..2.3", "١.٢.٣.٤", "fe80::1%eth0", "fe80::1%1", "[::1]", "::1]", "[1.2.3.4]", "[::1]:53", "1.2.3.4:53", ":::", "1::2::3", "12345::", "::g", "::1/64",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", ":1", "1:",
    ];

    [Theory]
    [MemberData(nameof(NoAddresses))]
    public void Reads_nothing_but_addresses(string text)
    {
        Assert.False(AddressText.IsAddress(text));
        Assert.False(AddressText.TryRead(text, out _));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData(" 192.0.2.1 ", "192.0.2.1")]
    [InlineData("::", "::")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    public void Reads_addresses(string text, string expected)
    {
        Assert.True(AddressText.TryRead(text, out IPAddress? address));
        Assert.Equal(IPAddress.Parse(expected), address);
    }

    [Theory]
    [InlineData("fe80::1%1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("192.0.2.1%1", false)]
    [InlineData("fe80::1%", false)]
    [InlineData("127.1", false)]
    public void A_server_of_this_network_may_have_a_scope(string text, bool expected) =>
        Assert.Equal(expected, AddressText.TryReadScoped(text, out _));

    /// <summary>Systems connect to what they read in such a name, so no server and no host is named so.</summary>
    [Theory]
    [InlineData("127.1", true)]
    [InlineData("1", true)]
    [InlineData("010.0.0.1", true)]
    [InlineData("0x7f.0.0.1", true)]
    [InlineData("127.0.0.0x1", true)]
    [InlineData("0x7f000001", true)]
    [InlineData("2130706433.", true)]
    [InlineData("mail.123", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("::1", false)]
    [InlineData("mail.example", false)]
    [InlineData("1.example", false)]
    [InlineData("0x.example", false)]
    [InlineData("a.0xyz", false)]
    [InlineData("a.0x", false)]
    public void A_name_that_some_read_as_an_address_is_known(string text, bool expected)
    {
        Assert.Equal(expected, AddressText.IsAmbiguous(text));
        if (expected)
        {
            Assert.False(DnsServer.TryParse(text, out _, out _));
            Assert.False(DnsServer.TryParse("tls://" + text, out _, out _));
            Assert.False(DnsServer.TryParse("https://" + text + "/dns-query", out _, out _));
            Assert.False(DirectSendProbeOptions.TryCreate("a@b.example", text, out _, out _));
        }
    }

    /// <summary>What reports state is read by the same rules; only there an address may have brackets, a tag or a zone.</summary>
    [Theory]
    [MemberData(nameof(NoAddresses))]
    public void A_report_states_no_other_addresses(string text)
    {
        string? address = text switch
        {
            "[::1]" => "::1",
            "[1.2.3.4]" => "1.2.3.4",
            "fe80::1%eth0" or "fe80::1%1" => "fe80::1",
            _ => null,
        };
        Assert.False(SourceAddress.TryParse(text, out _));
        Assert.False(SourceAddress.IsAddress(text));
        Assert.Equal(address ?? text, new SourceAddress().Canonicalize(text));
        Assert.Equal(address is not null, SourceAddress.TryParseLiteral(text, out _));
    }

    /// <summary>What looks like an address is not taken for a domain either.</summary>
    [Theory]
    [InlineData("192.0.2.010")]
    [InlineData("fe80::1")]
    [InlineData("192.0.2.1")]
    public void An_address_is_no_domain(string text) => Assert.False(DomainInput.TryRead(text, out _, out _));

    [Theory]
    [MemberData(nameof(NoAddresses))]
    public void A_zone_file_has_no_such_address(string text)
    {
        if (text.Trim().Length == 0)
        {
            return;
        }

        string type = text.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A";
        ZoneFile zone = ZoneFile.Parse($"$ORIGIN .\n$TTL 300\na.test {type} {text}\n", "x");

        Assert.NotEmpty(zone.Findings);
    }

    /// <summary>No other part of the product reads addresses with the reader of .NET, which knows many forms that nobody means.</summary>
    [Fact]
    public void There_is_one_reader()
    {
        MethodInfo[] readers = [.. typeof(IPAddress).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name is "Parse" or "TryParse")];
        string[] callers =
        [
            .. typeof(SpfResult).Assembly.GetTypes()
                .Where(type => type != typeof(AddressText))
                .SelectMany(type => CallSites.Find(type, readers)),
        ];

        Assert.Empty(callers);
        Assert.NotEmpty(CallSites.Find(typeof(AddressText), readers));
    }
}
