using System.Globalization;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>Against a real unbound that validates, in front of a real nsd with a signed root, where these are installed.</summary>
public sealed class ValidatingResolverTests : IDisposable
{
    private const string Plain =
        """
        $ORIGIN plain.
        $TTL 600
        @ SOA ns h 1 3600 600 86400 120
        @ NS ns
        ns A 127.0.0.1
        dom MX 10 mail.dom
        mail.dom A 203.0.113.6
        _25._tcp.mail.dom TLSA 3 1 1 8cb0fc6c527506a053f4f14c8464bebbd6dede2738d11468dd953d7d6a3021f1
        """;

    private readonly ServerProcesses _servers = new();

    public void Dispose() => _servers.Dispose();

    [SkippableFact]
    public async Task The_AD_bit_tells_signed_domains_from_others()
    {
        (DnsServer authority, DnsServer validator) = await StartAsync();

        MailDomainResult signed = await InspectAsync("safe.test", validator);
        Assert.Equal((DnssecState.Validated, PartStatus.Found), (signed.Dnssec, signed.DaneStatus));

        MailDomainResult unsigned = await InspectAsync("dom.plain", validator);
        Assert.Equal((DnssecState.Unsigned, PartStatus.Invalid), (unsigned.Dnssec, unsigned.DaneStatus));

        // An authoritative server does not validate, whatever it serves.
        MailDomainResult unknown = await InspectAsync("safe.test", authority);
        Assert.Equal((DnssecState.Unknown, PartStatus.Invalid), (unknown.Dnssec, unknown.DaneStatus));
    }

    private static async Task<MailDomainResult> InspectAsync(string domain, DnsServer server)
    {
        using DnsResolver resolver =
            new(new DnsResolverOptions { Servers = [server], Timeout = TimeSpan.FromSeconds(20) });
        MailDomainOptions options = new() { Parts = MailDomainPart.Mx | MailDomainPart.Dane | MailDomainPart.Dnssec };
        return await new MailDomainInspector(resolver, options).InspectAsync(DomainName.Parse(domain));
    }

    private async Task<(DnsServer Authority, DnsServer Validator)> StartAsync()
    {
        string nsd = ServerProcesses.Find("nsd");
        string unbound = ServerProcesses.Find("unbound");
        string folder = _servers.Folder;
        int authority = ServerProcesses.FreePort();
        int validator = ServerProcesses.FreePort();
        string[] data = ["signed.zone", "signed.key"];
        foreach (string file in data)
        {
            File.Copy(TestFiles.Repository("tests", "Dmarc.Tests", "Advice", "Audit", "Data", file), Path.Combine(folder, file));
        }

        File.WriteAllText(Path.Combine(folder, "plain.zone"), Plain);
        File.WriteAllText(Path.Combine(folder, "nsd.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            server:
              ip-address: 127.0.0.1@{authority}
              username: ""
              chroot: ""
              zonesdir: "{folder}"
              database: ""
              pidfile: "{folder}/nsd.pid"
              xfrdfile: "{folder}/xfrd.state"
              zonelistfile: "{folder}/zone.list"
              server-count: 1
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            zone:
              name: "."
              zonefile: "signed.zone"
            zone:
              name: "plain."
              zonefile: "plain.zone"
            """));
        File.WriteAllText(Path.Combine(folder, "unbound.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            server:
              interface: 127.0.0.1@{validator}
              username: ""
              chroot: ""
              directory: "{folder}"
              pidfile: "{folder}/unbound.pid"
              use-syslog: no
              do-daemonize: no
              num-threads: 1
              module-config: "validator iterator"
              do-not-query-localhost: no
              local-zone: "test." nodefault
              trust-anchor-file: "{folder}/signed.key"
            stub-zone:
              name: "."
              stub-addr: 127.0.0.1@{authority}
              stub-prime: no
            stub-zone:
              name: "plain."
              stub-addr: 127.0.0.1@{authority}
            remote-control:
              control-enable: no
            """));
        _servers.Start(nsd, "-d", "-c", Path.Combine(folder, "nsd.conf"));
        await _servers.WaitForAsync(authority);
        _servers.Start(unbound, "-d", "-c", Path.Combine(folder, "unbound.conf"));
        await _servers.WaitForAsync(validator);
        return (Parse(authority), Parse(validator));
    }

    private static DnsServer Parse(int port) =>
        DnsServer.TryParse("127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture), out DnsServer? server, out string error)
            ? server
            : throw new ArgumentException(error, nameof(port));
}
