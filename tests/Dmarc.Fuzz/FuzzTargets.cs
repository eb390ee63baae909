using System.Net;
using System.Text;
using System.Text.Json;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Advice.Messages;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Wire;
using Dmarc.Dns.Zones;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Standards.Arc;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Fuzz;

/// <summary>All entry points: one for each format that strangers write.</summary>
internal static class FuzzTargets
{
    private static readonly PublicSuffixList Suffixes = PublicSuffixList.Default;
    private static readonly DomainName Example = DomainName.Parse("example.com");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("aggregate", Reports, "reports/*.xml", "sources.xml"),
        new("containers", Reports, "reports/*.gz", "reports/*.zip"),
        new("mail", Reports, "reports/*.eml", "failure-reports/*.eml"),
        new("mbox", Mailbox, "messages/*.mbox"),
        new("packed", Reports),
        new("outlook", Messages),
        new("failure", Reports, "failure-reports/*.eml"),
        new("tls", Reports, "tls-reports/*.json"),
        new("message", Messages, "messages/*.eml", "messages/*.txt"),
        new("dmarc", Dmarc),
        new("spf", Spf),
        new("dkim-signature", DkimSignatures, "messages/*.eml"),
        new("dkim-key", bytes => DkimKeyRecordParser.Parse(Text(bytes))),
        new("arc", bytes => Wait(new ArcVerifier(new EchoResolver("v=DKIM1; p=")).VerifyAsync(MailMessage.Parse(bytes))), "messages/*.eml"),
        new("authentication-results", AuthenticationFields),
        new("received", bytes => ReceivedHeader.Parse(Text(bytes))),
        new("dns-answer", DnsAnswers),
        new("zone", bytes => ZoneFile.Parse(Text(bytes), "fuzz.zone"), "*.zone"),
        new("mta-sts", bytes => MtaStsPolicy.Parse(Text(bytes))),
        new("bimi-logo", bytes => BimiLogo.Check(BimiLogo.Unpack(bytes))),
        new("bimi-certificate", bytes => BimiCertificate.Read(bytes).Check([Example], Now).Count()),
        new("tenant", Tenant, "tenant/*.json"),
        new("trace", Trace, "tenant/*.csv"),
        new("audit", Audit, "audits/*.csv"),
    ];

    /// <summary>Whatever it is, something is said of it: a row, a report, a notice or a problem.</summary>
    private static void Reports(byte[] bytes)
    {
        DmarcReportReader reader = new(Suffixes, null, ReportTypes.All);
        int items = 0;
        foreach (ReportReadItem item in reader.ReadBytes(bytes, "fuzz"))
        {
            items++;
            Promise(item.Problem?.ErrorId != "ReportUnexpectedError", "An exception reached the reader: " + item.Problem?.Exception);
        }

        Promise(items > 0, "Nothing was said of the input.");
    }

    private static void Mailbox(byte[] bytes)
    {
        foreach (MailBytes read in MboxReader.ReadBytes(new MemoryStream(bytes), MailReadOptions.Default))
        {
            MailMessage message = MailMessage.Parse(read.Bytes, MailReadOptions.Default, read.IsTruncated);
            _ = (message.Subject, message.From);
        }

        Reports(bytes);
    }

    private static void Messages(byte[] bytes)
    {
        int items = 0;
        foreach (MessageReadItem item in MessageFileReader.ReadBytes(bytes, "fuzz"))
        {
            items++;
            if (item.Message is { } message)
            {
                Wait(new MessageAssessor(new EchoResolver("v=DMARC1; p=reject\nv=spf1 ip4:192.0.2.1 -all")).AssessAsync(message));
            }
        }

        Promise(items > 0, "Nothing was said of the input.");
    }

    private static void Dmarc(byte[] bytes)
    {
        DmarcRecord record = DmarcRecordParser.Parse(Text(bytes));
        Promise(record.Findings.All(finding => finding.Message.Length > 0), "A finding says nothing.");
    }

    private static void Spf(byte[] bytes)
    {
        string text = Text(bytes);
        _ = SpfParser.Parse(text);
        EchoResolver world = new(text);
        Wait(new SpfEvaluator(world).CheckHostAsync(IPAddress.Parse("192.0.2.9"), "a@example.com", "mail.example.com").AsTask());
        Wait(new SpfAnalyzer(world).AnalyzeAsync(Example, new SpfAnalysisRequest { Flattens = true }));
    }

    private static void DkimSignatures(byte[] bytes)
    {
        MailMessage message = MailMessage.Parse(bytes);
        foreach (MailHeader header in message.Headers)
        {
            _ = DkimSignature.Parse(header);
        }

        Wait(new DkimVerifier(new EchoResolver("v=DKIM1; p="), SystemClock.Instance).VerifyAsync(message));
    }

    private static void AuthenticationFields(byte[] bytes)
    {
        string text = Text(bytes);
        _ = AuthenticationResultsHeader.Parse(text);
        _ = ReceivedSpf.Parse(text);
        _ = ForefrontAntispamReport.Parse(text);
    }

    private static void DnsAnswers(byte[] bytes)
    {
        foreach (DnsRecordType type in new[] { DnsRecordType.TXT, DnsRecordType.MX, DnsRecordType.A, DnsRecordType.TLSA })
        {
            Promise(DnsQuery.TryCreate("example.com", type, out DnsQuery? query, out string error), error);
            _ = AnswerReader.Read(bytes, query!);
        }
    }

    private static void Tenant(byte[] bytes)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(Text(bytes)).RootElement;
        }
        catch (JsonException)
        {
            return;
        }

        foreach (JsonElement settings in root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root })
        {
            FactSource facts = name => settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(name, out JsonElement value) ? Fact(value) : null;
            _ = TenantFactReader.ReadOrganization(facts);
            _ = TenantFactReader.ReadAcceptedDomain(facts);
            _ = TenantFactReader.ReadConnector(facts);
            _ = TransportRuleReader.Read(facts)?.IsLockFor(Example);
            _ = TenantFactReader.ReadDkimSigning(facts);
        }
    }

    private static object? Fact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(Fact).ToArray(),
        _ => value.ToString(),
    };

    private static void Trace(byte[] bytes)
    {
        DirectSendTraffic traffic = new();
        CsvReader reader = new(new StringReader(Text(bytes)));
        foreach (CsvItem item in reader.Read())
        {
            if (item.Row is { } row)
            {
                traffic.AddTrace(name => row[name], "fuzz");
            }

            Promise(item.Row is not null || item.Problem is { Message.Length: > 0 }, "A record is neither a row nor a problem.");
        }
    }

    private static void Audit(byte[] bytes)
    {
        List<string> lost = [];
        MailDomainComparer comparer = new(Snapshots(bytes, lost.Add));
        lost.ForEach(comparer.AddLostBefore);
        int changes = Snapshots(bytes, comparer.AddLostAfter).Sum(snapshot => comparer.Compare(snapshot).Count);
        Promise(comparer.Complete().Count == 0, "A domain is missing from the file that it stands in.");
        Promise(changes >= 0, "");
    }

    private static IEnumerable<MailDomainSnapshot> Snapshots(byte[] bytes, Action<string> lost)
    {
        foreach (SnapshotTableItem item in SnapshotTable.Read(new StringReader(Text(bytes))))
        {
            if (item.Snapshot is { } snapshot)
            {
                yield return snapshot;
            }
            else
            {
                lost(item.LostText ?? "");
            }
        }
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static void Promise(bool kept, string otherwise)
    {
        if (!kept)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
