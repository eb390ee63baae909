using System.Text;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Advice.Messages;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.DirectSend.Traffic;

/// <summary>Who is seen to send that way, and what is not Direct Send at all.</summary>
public class DirectSendTrafficTests
{
    [Theory]
    [InlineData("192.0.2.1", EvidenceVerdict.Legitimate)]
    [InlineData("203.0.113.66", EvidenceVerdict.Spoof)]
    public async Task SPF_as_it_is_now_judges_a_trace(string address, EvidenceVerdict verdict)
    {
        DirectSendEvidence evidence = Assert.Single(await JudgeAsync(traffic => traffic.AddTrace(Trace(address), "t")));

        Assert.Equal((verdict, address, 1L, true), (evidence.Verdict, evidence.SourceIP, evidence.Count, evidence.IsStoppedBySwitch));
    }

    [Theory]
    [InlineData("FromIP", "198.18.3.4")]
    [InlineData("FromIP", "10.0.0.1")]
    [InlineData("FromIP", "")]
    [InlineData("FromIP", "nonsense")]
    [InlineData("RecipientAddress", "x@elsewhere.test")]
    [InlineData("SenderAddress", "x@elsewhere.test")]
    [InlineData("Connectors", "From the printers")]
    [InlineData("EmailDirection", "Outbound")]
    public async Task Other_rows_are_no_Direct_Send(string property, string value) =>
        Assert.Empty(await JudgeAsync(traffic => traffic.AddTrace(Trace("192.0.2.1", (property, value)), "t")));

    [Theory]
    [InlineData("010.0.0.1", true)]
    [InlineData("127.1", true)]
    [InlineData("[2001:db8::1]", true)]
    [InlineData("", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.0.2.1", false)]
    public void Rows_without_a_readable_address_are_counted(string address, bool isUnreadable)
    {
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace(address), "t");
        traffic.AddTrace(Trace(address, ("EmailDirection", "Outbound")), "t");

        Assert.Equal((isUnreadable ? 1L : 0L, isUnreadable ? address : null), (traffic.UnreadableAddresses, traffic.UnreadableAddress));
    }

    [Theory]
    [InlineData("contoso.com", "192.0.2.0/28", InboundConnectorType.Partner, true)]
    [InlineData("fabrikam.com", "192.0.2.0/28", InboundConnectorType.Partner, false)]
    [InlineData("fabrikam.com", "192.0.2.1", InboundConnectorType.OnPremises, true)]
    [InlineData("contoso.com", "192.0.2.2", InboundConnectorType.Partner, false)]
    public async Task What_a_connector_takes_needs_no_other(string senders, string addresses, object typeValue, bool isTaken)
    {
        InboundConnectorType type = (InboundConnectorType)typeValue;
        TenantFacts tenant = DirectSendBed.Tenant(false, [DirectSendBed.Connector(senders, addresses, type: type)]);
        DirectSendTraffic traffic = new(tenant);
        traffic.AddTrace(Trace("192.0.2.1"), "t");
        DirectSendResult result = await new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Tenant = tenant, Traffic = traffic })
            .InspectAsync(DomainName.Parse("contoso.com"));
        DirectSendEvidence evidence = Assert.Single(result.Evidence);

