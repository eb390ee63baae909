using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Transports;

/// <summary>TCP and DNS over TLS against the server in the process.</summary>
public sealed class StreamTransportTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Questions_share_one_connection_and_may_be_answered_in_any_order()
    {
        using TestDnsServer server = new();
        server.OnTcp("slow.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("slow.example", "192.0.2.1")) with { Delay = TimeSpan.FromMilliseconds(300) });
        server.OnTcp("fast.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("fast.example", "192.0.2.2")));
        using DnsClient client = new([server.Tcp], Patient);
        Task<DnsResponse> slow = client.QueryAsync("slow.example", DnsRecordType.A).AsTask();
        DnsResponse fast = await client.QueryAsync("fast.example", DnsRecordType.A);
        Assert.False(slow.IsCompleted);
        Assert.Equal("192.0.2.2", ((AddressRecord)fast.Records[0]).Address.ToString());
        Assert.Equal("192.0.2.1", ((AddressRecord)(await slow).Records[0]).Address.ToString());
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_was_closed_is_opened_again()
    {
        using TestDnsServer server = new();
        server.OnTcp("a.example", DnsRecordType.A, TestReply.Code(3));
        server.OnTcp("b.example", DnsRecordType.A, new TestReply(_ => []) { Close = true }, TestReply.Code(3));
        using DnsClient client = new([server.Tcp], Patient);
        Assert.Equal(DnsStatus.NxDomain, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
        Assert.Equal(DnsStatus.NxDomain, (await client.QueryAsync("b.example", DnsRecordType.A)).Status);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_always_closes_is_a_network_error()
    {
        using TestDnsServer server = new() { Otherwise = new TestReply(_ => []) { Close = true } };
        using DnsClient client = new([server.Tcp], Patient);
        Assert.Equal(DnsStatus.NetworkError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
    }

    [Fact]
    public async Task Many_questions_use_few_connections()
    {
        using TestDnsServer server = new()
        {
            Otherwise = new TestReply(question => [question.Builder().Answer(DnsMessageBuilder.Txt(question.Name, question.Name)).Build()]),
        };
        using DnsClient client = new([server.Tcp], TimeSpan.FromSeconds(60));
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(number => client.QueryAsync($"n{number}.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal(response.Name, ((TxtRecord)Assert.Single(response.Records)).Text));
        Assert.InRange(server.Connections, 1, 4);
    }

    [Fact]
    public async Task A_port_without_a_server_is_a_network_error()
    {
        TestDnsServer server = new();
        DnsServer gone = server.Tcp;
        server.Dispose();
        using DnsClient client = new([gone], Patient);
        Assert.Equal(DnsStatus.NetworkError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
    }

    [Fact]
    public async Task DNS_over_TLS_answers_where_the_certificate_is_accepted()
    {
        using X509Certificate2 certificate = TestCertificate.Create("resolver.example");
        using TestDnsServer server = Tls(certificate);
        server.OnTcp("a.example", DnsRecordType.A, TestReply.Records(DnsMessageBuilder.A("a.example", "192.0.2.1")));
        string? expectedName = null;
        using DnsClient client = new([Address(server, "#resolver.example")], Patient, null, (_, presented, _, errors) =>
        {
            expectedName = errors.ToString();
            return presented!.GetCertHashString() == certificate.GetCertHashString();
        });
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NoError, response.Status);
        Assert.StartsWith("tls://", response.Server, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(SslPolicyErrors.RemoteCertificateNameMismatch), expectedName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DNS_over_TLS_refuses_a_certificate_that_nobody_vouches_for()
    {
        using X509Certificate2 certificate = TestCertificate.Create("resolver.example");
        using TestDnsServer server = Tls(certificate);
        using DnsClient client = new([Address(server, "#resolver.example")], Patient);
        DnsResponse response = await client.QueryAsync("a.example", DnsRecordType.A);
        Assert.Equal(DnsStatus.NetworkError, response.Status);
        Assert.NotEqual("", response.Detail);
        Assert.Empty(server.Questions);
    }

    [Fact]
    public async Task DNS_over_TLS_matches_the_certificate_with_the_host()
    {
        using X509Certificate2 certificate = TestCertificate.Create("resolver.example");
        using TestDnsServer server = Tls(certificate);
        using DnsClient client = new(
            [Address(server, "#other.example")],
            Patient,
            null,
            (_, _, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0);
        Assert.Equal(DnsStatus.NetworkError, (await client.QueryAsync("a.example", DnsRecordType.A)).Status);
    }

    private static TestDnsServer Tls(X509Certificate2 certificate) => new()
    {
        Wrap = async stream =>
        {
            SslStream secure = new(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            return secure;
        },
    };

    private static DnsServer Address(TestDnsServer server, string suffix) =>
        TestDnsServer.Address("tls://127.0.0.1:" + server.Port.ToString(CultureInfo.InvariantCulture) + suffix);
}

/// <summary>Certificates that nobody vouches for.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Create(string host)
    {
#if NETFRAMEWORK
        // Mono has no CertificateRequest: these were made by OpenSSL.
        string file = TestFiles.Repository("tests", "Dmarc.Tests.NetFramework", "certificates", host + ".pfx");
        return X509CertificateLoader.LoadPkcs12(File.ReadAllBytes(file), null);
#else
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=" + host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
#endif
    }

#if !NETFRAMEWORK
    /// <summary>A certificate whose issuer is not sent along, and that names where to fetch it and whom to ask whether it was revoked.</summary>
    public static X509Certificate2 CreateLure(string host, string url)
    {
        using RSA issuerKey = RSA.Create(2048);
        CertificateRequest issuer = new("CN=Issuer of " + host, issuerKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 issuing = issuer.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=" + host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([url + "ocsp"], [url + "issuer.cer"]));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url + "list.crl"]));
        using X509Certificate2 signed = request.Create(issuing, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3, 4]);
        using X509Certificate2 made = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
#endif
}
