using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Dns.Zones;
using Dmarc.Tests.Dns.Transports;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Client;

/// <summary>Against nsd and unbound, where these are installed: each started on 127.0.0.1 for one test, from a folder of its own.</summary>
public sealed class RealServerTests : IDisposable
{
    private const string Zone =
        """
        $ORIGIN example.
        $TTL 600
        @ SOA ns hostmaster 1 3600 600 86400 120
        @ NS ns
        ns A 127.0.0.1
        @ MX 10 mail
        @ MX 0 .
        mail A 192.0.2.1
        mail AAAA 2001:db8::1
        _dmarc TXT "v=DMARC1; " "p=none"
        alias CNAME mail
        out CNAME outside.test.
        *.wild TXT any
        a.b TXT deep
        odd\.label TXT "quote \" semicolon \; octet \200"
        _25._tcp.mail TLSA 3 1 1 00112233
        rev PTR mail
        old TYPE99 \# 4 03763D31
        """;

    private readonly ServerProcesses _servers = new();

    private string Folder => _servers.Folder;

    public void Dispose() => _servers.Dispose();

    [SkippableFact]
    public async Task Nsd_answers_as_the_zone_file_does()
    {
        DnsServer server = await StartNsdAsync();
        DnsServer tcp = Parse("tcp://" + server);
        ZoneResolver file = new([ZoneFile.Parse(Zone + Big, "example.zone")], new DnsClient([], TimeSpan.FromSeconds(1)));
        using DnsClient udpClient = new([server], TimeSpan.FromSeconds(10));
        using DnsClient tcpClient = new([tcp], TimeSpan.FromSeconds(10));
        string[] names =
        [
            "example", "mail.example", "_dmarc.example", "alias.example", "x.wild.example", "x.y.wild.example", "wild.example", "b.example", "a.b.example", "x.a.b.example",
            "nowhere.example", "odd\\.label.example", "_25._tcp.mail.example", "_tcp.mail.example", "rev.example", "old.example", "big.example", "MAIL.example.",
        ];
        foreach (string name in names)
        {
            foreach (DnsRecordType type in Enum.GetValues<DnsRecordType>())
            {
                DnsResponse expected = await file.QueryAsync(name, type);
                foreach ((DnsClient client, DnsReferee referee) in new[] { (udpClient, new DnsReferee(server)), (tcpClient, new DnsReferee(tcp)) })
                {
                    DnsResponse actual = await client.QueryAsync(name, type);
                    Assert.True(expected.Status == actual.Status, $"{name} {type}: {expected.Status} in the file, {actual.Status} ({actual.Detail}) from nsd");
                    Assert.Equal(expected.TimeToLive, actual.TimeToLive);
                    Assert.Equal(expected.CnamePath, actual.CnamePath, StringComparer.OrdinalIgnoreCase);
                    Assert.Equal(Describe(expected), Describe(actual));
                    Assert.Null(await referee.FindDifferenceAsync(actual));
                }
            }
        }
    }

    [SkippableFact]
    public async Task Nsd_refuses_names_that_it_does_not_serve()
    {
        using DnsClient client = new([await StartNsdAsync()], TimeSpan.FromSeconds(10));
        Assert.Equal(DnsStatus.Refused, (await client.QueryAsync("other.test", DnsRecordType.A)).Status);
        DnsResponse chain = await client.QueryAsync("out.example", DnsRecordType.A);
        Assert.Null(await new DnsReferee(TestDnsServer.Address(chain.Server)).FindDifferenceAsync(chain));
        Assert.Equal(DnsStatus.Refused, chain.Status);
        Assert.Equal(["outside.test"], chain.CnamePath);
    }