        Assert.Equal((EvidenceVerdict.Legitimate, isTaken ? "c" : "", !isTaken), (evidence.Verdict, evidence.Connector, evidence.IsStoppedBySwitch));
        Assert.Equal(!isTaken, result.Findings.Any(finding => finding.Code == DirectSendFindings.LegitimateSeen.Code));
        Assert.Equal(!isTaken, result.NextSteps.Any(step => step.Command.StartsWith("New-InboundConnector", StringComparison.Ordinal)));
    }

    /// <summary>RFC 4291 §2.5.5.2: one address in two forms is one sender.</summary>
    [Theory]
    [InlineData("::ffff:203.0.113.66")]
    [InlineData("::FFFF:cb00:7142")]
    public async Task An_IPv4_address_is_one_sender_in_either_form(string mapped)
    {
        DirectSendEvidence evidence = Assert.Single(await JudgeAsync(traffic =>
        {
            traffic.AddTrace(Trace("203.0.113.66"), "t");
            traffic.AddTrace(Trace(mapped), "t");
        }));

        Assert.Equal(("203.0.113.66", 2L), (evidence.SourceIP, evidence.Count));
    }

    [Fact]
    public async Task A_signature_gives_no_address_a_connector()
    {
        // A forwarder keeps the signature; a connector for it would let in everybody who uses it.
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace("203.0.113.66", ("AuthenticationDetails", "{\"SPF\":\"fail\",\"DKIM\":\"pass\",\"DMARC\":\"pass\"}")), "t");
        DirectSendResult result = await new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Traffic = traffic })
            .InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(EvidenceVerdict.Legitimate, Assert.Single(result.Evidence).Verdict);
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.LegitimateSeen.Code);
        Assert.DoesNotContain(result.NextSteps, step => step.Command.Contains("203.0.113.66", StringComparison.Ordinal) || step.Reason.Contains("203.0.113.66", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Senders_beyond_the_list_are_counted_and_told()
    {
        DirectSendTraffic traffic = new();
        for (int sender = 0; sender < 10_003; sender++)
        {
            traffic.AddTrace(Trace(FormattableString.Invariant($"203.0.{sender / 250}.{(sender % 250) + 1}")), "t");
        }

        DirectSendResult result = await new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Traffic = traffic })
            .InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(10_000, result.Evidence.Count);
        Assert.StartsWith("3 further", Assert.Single(result.Findings, finding => finding.Code == DirectSendFindings.EvidenceCut.Code).Message, StringComparison.Ordinal);
        Assert.Contains("a trace does not show", result.Evidence[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_known_by_their_columns()
    {
        Assert.True(TraceTraffic.IsRow(DirectSendBed.Facts(("RecipientAddress", ""))));
        Assert.False(TraceTraffic.IsRow(DirectSendBed.Facts(("SenderAddress;RecipientAddress", "a;b"))));
        Assert.True(ReportTraffic.IsRow(DirectSendBed.Facts(("SourceIP", "192.0.2.1"), ("HeaderFrom", "contoso.com"))));
        Assert.False(ReportTraffic.IsRow(DirectSendBed.Facts(("Length", 4))));
    }

    [Fact]
    public async Task The_recipient_may_be_of_another_accepted_domain_of_the_tenant()
    {
        TenantFacts tenant = DirectSendBed.Tenant(null, null, "contoso.com", "fabrikam.com");
        FactSource row = Trace("192.0.2.1", ("RecipientAddress", "x@fabrikam.com"));

        Assert.Single(await JudgeAsync(traffic => traffic.AddTrace(row, "t"), tenant));
        Assert.Empty(await JudgeAsync(traffic => traffic.AddTrace(row, "t")));
    }

    [Fact]
    public async Task Advanced_hunting_tells_results_and_the_author()
    {
        FactSource row = DirectSendBed.Facts(
            ("SenderMailFromDomain", "other.test"),
            ("SenderFromDomain", "contoso.com"),
            ("RecipientEmailAddress", "anna@contoso.com"),
            ("SenderIPv4", "203.0.113.66"),
            ("EmailDirection", "Inbound"),
            ("Connectors", ""),
            ("DeliveryAction", "Blocked"),
            ("AuthenticationDetails", "{\"SPF\":\"pass\",\"DKIM\":\"none\",\"DMARC\":\"fail\",\"CompAuth\":\"fail\"}"));
        DirectSendEvidence evidence = Assert.Single(await JudgeAsync(traffic => traffic.AddTrace(row, "t")));

        Assert.Equal((EvidenceVerdict.Spoof, false, false), (evidence.Verdict, evidence.IsStoppedBySwitch, evidence.WasTaken));
    }

    [Fact]
    public async Task A_historical_search_has_names_of_its_own()
    {
        FactSource row = DirectSendBed.Facts(
            ("sender_address", "scan@contoso.com"), ("recipient_status", "anna@contoso.com##Receive, Deliver;bert@contoso.com##Receive, Deliver"), ("original_client_ip", "192.0.2.1"), ("directionality", "Incoming"));

        Assert.Equal(EvidenceVerdict.Legitimate, Assert.Single(await JudgeAsync(traffic => traffic.AddTrace(row, "t"))).Verdict);
    }

    [Fact]
    public async Task Alike_rows_are_counted_together_the_most_first()
    {
        PrintableList<DirectSendEvidence> evidence = await JudgeAsync(traffic =>
        {
            traffic.AddTrace(Trace("203.0.113.66"), "t");
            for (int count = 0; count < 1_000; count++)
            {
                traffic.AddTrace(Trace("192.0.2.1"), "t");
            }
        });

        Assert.Equal([("192.0.2.1", 1_000L), ("203.0.113.66", 1L)], evidence.Select(one => (one.SourceIP, one.Count)));
    }

    [Fact]
    public async Task Microsofts_addresses_that_are_not_known_make_nobody_legitimate()
    {
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace("192.0.2.1"), "t");
        FakeResolver resolver = DirectSendBed.Direct().Fails("spf.protection.outlook.com", DnsStatus.Timeout);
        DirectSendResult result = await new DirectSendInspector(resolver, new DirectSendOptions { Traffic = traffic }).InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(EvidenceVerdict.Unclear, Assert.Single(result.Evidence).Verdict);
        Assert.DoesNotContain(result.NextSteps, step => step.Command.Contains("New-InboundConnector", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("softfail", "none", "fail", "010", "contoso.com", EvidenceVerdict.Spoof, true)]
    [InlineData("fail", "none", "fail", "601", "contoso.com", EvidenceVerdict.Spoof, true)]
    [InlineData("pass", "none", "fail", "601", "elsewhere.test", EvidenceVerdict.Spoof, false)]
    [InlineData("pass", "none", "pass", "100", "contoso.com", EvidenceVerdict.Legitimate, true)]
    [InlineData("fail", "pass", "pass", "100", "contoso.com", EvidenceVerdict.Legitimate, true)]
    [InlineData("fail", "none", "fail", "000", "contoso.com", EvidenceVerdict.Spoof, true)]
    [InlineData("none", "none", "none", "001", "contoso.com", EvidenceVerdict.Unclear, true)]
    public async Task A_message_is_judged_by_what_Exchange_wrote(string spf, string dkim, string compauth, string reason, string sender, EvidenceVerdict verdict, bool stopped)
    {
        string text = Message(spf, dkim, compauth, reason, sender);
        DirectSendEvidence evidence = Assert.Single(await JudgeAsync(traffic => traffic.AddMessage(new AssessedMessage(MailMessage.Parse(Encoding.ASCII.GetBytes(text)), "m"))));

        Assert.Equal((verdict, "203.0.113.66", stopped), (evidence.Verdict, evidence.SourceIP, evidence.IsStoppedBySwitch));
    }

    [Theory]
    [InlineData("AuthAs: Anonymous", "AuthAs: Internal")]
    [InlineData("AuthAs: Anonymous", "AuthAs: Partner")]
    [InlineData("Directionality: Incoming", "Directionality: Originating")]
    [InlineData("DIR:INB", "DIR:OUT")]
    [InlineData("To: bert@contoso.com", "To: bert@elsewhere.test")]
    [InlineData("From: anna@contoso.com", "From: anna@elsewhere.test")]
    public async Task Other_messages_are_no_Direct_Send(string part, string other)
    {
        string text = Message("fail", "none", "fail", "000", "elsewhere.test").Replace(part, other, StringComparison.Ordinal);
        Assert.Contains(other, text, StringComparison.Ordinal);
        Assert.Empty(await JudgeAsync(traffic => traffic.AddMessage(new AssessedMessage(MailMessage.Parse(Encoding.ASCII.GetBytes(text)), "m"))));
    }

    [Fact]
    public async Task A_spoof_that_came_in_makes_exposure_likely()
    {
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace("203.0.113.66"), "t");
        DirectSendResult open = await new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Traffic = traffic }).InspectAsync(DomainName.Parse("contoso.com"));
        DirectSendResult closed = await new DirectSendInspector(DirectSendBed.Direct(), new DirectSendOptions { Traffic = traffic, Tenant = DirectSendBed.Tenant(true) })
            .InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(DirectSendVerdict.LikelyExposed, open.Verdict);
        Assert.Contains(open.Findings, finding => finding.Code == DirectSendFindings.SpoofSeen.Code);
        Assert.Equal(DirectSendVerdict.Protected, closed.Verdict);
    }

    [Theory]
    [InlineData("192.0.2.77", EvidenceVerdict.ThroughGateway)]
    [InlineData("2001:db8::77", EvidenceVerdict.ThroughGateway)]
    [InlineData("192.0.2.78", EvidenceVerdict.Spoof)]
    public async Task What_the_domains_own_mail_exchange_hands_over_is_no_Direct_Send(string address, EvidenceVerdict verdict)
    {
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace(address), "t");
        FakeResolver resolver = DirectSendBed.Gateway().Address("mx.filter.test", "192.0.2.77", "2001:db8::77");
        DirectSendResult result = await new DirectSendInspector(resolver, new DirectSendOptions { Traffic = traffic }).InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal((verdict, true), (Assert.Single(result.Evidence).Verdict, result.Evidence[0].IsStoppedBySwitch));
        Assert.Equal(verdict == EvidenceVerdict.Spoof, result.Findings.Any(finding => finding.Code == DirectSendFindings.SpoofSeen.Code));
        Assert.Equal(verdict == EvidenceVerdict.ThroughGateway, result.Findings.Any(finding => finding.Code == DirectSendFindings.GatewaySeen.Code));
    }

    /// <summary>Gateways hand mail on from other addresses than those that their mail exchanges have.</summary>
    [Theory]
    [InlineData("out2.filter.test", "203.0.113.66", EvidenceVerdict.ThroughGateway)]
    [InlineData("out2.filter.test", "203.0.113.67", EvidenceVerdict.Spoof)]
    [InlineData("out2.other.test", "203.0.113.66", EvidenceVerdict.Spoof)]
    public async Task Nor_is_what_another_host_of_the_gateways_operator_hands_over(string name, string address, EvidenceVerdict verdict)
    {
        FakeResolver greeted = DirectSendBed.Gateway().Address("mx.filter.test", "192.0.2.77").Address(name, address);
        FakeResolver named = DirectSendBed.Gateway().Address("mx.filter.test", "192.0.2.77").Address(name, address).Ptr("66.113.0.203.in-addr.arpa", name);
        DirectSendTraffic messages = new();
        for (int number = 0; number < 3; number++)
        {
            string text = Message("fail", "none", "fail", "000", "contoso.com").Replace("printer", number == 2 ? name : $"n{number}.test", StringComparison.Ordinal);
            messages.AddMessage(new AssessedMessage(MailMessage.Parse(Encoding.ASCII.GetBytes(text)), "m"));
        }

        DirectSendTraffic trace = new();
        trace.AddTrace(Trace("203.0.113.66"), "t");
        DirectSendResult seen = await new DirectSendInspector(greeted, new DirectSendOptions { Traffic = messages }).InspectAsync(DomainName.Parse("contoso.com"));
        DirectSendResult traced = await new DirectSendInspector(named, new DirectSendOptions { Traffic = trace }).InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(3, seen.Evidence.Sum(evidence => evidence.Count));
        Assert.Equal(
            verdict == EvidenceVerdict.Spoof ? [(EvidenceVerdict.Spoof, 3L)] : new[] { (EvidenceVerdict.Spoof, 2L), (verdict, 1L) },
            seen.Evidence.Select(evidence => (evidence.Verdict, evidence.Count)).OrderByDescending(pair => pair.Count));
        Assert.Equal(verdict, Assert.Single(traced.Evidence).Verdict);
    }

    [Fact]
    public async Task Where_the_addresses_of_the_gateway_are_not_known_nobody_is_called_a_spoof()
    {
        DirectSendTraffic traffic = new();
        traffic.AddTrace(Trace("203.0.113.66"), "t");
        FakeResolver resolver = DirectSendBed.Gateway().Fails("mx.filter.test", DnsStatus.ServFail);
        DirectSendResult result = await new DirectSendInspector(resolver, new DirectSendOptions { Traffic = traffic }).InspectAsync(DomainName.Parse("contoso.com"));

        Assert.Equal(EvidenceVerdict.Unclear, Assert.Single(result.Evidence).Verdict);
    }

    private static async Task<PrintableList<DirectSendEvidence>> JudgeAsync(Action<DirectSendTraffic> add, TenantFacts? tenant = null)
    {
        DirectSendTraffic traffic = new(tenant);
        add(traffic);
        DirectSendOptions options = new() { Traffic = traffic, Tenant = tenant ?? TenantFacts.None };
        return (await new DirectSendInspector(DirectSendBed.Direct(), options).InspectAsync(DomainName.Parse("contoso.com"))).Evidence;
    }

    private static FactSource Trace(string address, params (string Name, object? Value)[] other) => DirectSendBed.Facts(
    [
        .. other,
        ("SenderAddress", "scan@contoso.com"),
        ("RecipientAddress", "anna@contoso.com"),
        ("FromIP", address),
        ("Status", "Delivered"),
    ]);

    private static string Message(string spf, string dkim, string compauth, string reason, string sender) =>
        "Received: from AM0EUR02FT003.eop-EUR02.prod.protection.outlook.com (2603:10a6:208:0:cafe::1) by AM0PR08CA0001.outlook.office365.com (2603:10a6:208::1)\r\n"
        + " with Microsoft SMTP Server id 15.20.1; Sat, 21 Nov 2026 20:14:34 +0000\r\n"
        + $"Authentication-Results: spf={spf} (sender IP is 203.0.113.66) smtp.mailfrom={sender}; dkim={dkim} header.d=contoso.com;dmarc=fail action=none header.from=contoso.com;compauth={compauth} reason={reason}\r\n"
        + "Received: from printer (203.0.113.66) by AM0EUR02FT003.mail.protection.outlook.com (10.13.54.1) with Microsoft SMTP Server id 15.20.1; Sat, 21 Nov 2026 20:14:33 +0000\r\n"
        + $"Return-Path: scan@{sender}\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\nX-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n"
        + "X-Forefront-Antispam-Report: CIP:203.0.113.66;CTRY:US;SCL:5;H:printer;CAT:SPOOF;DIR:INB;\r\n"
        + "From: anna@contoso.com\r\nTo: bert@contoso.com\r\nSubject: x\r\n\r\nx\r\n";
}
