using System.Text;
using BenchmarkDotNet.Attributes;
using Dmarc.Dns;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Kit = MimeKit;
using KitCryptography = MimeKit.Cryptography;

namespace Dmarc.Benchmarks.Mail;

/// <summary>Reading a message with all its parts, and verifying its signature, beside MimeKit.</summary>
[MemoryDiagnoser]
public class MessageBenchmarks
{
    /// <summary>RFC 8463 A.2: the key of the signature below.</summary>
    private const string Key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    /// <summary>RFC 8463 A.3, with the signature of Ed25519 alone.</summary>
    private const string Signed = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n"
        + " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n"
        + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
        + "From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\nSubject: Is dinner ready?\r\n"
        + "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\nMessage-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\nHi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

    private readonly byte[] _signed = Encoding.ASCII.GetBytes(Signed);

    private readonly byte[] _parts = Encoding.ASCII.GetBytes(
        "From: Anna <anna@example.com>\r\nTo: bert@receiver.example\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + string.Concat(Enumerable.Repeat(
            "--b\r\nContent-Type: application/gzip; name=report.xml.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(new byte[12_000], Base64FormattingOptions.InsertLineBreaks) + "\r\n",
            10))
        + "--b--\r\n");

    private readonly DkimVerifier _verifier = new(new KeyResolver(), SystemClock.Instance);

    private readonly KitCryptography.DkimVerifier _theirs = new(new KeyLocator());

    [Benchmark(Baseline = true)]
    public long ReadParts()
    {
        long length = 0;
        foreach (MimePart part in MailMessage.Parse(_parts).Root.SelfAndDescendants())
        {
            length += part.IsMultipart ? 0 : part.ReadContent().Length;
        }

        return length;
    }

    [Benchmark]
    public long ReadPartsWithMimeKit()
    {
        using MemoryStream stream = new(_parts, false);
        long length = 0;
        foreach (Kit.MimePart part in Kit.MimeMessage.Load(stream).BodyParts.OfType<Kit.MimePart>())
        {
            using MemoryStream decoded = new();
            part.Content?.DecodeTo(decoded);
            length += decoded.Length;
        }

        return length;
    }

    [Benchmark]
    public bool VerifySignature() => _verifier.VerifyAsync(MailMessage.Parse(_signed)).GetAwaiter().GetResult()[0].Result == AuthenticationResult.Pass;

    [Benchmark]
    public bool VerifySignatureWithMimeKit()
    {
        using MemoryStream stream = new(_signed, false);
        Kit.MimeMessage message = Kit.MimeMessage.Load(stream);
        return _theirs.Verify(message, message.Headers[message.Headers.IndexOf(Kit.HeaderId.DkimSignature)]);
    }

    private sealed class KeyResolver : IDnsResolver
    {
        private readonly TxtRecord _record = new("brisbane._domainkey.football.example.com", 300, [Encoding.ASCII.GetBytes("v=DKIM1; k=ed25519; p=" + Key)]);

        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            new(new DnsResponse(name, type, DnsStatus.NoError) { Records = [_record] });
    }

    private sealed class KeyLocator : KitCryptography.IDkimPublicKeyLocator
    {
        private readonly AsymmetricKeyParameter _key = new Ed25519PublicKeyParameters(Convert.FromBase64String(Key));

        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => _key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(_key);
    }
}