    /// <summary>As nsd is set up if nobody says otherwise: 200 answers of a kind in a second, of the rest one in two is cut off.</summary>
    [SkippableFact]
    public async Task Nsd_that_limits_the_rate_of_its_answers_loses_no_query()
    {
        using DnsClient client = new([await StartNsdAsync(rate: 200)], TimeSpan.FromSeconds(10));
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 10_000).Select(number => client.QueryAsync($"s{number}._domainkey.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal(DnsStatus.NxDomain, response.Status));
    }

    [SkippableTheory]
    [InlineData("udp")]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("https")]
    public async Task Unbound_answers_over(string transport)
    {
        (DnsServer Server, X509Certificate2 Certificate) unbound = await StartUnboundAsync(transport);
        using X509Certificate2 certificate = unbound.Certificate;
        using DnsClient client = new(
            [unbound.Server],
            TimeSpan.FromSeconds(10),
            null,
            (_, presented, _, errors) => presented!.GetCertHashString() == certificate.GetCertHashString()
                && (errors & System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch) == 0);
        DnsResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            client.QueryAsync($"n{number % 20}.local.example", DnsRecordType.TXT).AsTask()));
        Assert.All(responses, response => Assert.Equal((DnsStatus.NoError, response.Name), (response.Status, ((TxtRecord)response.Records[0]).Text)));
        DnsResponse[] others =
        [
            await client.QueryAsync("n1.local.example", DnsRecordType.MX),
            await client.QueryAsync("missing.local.example", DnsRecordType.MX),
            await client.QueryAsync("refused.example", DnsRecordType.A),
        ];
        Assert.Equal([DnsStatus.NoData, DnsStatus.NxDomain, DnsStatus.Refused], others.Select(response => response.Status));
        if (unbound.Server.Transport is DnsTransport.Udp or DnsTransport.Tcp)
        {
            DnsReferee referee = new(unbound.Server);
            foreach (DnsResponse response in responses.Take(20).Concat(others))
            {
                Assert.Null(await referee.FindDifferenceAsync(response));
            }
        }
    }

    private static string Big => "\nbig TXT " + string.Join(' ', Enumerable.Repeat("\"" + new string('x', 250) + "\"", 12)) + "\n";

    private static string Describe(DnsResponse response) => string.Join(
        '\n',
        response.Records
            .Select(record => record switch
            {
                TxtRecord text => text.Type + string.Join('|', text.Strings.Select(Convert.ToHexString)),
                TlsaRecord tlsa => $"{tlsa.Usage} {tlsa.Selector} {tlsa.MatchingType} {Convert.ToHexString([.. tlsa.Data])}",
                _ => (record with { Name = "" }).ToString(),
            })
            .Order(StringComparer.Ordinal));

    private async Task<DnsServer> StartNsdAsync(int rate = 0)
    {
        string program = ServerProcesses.Find("nsd");
        int port = ServerProcesses.FreePort();
        File.WriteAllText(Path.Combine(Folder, "example.zone"), Zone + Big);
        File.WriteAllText(Path.Combine(Folder, "nsd.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            server:
              ip-address: 127.0.0.1@{port}
              username: ""
              chroot: ""
              zonesdir: "{Folder}"
              database: ""
              pidfile: "{Folder}/nsd.pid"
              xfrdfile: "{Folder}/xfrd.state"
              zonelistfile: "{Folder}/zone.list"
              server-count: 1
              minimal-responses: yes
              rrl-ratelimit: {rate}
            remote-control:
              control-enable: no
            zone:
              name: "example."
              zonefile: "example.zone"
            """));
        _servers.Start(program, "-d", "-c", Path.Combine(Folder, "nsd.conf"));
        await _servers.WaitForAsync(port);
        return Parse("127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<(DnsServer Server, X509Certificate2 Certificate)> StartUnboundAsync(string transport)
    {
        string program = ServerProcesses.Find("unbound");
        Skip.If(transport == "https" && !CanDoHttps(program), "This unbound was built without DNS over HTTPS.");
        int plain = ServerProcesses.FreePort();
        int secure = ServerProcesses.FreePort();
        X509Certificate2 certificate = TestCertificate.Create("resolver.example");
        File.WriteAllText(Path.Combine(Folder, "key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(Folder, "cert.pem"), certificate.ExportCertificatePem());
        string data = string.Join('\n', Enumerable.Range(0, 20).Select(number => $"  local-data: 'n{number}.local.example. 60 TXT \"n{number}.local.example\"'"));
        File.WriteAllText(Path.Combine(Folder, "unbound.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            server:
              interface: 127.0.0.1@{plain}
              interface: 127.0.0.1@{secure}
              {(transport == "https" ? "https-port" : "tls-port")}: {secure}
              tls-service-key: "{Folder}/key.pem"
              tls-service-pem: "{Folder}/cert.pem"
              username: ""
              chroot: ""
              directory: "{Folder}"
              pidfile: "{Folder}/unbound.pid"
              use-syslog: no
              do-daemonize: no
              num-threads: 1
              module-config: "iterator"
              local-zone: "local.example." static
              local-zone: "refused.example." refuse
            {data}
            remote-control:
              control-enable: no
            """));
        _servers.Start(program, "-d", "-c", Path.Combine(Folder, "unbound.conf"));
        await _servers.WaitForAsync(plain);
        await _servers.WaitForAsync(secure);
        string text = transport switch
        {
            "tls" => string.Create(CultureInfo.InvariantCulture, $"tls://127.0.0.1:{secure}#resolver.example"),
            "https" => string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{secure}/dns-query"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{transport}://127.0.0.1:{plain}"),
        };
        return (Parse(text), certificate);
    }

    private static bool CanDoHttps(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, "-V") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output.Contains("nghttp2", StringComparison.Ordinal);
    }

    private static DnsServer Parse(string text) =>
        DnsServer.TryParse(text, out DnsServer? server, out string error) ? server : throw new ArgumentException(error, nameof(text));
}
