using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Dns.Https;
using Dmarc.Tests.Dns.Transports;
using Dmarc.Tests.Support;

// The certificates of these tests are vouched for by nobody.
#pragma warning disable CA5359

namespace Dmarc.Tests.Dns.Https;

/// <summary>
/// A certificate of a stranger names where its issuer can be fetched and whom to ask whether it was revoked. Nothing of that may be
/// contacted: whoever writes a certificate would choose the address.
/// </summary>
public sealed class NothingElseIsContactedTests : IDisposable
{
    private const string Host = "mta-sts.contoso.com";

    private readonly TcpListener _trap = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _lure;
    private int _contacts;

    public NothingElseIsContactedTests()
    {
        _trap.Start();
        _ = Task.Run(TrapAsync);
        _lure = TestCertificate.CreateLure(
            Host,
            "http://127.0.0.1:" + ((IPEndPoint)_trap.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture) + "/");
    }

    public void Dispose()
    {
        _trap.Stop();
        _lure.Dispose();
    }

    [SkippableFact]
    public async Task The_trap_works()
    {
        Skip.IfNot(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "Other systems do not fetch issuers.");
        using TestWebServer server = Server();
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        using SslStream stream = new(client.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(Host);
        Assert.NotEqual(0, Volatile.Read(ref _contacts));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_a_policy_or_an_image_is_fetched(bool trusts)
    {
        SkipWhereIssuersAreFetched();
        using TestWebServer server = Server();
        HttpsFetcher fetcher = new(
            new FakeResolver().Address(Host, "127.0.0.1"),
            TimeSpan.FromSeconds(20),
            true,
            server.Port,
            trusts ? server.Trust : null);

        HttpsAnswer answer = await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000);

        Assert.Equal(trusts ? HttpsStatus.Ok : HttpsStatus.CertificateInvalid, answer.Status);
        Assert.Equal(0, Volatile.Read(ref _contacts));
    }

    [SkippableTheory]
    [InlineData("tls")]
    [InlineData("https")]
    public async Task Where_DNS_is_asked(string transport)
    {
        SkipWhereIssuersAreFetched();
        using TestWebServer server = Server();
        string address = string.Create(CultureInfo.InvariantCulture, $"{transport}://127.0.0.1:{server.Port}{(transport == "tls" ? "" : "/dns-query")}");
        using DnsClient client = new([TestDnsServer.Address(address)], TimeSpan.FromSeconds(10));

        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);

        Assert.Equal(DnsStatus.NetworkError, response.Status);
        Assert.Equal(0, Volatile.Read(ref _contacts));
    }

    [Fact]
    public async Task The_time_limit_ends_a_look_at_the_chain_that_takes_too_long()
    {
        using TestWebServer server = Server();
        using ManualResetEventSlim end = new();
        HttpsFetcher fetcher = new(
            new FakeResolver().Address(Host, "127.0.0.1"),
            TimeSpan.FromMilliseconds(500),
            true,
            server.Port,
            (_, _, _, _) => end.Wait(TimeSpan.FromMinutes(5)));

        HttpsAnswer answer = await fetcher.FetchAsync(new Uri("https://" + Host + "/"), 1000);

        Assert.Equal(HttpsStatus.Timeout, answer.Status);
        end.Set();
    }

    /// <summary>.NET Framework, for which the other build is made, has no way to say it.</summary>
    private static void SkipWhereIssuersAreFetched()
    {
        TargetFrameworkAttribute? framework =
            Attribute.GetCustomAttribute(typeof(HttpsFetcher).Assembly, typeof(TargetFrameworkAttribute)) as TargetFrameworkAttribute;
        Skip.If(framework!.FrameworkName.Contains("NETStandard", StringComparison.Ordinal), ".NET Standard 2.0 cannot keep the system from fetching issuers.");
    }

    private TestWebServer Server() => new(
        Host,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        null,
        X509CertificateLoader.LoadPkcs12(_lure.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable));

    private async Task TrapAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _trap.AcceptTcpClientAsync();
                Interlocked.Increment(ref _contacts);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }
}
