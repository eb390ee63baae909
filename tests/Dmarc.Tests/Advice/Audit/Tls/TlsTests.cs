using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Tls;
using Dmarc.Dns;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit.Tls;

/// <summary>What mail exchanges offer on port 25, against servers in this process.</summary>
public sealed class TlsTests
{
    private const string Host = "mail.contoso.com";

    [Fact]
    public async Task A_sound_server_has_no_findings()
    {
        using X509Certificate2 certificate = Make(Host);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(server, trusted: true);

        TlsHost host = Assert.Single(result.Tls!.Hosts);
        Assert.Equal((PartStatus.Found, TlsHostStatus.Encrypted, true), (result.TlsStatus, host.Status, host.StartTls));
        Assert.Equal((true, true, true, null, true), (host.IsTrusted, host.IsNameValid, host.IsTimeValid, host.MatchesDane, host.MatchesMtaSts));
        Assert.Equal((Host, "203.0.113.1", 89), (host.Name, host.Address, host.DaysLeft));
        Assert.Matches("^TLS 1\\.[23]$", host.Protocol);
        Assert.Contains(Host, host.Subject, StringComparison.Ordinal);
        Assert.Empty(PostureBed.Codes(result, MailDomainPart.Tls));
        Assert.Equal(1, server.Connections);
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS"], server.Commands);
    }

    [Theory]
    [InlineData(Host, 90, false, "TlsCertificateUntrusted,TlsMtaStsMismatch")]
    [InlineData("other.contoso.com", 90, true, "TlsCertificateName,TlsMtaStsMismatch")]
    [InlineData("*.contoso.com", 90, true, "")]
    [InlineData("*.com", 90, true, "TlsCertificateName,TlsMtaStsMismatch")]
    [InlineData(Host, -1, true, "TlsCertificateExpired,TlsMtaStsMismatch")]
    [InlineData(Host, 13, true, "TlsCertificateExpiring")]
    [InlineData(Host, 15, true, "")]
    [InlineData("other.contoso.com", -1, false, "TlsCertificateExpired,TlsCertificateName,TlsCertificateUntrusted,TlsMtaStsMismatch")]
    public async Task The_certificate_is_checked(string name, int days, bool trusted, string codes)
    {
        using X509Certificate2 certificate = Make(name, days);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(server, trusted);

        Assert.Equal(codes, Codes(result));
        Assert.Equal(codes.Length == 0 ? PartStatus.Found : PartStatus.Invalid, result.TlsStatus);
        Assert.Equal(days - 1, Assert.Single(result.Tls!.Hosts).DaysLeft);
    }

