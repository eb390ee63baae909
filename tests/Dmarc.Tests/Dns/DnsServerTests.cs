using Dmarc.Dns;
using Dmarc.Dns.Client;

namespace Dmarc.Tests.Dns;

public sealed class DnsServerTests
{
    [Theory]
    [InlineData("192.0.2.53", DnsTransport.Udp, "192.0.2.53", 53, "192.0.2.53")]
    [InlineData(" 127.0.0.1:5353 ", DnsTransport.Udp, "127.0.0.1", 5353, "127.0.0.1:5353")]
    [InlineData("2001:db8::1", DnsTransport.Udp, "2001:db8::1", 53, "2001:db8::1")]
    [InlineData("[2001:db8::1]", DnsTransport.Udp, "2001:db8::1", 53, "2001:db8::1")]
    [InlineData("[2001:db8::1]:5353", DnsTransport.Udp, "2001:db8::1", 5353, "[2001:db8::1]:5353")]
    [InlineData("fe80::1%3", DnsTransport.Udp, "fe80::1%3", 53, "fe80::1%3")]
    [InlineData("dc01.contoso.com", DnsTransport.Udp, "dc01.contoso.com", 53, "dc01.contoso.com")]
    [InlineData("localhost:54", DnsTransport.Udp, "localhost", 54, "localhost:54")]
    [InlineData("udp://192.0.2.53", DnsTransport.Udp, "192.0.2.53", 53, "192.0.2.53")]
    [InlineData("tcp://192.0.2.53", DnsTransport.Tcp, "192.0.2.53", 53, "tcp://192.0.2.53")]
    [InlineData("tls://dns.example", DnsTransport.Tls, "dns.example", 853, "tls://dns.example")]
    [InlineData("TLS://[2001:db8::1]:8853/", DnsTransport.Tls, "2001:db8::1", 8853, "tls://[2001:db8::1]:8853")]
    [InlineData("tls://192.0.2.1#dns.example", DnsTransport.Tls, "192.0.2.1", 853, "tls://192.0.2.1#dns.example")]
    [InlineData("https://dns.example/dns-query", DnsTransport.Https, "dns.example", 443, "https://dns.example/dns-query")]
    [InlineData("https://192.0.2.1:8443/q", DnsTransport.Https, "192.0.2.1", 8443, "https://192.0.2.1:8443/q")]
    public void Text_forms(string text, object transportValue, string host, int port, string printed)
    {
        DnsTransport transport = (DnsTransport)transportValue;
        Assert.True(DnsServer.TryParse(text, out DnsServer? server, out string error), error);
        Assert.Equal("", error);
        Assert.Equal((transport, host, port, printed), (server.Transport, server.Host, server.Port, server.ToString()));
        Assert.True(DnsServer.TryParse(printed, out DnsServer? again, out _));
        Assert.Equal(server, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.1:0")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]53")]
    [InlineData("[192.0.2.1]")]
    [InlineData("2001:db8:::1")]
    [InlineData("a b")]
    [InlineData("http://dns.example/dns-query")]
    [InlineData("https://user@dns.example/")]
    [InlineData("https:///x")]
    [InlineData("tls://")]
    [InlineData("tls://a#b c")]
    [InlineData("ftp://x")]
    public void What_is_no_server_is_refused_with_a_sentence(string? text)
    {
        Assert.False(DnsServer.TryParse(text, out DnsServer? server, out string error));
        Assert.Null(server);
        Assert.Contains("'" + text?.Trim() + "'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_a_resolver_configuration()
    {
        string[] lines = ["# nameserver 192.0.2.9", "search example.com", "nameserver 192.0.2.53", "nameserver\t2001:db8::53 # x", "nameserver fe80::1%1", "nameserver", "nameserver x", "options edns0"];
        Assert.Equal(["192.0.2.53", "2001:db8::53", "fe80::1%1"], SystemDnsServers.ParseConfiguration(lines).Select(address => address.ToString()));
    }

    [Fact]
    public void The_system_can_be_asked_for_its_servers() => Assert.All(SystemDnsServers.Find(), server => Assert.Equal(DnsTransport.Udp, server.Transport));
}
