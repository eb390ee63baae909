using System.Text;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Https;

/// <summary>The fetcher against a server in the process, which does what web servers of strangers may do.</summary>
public class HttpsFetcherTests
{
    private const string Host = "mta-sts.contoso.com";
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";

    private static async Task<HttpsAnswer> FetchAsync(string answer, string certificateHost = Host, TimeSpan? pause = null, TimeSpan? timeout = null, int maximum = 1000)
    {
        using TestWebServer server = new(certificateHost, answer, pause);
        HttpsFetcher fetcher = new(new FakeResolver().Address(Host, "127.0.0.1"), timeout ?? TimeSpan.FromSeconds(20), true, server.Port, server.Trust);
        HttpsAnswer result = await fetcher.FetchAsync(new Uri("https://" + Host + "/.well-known/mta-sts.txt"), maximum);
        if (server.Requests.Count > 0)
        {
            Assert.StartsWith("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: " + Host + "\r\n", server.Requests[0], StringComparison.Ordinal);
        }

        return result;
    }

    private static string Text(HttpsAnswer answer) => Encoding.UTF8.GetString(answer.Body.ToArray());

    [Theory]
    [InlineData("with its length", Good, "hello")]
    [InlineData("up to the end of the connection", "HTTP/1.0 200 OK\r\nContent-Type: TEXT/PLAIN\r\n\r\nhello", "hello")]
    [InlineData("in chunks", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello")]
    [InlineData("empty", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n", "")]
    [InlineData("longer than it says", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello and more", "hello")]
    public async Task A_file_comes(string how, string answer, string expected)
    {
        HttpsAnswer result = await FetchAsync(answer);

        Assert.True(result.Status == HttpsStatus.Ok, how + ": " + result.Status + " " + result.Detail);
        Assert.Equal("text/plain", result.MediaType);
        Assert.Equal(expected, Text(result));
    }

    [Theory]
    [InlineData("a redirection", "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", HttpsStatus.HttpError)]
    [InlineData("not found", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", HttpsStatus.HttpError)]
    [InlineData("too long by its length", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", HttpsStatus.TooLarge)]
    [InlineData("a length beyond numbers", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", HttpsStatus.Malformed)]
    [InlineData("cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello", HttpsStatus.Malformed)]
    [InlineData("cut in the header", "HTTP/1.1 200 OK\r\nContent-Le", HttpsStatus.Malformed)]
    [InlineData("a broken chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", HttpsStatus.Malformed)]
    [InlineData("a chunk below nothing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", HttpsStatus.Malformed)]
    [InlineData("no HTTP", "220 mail.contoso.com ESMTP\r\n", HttpsStatus.Malformed)]
    [InlineData("nothing", "", HttpsStatus.Malformed)]
    public async Task What_is_not_a_whole_file_is_told_apart(string how, string answer, HttpsStatus expected)
    {
        HttpsAnswer result = await FetchAsync(answer);

        Assert.True(result.Status == expected, how + ": " + result.Status + " " + result.Detail);
        Assert.NotEmpty(result.Detail);
        Assert.True(result.Body.IsEmpty);
    }

    [Fact]
    public async Task A_file_without_an_end_is_cut_off_at_the_limit()
    {
        string answer = "HTTP/1.1 200 OK\r\n\r\n" + new string('x', 1001);

        Assert.Equal(HttpsStatus.TooLarge, (await FetchAsync(answer)).Status);
        Assert.Equal(HttpsStatus.Ok, (await FetchAsync(answer, maximum: 1001)).Status);
    }

    [Fact]
    public async Task Headers_without_an_end_are_not_read()
    {
        Assert.Equal(HttpsStatus.Malformed, (await FetchAsync("HTTP/1.1 200 OK\r\nX: " + new string('x', 9000))).Status);
        Assert.Equal(HttpsStatus.Malformed, (await FetchAsync("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 200)))).Status);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        HttpsAnswer result = await FetchAsync(Good, "www.contoso.com");

        Assert.Equal(HttpsStatus.CertificateInvalid, result.Status);
        Assert.Equal(Strings.Https_CertificateName, result.Detail);
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_trust_is_refused()
    {
        using TestWebServer server = new(Host, Good);
        HttpsFetcher fetcher = new(new FakeResolver().Address(Host, "127.0.0.1"), TimeSpan.FromSeconds(20), true, server.Port, null);

        HttpsAnswer result = await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000);

        Assert.Equal((HttpsStatus.CertificateInvalid, Strings.Https_CertificateChain), (result.Status, result.Detail));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_server_that_takes_its_time_is_given_up() =>
        Assert.Equal(HttpsStatus.Timeout, (await FetchAsync(Good, pause: TimeSpan.FromMinutes(1), timeout: TimeSpan.FromMilliseconds(500))).Status);

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using TestWebServer server = new(Host, Good, TimeSpan.FromMinutes(1));
        HttpsFetcher fetcher = new(new FakeResolver().Address(Host, "127.0.0.1"), TimeSpan.FromMinutes(1), true, server.Port, server.Trust);
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000, source.Token));
    }

    [Theory]
    [InlineData("http://mta-sts.contoso.com/")]
    [InlineData("https://mta-sts.contoso.com:8443/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("https://user@mta-sts.contoso.com/")]
    [InlineData("file:///etc/passwd")]
    public async Task Only_https_on_its_own_port_of_a_named_host_is_fetched_from(string uri)
    {
        FakeResolver resolver = new();

        Assert.Equal(HttpsStatus.NotAllowed, (await new HttpsFetcher(resolver, TimeSpan.FromSeconds(5)).FetchAsync(new Uri(uri), 1000)).Status);
        Assert.Empty(resolver.Queries);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:7f00:1::")]
    public async Task Addresses_that_are_not_public_are_refused(string address)
    {
        HttpsFetcher fetcher = new(new FakeResolver().Address(Host, address), TimeSpan.FromSeconds(5));

        Assert.Equal(HttpsStatus.AddressRefused, (await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000)).Status);
    }

    [Theory]
    [InlineData(DnsStatus.NxDomain, HttpsStatus.HostNotFound)]
    [InlineData(DnsStatus.NoData, HttpsStatus.HostNotFound)]
    [InlineData(DnsStatus.Timeout, HttpsStatus.DnsFailure)]
    [InlineData(DnsStatus.ServFail, HttpsStatus.DnsFailure)]
    public async Task A_host_without_an_address_is_told_from_one_that_is_not_known(DnsStatus dns, HttpsStatus expected)
    {
        HttpsFetcher fetcher = new(new FakeResolver().Fails(Host, dns), TimeSpan.FromSeconds(5));

        Assert.Equal(expected, (await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000)).Status);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_no_connection()
    {
        TestWebServer server = new(Host, Good);
        int port = server.Port;
        server.Dispose();
        HttpsFetcher fetcher = new(new FakeResolver().Address(Host, "127.0.0.1"), TimeSpan.FromSeconds(20), true, port, null);

        Assert.Equal(HttpsStatus.ConnectionFailed, (await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000)).Status);
    }
}
