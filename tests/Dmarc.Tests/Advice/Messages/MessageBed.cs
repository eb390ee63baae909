using System.Net;
using System.Text;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>Messages and zones for the tests of this folder: example.com sends from 192.0.2.1 and signs with the selector s1.</summary>
internal static class MessageBed
{
    public const string Server = "mx.receiver.example";

    public static TestSigner Signer { get; } = TestSigner.Ed();

    public static FakeResolver Zone(string policy = "v=DMARC1; p=reject; rua=mailto:d@example.com") => new FakeResolver()
        .Txt("_dmarc.example.com", policy)
        .Txt("example.com", "v=spf1 ip4:192.0.2.1 -all")
        .Txt("mail.example.com", "v=spf1 ip4:192.0.2.1 -all")
        .Txt("service.example", "v=spf1 ip4:198.51.100.0/24 -all")
        .Txt("s1._domainkey.example.com", Signer.Record)
        .Txt("s1._domainkey.news.example.com", Signer.Record)
        .Txt("s1._domainkey.service.example", Signer.Record)
        .Txt("s1._domainkey.em123.sendgrid.net", Signer.Record)
        .Txt("sendgrid.net", "v=spf1 ip4:198.51.100.0/24 -all")
        .Mx("example.com", "mail.example.com");

    /// <summary>A message of example.com; fields given go on top.</summary>
    public static string Message(string fields = "", string from = "Anna <anna@example.com>", string body = "Hello.\r\n") =>
        fields + "From: " + from + "\r\nTo: bert@receiver.example\r\nSubject: Hello\r\nDate: Sat, 21 Nov 2026 20:14:34 +0000\r\n"
        + "Message-ID: <1@example.com>\r\n\r\n" + body;

    public static Task<AlignmentResult> AssessAsync(
        string message,
        FakeResolver? zone = null,
        string? address = null,
        string? mailFrom = null,
        string? helo = null,
        string? trusted = null,
        MessageContent content = MessageContent.Full,
        bool bulk = false) =>
        new MessageAssessor(zone ?? Zone(), new MessageAssessorOptions
        {
            IPAddress = address is null ? null : IPAddress.Parse(address),
            MailFrom = mailFrom,
            Helo = helo,
            TrustedAuthServIds = trusted is null ? [] : [trusted],
            ChecksBulkSenderRules = bulk,
        }).AssessAsync(new AssessedMessage(MailMessage.Parse(Encoding.UTF8.GetBytes(message)), "test", content));

    /// <summary>The finding of a rule, which must be there.</summary>
    public static Finding Has(this AlignmentResult result, FindingDescriptor descriptor)
    {
        Finding? found = result.Findings.FirstOrDefault(finding => finding.Code == descriptor.Code);
        Assert.True(found is not null, descriptor.Code + " is not among: " + string.Join("; ", result.Findings.Select(finding => finding.Code)));
        return found;
    }

    public static void HasNot(this AlignmentResult result, FindingDescriptor descriptor) =>
        Assert.DoesNotContain(descriptor.Code, result.Findings.Select(finding => finding.Code));
}