    /// <summary>A key is as long as it is, whoever vouches for it; a system may refuse a short one in the handshake already.</summary>
    [Theory]
    [InlineData(1024)]
    [InlineData(2040)]
    [InlineData(2048)]
    public async Task The_length_of_the_key_is_checked(int bits)
    {
        using X509Certificate2 certificate = Make(Host, bits: bits);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(server, trusted: true);

        TlsHost host = Assert.Single(result.Tls!.Hosts);
        if (bits >= 2048 || host.Status == TlsHostStatus.Encrypted)
        {
            Assert.Equal((TlsHostStatus.Encrypted, bits), (host.Status, host.KeySize));
            Assert.Equal(bits < 2048 ? "TlsKeyShort" : "", Codes(result));
        }
        else
        {
            Assert.Contains("TlsHandshakeFailed", Codes(result), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1023, "TlsKeyBreakable")]
    [InlineData(1024, "TlsKeyShort")]
    [InlineData(2047, "TlsKeyShort")]
    [InlineData(2048, "")]
    [InlineData(null, "")]
    public void A_short_key_is_a_finding(int? bits, string code)
    {
        TlsHost host = new() { Name = Host, Status = TlsHostStatus.Encrypted, Protocol = "TLS 1.3", KeySize = bits };

        Assert.Equal(code, string.Join(",", TlsInspector.CheckCertificate(host, true).Select(finding => finding.Code)));
        Assert.Equal(code, string.Join(",", TlsInspector.CheckCertificate(host with { MatchesDane = true }, true).Select(finding => finding.Code)));
    }

    /// <summary>A damaged copy of a certificate: no server proves that it has such a key, but one with several primes does.</summary>
    [Theory]
    [InlineData("sound", 2048, null)]
    [InlineData("even", 2048, "its modulus is divisible by 2")]
    [InlineData("exponent", 2048, "its exponent is 1")]
    public void A_key_that_is_not_sound_is_a_finding(string kind, int bits, string? problem)
    {
        using X509Certificate2 certificate = Make(Host);
        byte[] der = certificate.RawData;
        byte[] modulus = certificate.GetRSAPublicKey()!.ExportParameters(false).Modulus!;
        int end = der.AsSpan().IndexOf(modulus) + modulus.Length;
        switch (kind)
        {
            case "even":
                der[end - 1] &= 0xFE;
                break;
            case "exponent":
                // INTEGER, three octets: 01 00 01.
                der[end + 2] = 0;
                break;
        }

        using X509Certificate2 changed = X509CertificateLoader.LoadCertificate(der);
        PresentedCertificate presented = PresentedCertificate.Read(changed, null, System.Net.Security.SslPolicyErrors.None, null);

        Assert.Equal((bits, problem), (presented.KeySize, presented.KeyProblem));
        TlsHost host = new() { Name = Host, Status = TlsHostStatus.Encrypted, Protocol = "TLS 1.3", KeySize = presented.KeySize, KeyProblem = presented.KeyProblem };
        Assert.Equal(problem is null ? [] : ["TlsKeyUnsafe"], TlsInspector.CheckCertificate(host, false).Select(finding => finding.Code));
    }

    [Fact]
    public void A_key_of_another_kind_has_no_bits_of_RSA()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        PresentedCertificate presented = PresentedCertificate.Read(certificate, null, System.Net.Security.SslPolicyErrors.None, null);

        Assert.Null(presented.KeySize);
        Assert.Null(presented.KeyProblem);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_is_named()
    {
        using TlsMailServer server = new() { Ehlo = "250-mail.contoso.com\r\n250 X-STARTTLS\r\n" };

        MailDomainResult result = await InspectAsync(server);

        Assert.Equal((PartStatus.NotFound, "TlsMtaStsMismatch,TlsNoStartTls"), (result.TlsStatus, Codes(result)));
        Assert.Equal((TlsHostStatus.NotOffered, false), (result.Tls!.Hosts[0].Status, result.Tls.Hosts[0].StartTls));
    }

    [Fact]
    public async Task A_handshake_that_fails_is_named()
    {
        using TlsMailServer server = new();

        MailDomainResult result = await InspectAsync(server);

        Assert.Equal((PartStatus.Invalid, "TlsHandshakeFailed,TlsMtaStsMismatch"), (result.TlsStatus, Codes(result)));
        Assert.NotEmpty(result.Tls!.Hosts[0].Detail);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available\r\n", TlsHostStatus.HandshakeFailed)]
    [InlineData("220 Ready\r\n250 injected\r\n", TlsHostStatus.HandshakeFailed)]
    public async Task What_comes_in_place_of_the_handshake_is_not_trusted(string reply, TlsHostStatus status)
    {
        using X509Certificate2 certificate = Make(Host);
        using TlsMailServer server = new() { StartTls = reply, Certificate = certificate };

        Assert.Equal(status, (await InspectAsync(server, trusted: true)).Tls!.Hosts[0].Status);
    }

    [Theory]
    [InlineData("554 5.7.1 Your address is on a list\r\n", "554 5.7.1 Your address is on a list")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", null)]
    [InlineData("220", null)]
    public async Task A_server_that_does_not_talk_is_told_from_one_without_TLS(string greeting, string? detail)
    {
        using TlsMailServer server = new() { Greeting = greeting };

        MailDomainResult result = await InspectAsync(server, timeout: TimeSpan.FromSeconds(1));

        Assert.Equal("TlsNotSmtp", Codes(result));
        TlsHost host = Assert.Single(result.Tls!.Hosts);
        Assert.Equal((TlsHostStatus.NotSmtp, null, null), (host.Status, host.StartTls, host.MatchesMtaSts));
        Assert.Equal(detail ?? host.Detail, host.Detail);
    }

    [Fact]
    public async Task A_server_that_never_ends_its_greeting_is_cut()
    {
        using TlsMailServer server = new() { Greeting = string.Concat(Enumerable.Repeat("220-more\r\n", 1000)) };

        Assert.Equal(TlsHostStatus.NotSmtp, (await InspectAsync(server)).Tls!.Hosts[0].Status);
    }

    [Fact]
    public async Task A_closed_port_says_that_it_may_be_the_network_here()
    {
        IPEndPoint closed;
        using (TlsMailServer server = new())
        {
            closed = server.Endpoint;
        }

        MailDomainResult result = await InspectAsync(_ => closed);

        Assert.Equal((PartStatus.Unreachable, "TlsPortClosed"), (result.TlsStatus, Codes(result)));
        Finding finding = Assert.Single(result.Tls!.Findings);
        Assert.Equal(Severity.Information, finding.Severity);
        Assert.Contains("block outgoing connections to port 25", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(MailDomainStatus.Complete, result.Status);
    }

    [Fact]
    public async Task One_of_two_hosts_that_does_not_answer_is_a_warning()
    {
        using X509Certificate2 certificate = Make(Host);
        using TlsMailServer server = new() { Certificate = certificate };
        IPEndPoint closed;
        using (TlsMailServer gone = new())
        {
            closed = gone.Endpoint;
        }

        MailDomainResult result = await InspectAsync(
            address => address.ToString() == "203.0.113.1" ? server.Endpoint : closed,
            trusted: true,
            resolver: PostureBed.Sound().Mx("contoso.com", "second.contoso.com").Address("second.contoso.com", "203.0.113.2"),
            web: new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy + "mx: second.contoso.com\r\n"));

        Assert.Equal((PartStatus.Invalid, "TlsHostUnreachable"), (result.TlsStatus, Codes(result)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("fd00::1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task Only_public_addresses_are_connected_to(string address)
    {
        bool asked = false;
        FakeResolver resolver = PostureBed.Sound("mail").Address(Host, address);

        MailDomainResult result = await InspectAsync(_ => { asked = true; return new IPEndPoint(IPAddress.Loopback, 1); }, resolver: resolver);

        Assert.False(asked);
        Assert.Equal((PartStatus.NotChecked, "TlsAddressRefused"), (result.TlsStatus, Codes(result)));
    }

    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 1, 2, true)]
    [InlineData(3, 0, 1, true)]
    [InlineData(3, 0, 0, true)]
    [InlineData(3, 1, 0, true)]
    [InlineData(2, 0, 1, true)]
    public async Task A_TLSA_record_matches_or_does_not(byte usage, byte selector, byte matching, bool matches)
    {
        using X509Certificate2 certificate = Make(Host);
        using X509Certificate2 other = Make(Host);
        using TlsMailServer server = new() { Certificate = certificate };

        foreach ((X509Certificate2 published, bool expected) in new[] { (certificate, matches), (other, false) })
        {
            MailDomainResult result = await InspectAsync(_ => server.Endpoint, resolver: Signed(published, usage, selector, matching), trusted: true);

            Assert.Equal(expected, Assert.Single(result.Tls!.Hosts).MatchesDane);
            Assert.Equal(expected ? "" : "TlsDaneMismatch", Codes(result));
        }
    }

    [Fact]
    public async Task What_DANE_vouches_for_needs_no_issuer_name_or_date()
    {
        using X509Certificate2 certificate = Make("other.contoso.com", -5);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(
            _ => server.Endpoint, resolver: Signed(certificate, 3, 1, 1), web: new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("enforce", "none", StringComparison.Ordinal)));

        Assert.Equal((true, ""), (result.Tls!.Hosts[0].MatchesDane, Codes(result)));
        Assert.Equal((false, false, false), (result.Tls.Hosts[0].IsTrusted, result.Tls.Hosts[0].IsNameValid, result.Tls.Hosts[0].IsTimeValid));
    }

    [Theory]
    [InlineData(true, "DaneNotValidated,TlsCertificateExpired,TlsCertificateName,TlsCertificateUntrusted")]
    [InlineData(false, "DaneNotValidated,TlsDaneMismatchUnsigned,TlsCertificateExpired,TlsCertificateName,TlsCertificateUntrusted")]
    public async Task Records_that_are_not_validated_vouch_for_nothing_and_stop_no_mail(bool matches, string codes)
    {
        using X509Certificate2 certificate = Make("other.contoso.com", -5);
        using X509Certificate2 other = Make("other.contoso.com", -5);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(
            _ => server.Endpoint,
            resolver: Unsigned(matches ? certificate : other, 3, 1, 1),
            web: new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("enforce", "none", StringComparison.Ordinal)));

        Assert.Equal(matches, result.Tls!.Hosts[0].MatchesDane);
        Assert.Equal(codes, string.Join(',', result.Dane!.Findings.Where(finding => finding.Code == "DaneNotValidated").Concat(result.Tls.Findings).Select(finding => finding.Code)));
        Assert.DoesNotContain(result.Tls.Findings, finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public async Task An_anchor_vouches_for_the_right_name_only()
    {
        using X509Certificate2 certificate = Make("other.contoso.com");
        using TlsMailServer server = new() { Certificate = certificate };

        Assert.False((await InspectAsync(_ => server.Endpoint, resolver: Signed(certificate, 2, 0, 1), trusted: true)).Tls!.Hosts[0].MatchesDane);
    }

    [Fact]
    public async Task A_policy_that_is_tested_only_makes_a_warning()
    {
        using X509Certificate2 certificate = Make(Host);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(
            _ => server.Endpoint, web: new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("enforce", "testing", StringComparison.Ordinal)));

        Assert.Equal("TlsCertificateUntrusted,TlsMtaStsMismatchTesting", Codes(result));
    }

    [Fact]
    public async Task A_host_that_the_policy_does_not_name_does_not_match()
    {
        using X509Certificate2 certificate = Make(Host);
        using TlsMailServer server = new() { Certificate = certificate };

        MailDomainResult result = await InspectAsync(
            _ => server.Endpoint, trusted: true, web: new FakeFetcher().File(PostureBed.PolicyUri, PostureBed.Policy.Replace("mx: mail", "mx: other", StringComparison.Ordinal)));

        Assert.Equal((false, "TlsMtaStsMismatch"), (result.Tls!.Hosts[0].MatchesMtaSts, Codes(result)));
    }

    [Fact]
    public async Task An_obsolete_version_is_named_or_not_spoken()
    {
        using X509Certificate2 certificate = Make(Host);
#pragma warning disable SYSLIB0039, CA5397
        using TlsMailServer server = new() { Certificate = certificate, Protocols = SslProtocols.Tls11 };
#pragma warning restore SYSLIB0039, CA5397

        // Whether the system still speaks it is the system's choice.
        Assert.Matches("TlsHandshakeFailed|TlsOldProtocol", Codes(await InspectAsync(server, trusted: true)));
    }

    [Fact]
    public async Task Nothing_is_connected_to_unless_it_is_asked_for()
    {
        bool asked = false;
        MailDomainResult result = await PostureBed.InspectAsync(
            PostureBed.Sound(), change: options => options with { TlsSeam = new TlsSeam { EndpointOf = _ => { asked = true; return new IPEndPoint(IPAddress.Loopback, 1); } } });

        Assert.False(asked);
        Assert.Equal((PartStatus.NotChecked, null), (result.TlsStatus, result.Tls));
    }

    [Theory]
    [InlineData("Tls", "", "Mx, MtaSts, MtaStsPolicy, Dane, Tls")]
    [InlineData("Tls,Spf", "Dane", "Mx, Spf, MtaSts, MtaStsPolicy, Tls")]
    [InlineData("Tls", "Mx", "MtaSts, MtaStsPolicy, Dane")]
    [InlineData("", "Mx", "Spf, Dmarc, Dkim, MtaSts, MtaStsPolicy, TlsRpt, Bimi, BimiFiles, Dane, Dnssec")]
    public void It_comes_with_what_it_is_compared_with(string included, string excluded, string parts) => Assert.Equal(
        parts,
        string.Join(", ", MailDomainParts.Split(MailDomainParts.Select(Parse(included), Parse(excluded), false))));

    [Fact]
    public void All_and_Tls_together_are_everything() => Assert.Equal(
        13, MailDomainParts.Split(MailDomainParts.Select([MailDomainPart.All, MailDomainPart.Tls], [], false)).Count);

    [Fact]
    public void The_public_key_of_a_certificate_is_what_the_framework_says()
    {
        using X509Certificate2 certificate = Make(Host);

        Assert.Equal(certificate.PublicKey.ExportSubjectPublicKeyInfo(), PresentedCertificate.PublicKeyOf(certificate.RawData));
        for (int length = 0; length < certificate.RawData.Length; length += 7)
        {
            _ = PresentedCertificate.PublicKeyOf(certificate.RawData[..length]);
        }
    }

    private static MailDomainPart[] Parse(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<MailDomainPart>)];

    private static string Codes(MailDomainResult result) =>
        string.Join(",", PostureBed.Codes(result, MailDomainPart.Tls).Order(StringComparer.Ordinal));

    private static Task<MailDomainResult> InspectAsync(TlsMailServer server, bool trusted = false, TimeSpan? timeout = null) =>
        InspectAsync(_ => server.Endpoint, trusted, timeout: timeout);

    private static Task<MailDomainResult> InspectAsync(
        Func<IPAddress, IPEndPoint> endpoint, bool trusted = false, IDnsResolver? resolver = null, FakeFetcher? web = null, TimeSpan? timeout = null) =>
        PostureBed.InspectAsync(resolver ?? PostureBed.Sound(), web, options => options with
        {
            Parts = MailDomainPart.All | MailDomainPart.Tls,
            TlsSeam = new TlsSeam { EndpointOf = endpoint, Trusts = trusted ? _ => true : null },
            TlsTimeout = timeout ?? TimeSpan.FromSeconds(20),
        });

    private static AuthenticatingResolver Signed(X509Certificate2 certificate, byte usage, byte selector, byte matching) =>
        new(Unsigned(certificate, usage, selector, matching), "contoso.com");

    private static FakeResolver Unsigned(X509Certificate2 certificate, byte usage, byte selector, byte matching)
    {
        byte[] selected = selector == 0 ? certificate.RawData : certificate.PublicKey.ExportSubjectPublicKeyInfo();
        byte[] data = matching switch { 0 => selected, 1 => SHA256.HashData(selected), _ => SHA512.HashData(selected) };
        const string Name = "_25._tcp." + Host;
        return PostureBed.Sound().Add(Name, DnsRecordType.TLSA, new TlsaRecord(Name, 300, usage, selector, matching, data.ToPrintableList()));
    }

    private static X509Certificate2 Make(string name, int days = 90, int bits = 2048)
    {
        using RSA key = RSA.Create(bits);
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-100), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
