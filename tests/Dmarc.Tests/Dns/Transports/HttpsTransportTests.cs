using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Transports;

/// <summary>DNS over HTTPS (RFC 8484) against a small HTTP/1.1 server in the process.</summary>
public sealed class HttpsTransportTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create("localhost");
    private readonly TestDnsServer _dns = new();
    private readonly TcpListener _listener = new(System.Net.IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private string _head = "HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\n";

    public HttpsTransportTests()
    {
        _dns.On("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.1")));
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public void Dispose()
    {
        _listener.Stop();
        _dns.Dispose();
        _certificate.Dispose();
    }

    private DnsServer Address => TestDnsServer.Address(
        "https://127.0.0.1:" + ((System.Net.IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture) + "/dns-query");

    private DnsClient Client(TimeSpan? timeout = null) => new([Address], timeout ?? TimeSpan.FromSeconds(20), null, Trust);

    private bool Trust(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate!.GetCertHashString() == _certificate.GetCertHashString();

    [Fact]
    public async Task A_question_is_posted_with_id_zero()
    {
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.Equal("192.0.2.1", ((AddressRecord)response.Records[0]).Address.ToString());
        Assert.Equal(Address.ToString(), response.Server);
        Assert.Equal(0, Assert.Single(_dns.Questions).Id);
        string request = Assert.Single(_requests);
        Assert.StartsWith("POST /dns-query HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/dns-message", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Accept: application/dns-message", request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Type: application/dns-message\r\n", DnsStatus.NetworkError, "404")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/\r\n", DnsStatus.NetworkError, "302")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", DnsStatus.Malformed, "text/html")]
    public async Task What_is_not_a_DNS_answer_is_a_failure(string head, DnsStatus expected, string detail)
    {
        _head = head;
        using DnsClient client = Client();
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(expected, response.Status);
        Assert.Contains(detail, response.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_malformed_and_silence_a_timeout()
    {
        _dns.On("b.example", DnsRecordType.A, TestReply.Raw(_ => [1, 2, 3]));
        _dns.On("c.example", DnsRecordType.A, TestReply.Records() with { Delay = TimeSpan.FromSeconds(30) });
        using DnsClient client = Client();
        Assert.Equal(DnsStatus.Malformed, (await client.QueryAsync("b.example", DnsRecordType.A)).Status);
        using DnsClient impatient = Client(TimeSpan.FromMilliseconds(400));
        Assert.Equal(DnsStatus.Timeout, (await impatient.QueryAsync("c.example", DnsRecordType.A)).Status);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using DnsClient client = new([Address], TimeSpan.FromSeconds(20));
        Assert.Equal(DnsStatus.NetworkError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Empty(_dns.Questions);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using TcpClient owned = client;
            using SslStream stream = new(client.GetStream());
            await stream.AuthenticateAsServerAsync(_certificate);
            while (await ReadHeadAsync(stream) is string head)
            {
                lock (_requests)
                {
                    _requests.Add(head);
                }

                string length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                byte[] message = new byte[int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture)];
                await stream.ReadExactlyAsync(message);
                TestQuestion question = TestQuestion.Read(message, true, 0);
                TestReply reply = _dns.Choose(question);
                await Task.Delay(reply.Delay);
                byte[] answer = reply.Messages(question).First();
                string answerHead = _head + "Content-Length: " + answer.Length.ToString(CultureInfo.InvariantCulture) + "\r\n\r\n";
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(answerHead), .. answer]);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client left.
        }
    }

    private static async Task<string?> ReadHeadAsync(Stream stream)
    {
        StringBuilder head = new();
        byte[] octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet) == 0)
            {
                return null;
            }

            head.Append((char)octet[0]);
        }

        return head.ToString();
    }
}
