using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>A server of the recipient's own in front: the host before it is the sender, for SPF and for Direct Send.</summary>
public class GatewayTests
{
    private const string Date = "; Sat, 21 Nov 2026 20:14:34 +0000\r\n";
    private const string Exchange = " with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.1";
    private const string Inner = "Received: from DB1PEPF00039230.eurprd03.prod.outlook.com (2603:10a6:10:100:cafe::b4) by DB8PR06CA0023.outlook.office365.com (2603:10a6:10:100::36)" + Exchange + Date;

    /// <summary>What Exchange Online writes of a client that is a filter at 198.51.100.10.</summary>
    private static string AtMicrosoft(string client = "mx1.filter.test", string result = "fail", string dmarc = "fail", string from = "example.com") => Inner
        + "Authentication-Results: spf=" + result + " (sender IP is 198.51.100.10) smtp.mailfrom=" + from + "; dkim=none (message not signed) header.d=none;dmarc=" + dmarc + " action=none header.from=" + from + ";compauth=none reason=451\r\n"
        + "Received-SPF: " + result + " (protection.outlook.com: domain of " + from + " x 198.51.100.10 as permitted sender) receiver=protection.outlook.com; client-ip=198.51.100.10; helo=" + client + ";\r\n"
        + "Received: from " + client + " (198.51.100.10) by DB1PEPF00039230.mail.protection.outlook.com (10.167.8.9)" + Exchange + " via Frontend Transport" + Date;

    private const string End = "Return-Path: anna@example.com\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\nX-MS-Exchange-Organization-MessageDirectionality: Incoming\r\n";

    private static string AtFilter(string address = "203.0.113.66", string by = "mx1.filter.test") =>
        "Received: from host.sender.example (host.sender.example [" + address + "]) by " + by + " (Filter) with ESMTPS id 4" + Date;

    private static FakeResolver Zone() => MessageBed.Zone()
        .Mx("gateway.example", "mx1.filter.test", "mx2.filter.test")
        .Address("mx1.filter.test", "198.51.100.10")
        .Address("mx2.filter.test", "198.51.100.11")
        .Address("gateway-example.mail.protection.outlook.com", "192.0.2.202")
        .Txt("gateway.example", "v=spf1 include:spf.protection.outlook.com ip4:198.51.100.10 -all")
        .Txt("spf.protection.outlook.com", "v=spf1 ip4:40.92.0.0/15 -all")
        .Txt("_dmarc.gateway.example", "v=DMARC1; p=reject");

    /// <summary>What the receiver wrote of the envelope.</summary>
    private const string DeliveredTo = "Delivered-To: bob@gateway.example\r\n";

    private static string ToBob(string fields) =>
        MessageBed.Message(fields).Replace("bert@receiver.example", "bob@gateway.example", StringComparison.Ordinal);

    private static string Own(string fields) => MessageBed.Message(fields.Replace("example.com", "gateway.example", StringComparison.Ordinal), "Bob <bob@gateway.example>")
        .Replace("To: bert@receiver.example", "To: bob@gateway.example", StringComparison.Ordinal);

    [Fact]
    public async Task Mail_in_ones_own_name_through_the_filter_is_not_Direct_Send()
    {
        AlignmentResult result = await MessageBed.AssessAsync(Own(AtMicrosoft() + AtFilter() + End), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Fail, "203.0.113.66"), (result.Result, result.Spf.IPAddress?.ToString()));
        Assert.NotEqual(AlignmentCause.DirectSend, result.Cause);
        Assert.Contains("203.0.113.66", result.Has(AlignmentFindings.ThroughGatewayUnfiltered).Message, StringComparison.Ordinal);
    }

    /// <summary>Without a hop of the filter below, the filter may have written the message itself: its address counts for SPF.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Received: from app (app [10.0.0.7]) by appliance.other.test (x) with ESMTP id 4; Sat, 21 Nov 2026 20:14:30 +0000\r\n")]
    public async Task Mail_of_the_filter_itself_is_not_Direct_Send(string below)
    {
        foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
        {
            AlignmentResult result = await MessageBed.AssessAsync(Own(AtMicrosoft() + below + End), Zone(), content: content);
            Assert.NotEqual(AlignmentCause.DirectSend, result.Cause);
            Assert.Equal("198.51.100.10", result.Spf.IPAddress?.ToString());
        }
    }

    /// <summary>A filter hands mail on from hosts whose names are of other domains than those of its mail exchanges.</summary>
    [Theory]
    [InlineData("d1a.ess.barracudanetworks.com", "outbound-ip191a.ess.barracuda.com", "mx-inbound12-123.us-east-2a.ess.aws.cudaops.com")]
    [InlineData("cluster5.eu.messagelabs.com", "mail1.bemta34.messagelabs.com", "server-2.bemta.az-a.eu-west-1.aws.symcloud.net")]
    [InlineData("mx01.hornetsecurity.com", "mx-relay12-hz1.antispameurope.com", "mx-gate34-hz1.antispameurope.com")]
    public async Task A_filter_has_several_domains(string exchange, string client, string by)
    {
        FakeResolver zone = Zone().Mx("filtered.example", exchange).Address(exchange, "198.51.100.77").Address(client, "198.51.100.10");
        AlignmentResult result = await MessageBed.AssessAsync(
            ToBob(AtMicrosoft(client) + AtFilter("192.0.2.1", by) + End).Replace("gateway.example", "filtered.example", StringComparison.Ordinal),
            zone,
            content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Pass, "192.0.2.1"), (result.Result, result.Spf.IPAddress?.ToString()));
        result.Has(AlignmentFindings.ThroughGatewayUnfiltered);
    }

    /// <summary>In a hybrid Exchange the servers of one's own send through the mail exchanger; what comes from outside names another client.</summary>
    [Theory]
    [InlineData("ex01.gateway.local (10.1.1.5)", " with Microsoft SMTP Server id 15.1", DmarcResult.Pass)]
    [InlineData("ex01.gateway.local (fe80::1%4)", " with mapi id 15.1", DmarcResult.Pass)]
    [InlineData("app.filter.test (app.filter.test [10.0.0.7])", " with ESMTPS id 4", DmarcResult.Pass)]
    [InlineData("host.sender.example (10.0.0.1)", " with Microsoft SMTP Server id 15.1", null)]
    [InlineData("host.sender.example", " with ESMTPS id 4", null)]
    public async Task Mail_from_within_is_that_of_the_mail_exchanger(string client, string how, DmarcResult? expected)
    {
        string below = "Received: from " + client + " by mx1.filter.test (10.1.1.5)" + how + Date;
        AlignmentResult result = await MessageBed.AssessAsync(
            Own(AtMicrosoft(result: "pass", dmarc: "pass") + below + End), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal((expected, expected is null ? null : "198.51.100.10"), (result.Result, result.Spf.IPAddress?.ToString()));
    }

    [Theory]
    [InlineData("203.0.113.66")]
    [InlineData("198.51.100.12")]
    public async Task A_host_that_only_calls_itself_the_filter_is_Direct_Send(string address)
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            Own(AtMicrosoft().Replace("198.51.100.10", address, StringComparison.Ordinal) + End), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal(AlignmentCause.DirectSend, result.Cause);
    }

    [Fact]
    public async Task The_filter_in_ones_own_SPF_record_makes_nobodys_mail_pass()
    {
        foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
        {
            AlignmentResult result = await MessageBed.AssessAsync(Own(AtMicrosoft(result: "pass", dmarc: "pass") + AtFilter() + End), Zone(), content: content);
            Assert.Equal(DmarcResult.Fail, result.Result);
        }
    }

    [Theory]
    [InlineData(MessageContent.Full)]
    [InlineData(MessageContent.HeaderOnly)]
    public async Task Mail_of_others_is_checked_with_the_host_before_the_filter(object contentValue)
    {
        MessageContent content = (MessageContent)contentValue;
        string message = ToBob(AtMicrosoft() + AtFilter("192.0.2.1") + End);
        AlignmentResult delivered = await MessageBed.AssessAsync(DeliveredTo + message, Zone(), content: content);
        AlignmentResult named = await MessageBed.AssessAsync(message, Zone(), trusted: "mx1.filter.test", content: content);

        foreach (AlignmentResult result in new[] { delivered, named })
        {
            Assert.Equal((DmarcResult.Pass, "192.0.2.1"), (result.Result, result.Spf.IPAddress?.ToString()));
            result.HasNot(AlignmentFindings.PossibleGateway);
        }
    }

    /// <summary>The sender writes To and Cc: that Microsoft 365 knows a domain there does not show that this message was for it.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("", "outlook.com")]
    [InlineData("Authentication-Results: outlook.com; dkim=pass header.d=example.com\r\n", "outlook.com")]
    [InlineData("Authentication-Results: mx1.filter.test; dkim=pass header.d=example.com\r\n", "outlook.com")]
    [InlineData("Authentication-Results: dkim=pass header.d=example.com\r\n", "outlook.com")]
    [InlineData("Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=anna@example.com; receiver=protection.outlook.com\r\n", "outlook.com")]
    public async Task A_recipient_that_only_the_sender_names_makes_no_filter(string forged, string? trusted)
    {
        foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
        {
            AlignmentResult result = await MessageBed.AssessAsync(ToBob(AtMicrosoft() + forged + AtFilter("192.0.2.1") + End), Zone(), trusted: trusted, content: content);

            Assert.Equal((DmarcResult.Fail, "198.51.100.10"), (result.Result, result.Spf.IPAddress?.ToString()));
            Assert.Contains("mx1.filter.test", result.Has(AlignmentFindings.PossibleGateway).Remedy, StringComparison.Ordinal);
            result.HasNot(AlignmentFindings.ThroughGatewayUnfiltered);
        }
    }

    /// <summary>The server behind took the message from the filter and wrote above: below, its name is a stranger's.</summary>
    [Theory]
    [InlineData("Authentication-Results: outlook.com; dkim=pass header.d=example.com\r\n")]
    [InlineData("Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=anna@example.com; receiver=protection.outlook.com\r\n")]
    public async Task Below_a_filter_the_server_behind_says_nothing(string forged)
    {
        foreach (string? trusted in new[] { null, "outlook.com" })
        {
            AlignmentResult result = await MessageBed.AssessAsync(
                DeliveredTo + ToBob(AtMicrosoft() + forged + AtFilter() + End), Zone(), trusted: trusted, content: MessageContent.HeaderOnly);

            Assert.Equal(DmarcResult.Fail, result.Result);
            result.Has(AlignmentFindings.ThroughGatewayUnfiltered);
        }
    }

    [Fact]
    public async Task Without_the_filter_it_stays_Direct_Send()
    {
        string fields = AtMicrosoft("printer").Replace("198.51.100.10", "203.0.113.66", StringComparison.Ordinal).Replace("reason=451", "reason=601", StringComparison.Ordinal) + End;
        AlignmentResult result = await MessageBed.AssessAsync(Own(fields), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Fail, AlignmentCause.DirectSend), (result.Result, result.Cause));
    }

    /// <summary>A stranger hands over directly, greets as the filter, and writes a hop of the filter's below.</summary>
    [Fact]
    public async Task A_greeting_in_the_filters_name_is_not_the_filter()
    {
        string fields = AtMicrosoft().Replace("198.51.100.10", "203.0.113.66", StringComparison.Ordinal) + AtFilter("192.0.2.1") + End;
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(fields).Replace("bert@receiver.example", "bob@gateway.example", StringComparison.Ordinal), Zone());

        Assert.Equal((DmarcResult.Fail, "203.0.113.66"), (result.Result, result.Spf.IPAddress?.ToString()));
        result.HasNot(AlignmentFindings.ThroughGateway);
        result.HasNot(AlignmentFindings.ThroughGatewayUnfiltered);
    }

    /// <summary>A stranger names a recipient whose mail exchanger is the stranger's own host.</summary>
    [Fact]
    public async Task A_recipient_of_the_senders_making_makes_no_filter()
    {
        FakeResolver zone = Zone().Mx("stranger.example", "mx.stranger.example").Address("mx.stranger.example", "198.51.100.10");
        string fields = AtMicrosoft("mx.stranger.example") + AtFilter("192.0.2.1", "mx.stranger.example") + End;
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(fields).Replace("bert@receiver.example", "x@stranger.example", StringComparison.Ordinal), zone);

        Assert.Equal((DmarcResult.Fail, "198.51.100.10"), (result.Result, result.Spf.IPAddress?.ToString()));
    }

    [Theory]
    [InlineData("mx0a-001.pphosted.com", "mx0b-001.pphosted.com", "mx0b-001.pphosted.com", true)]
    [InlineData("mx0a-001.pphosted.com", "mx0b-001.pphosted.com", "m0123.ppops.net", true)]
    [InlineData("eu-smtp-inbound-1.mimecast.com", "eu-smtp-delivery-1.mimecast.com", "relay.mimecast.com", true)]
    [InlineData("eu-smtp-inbound-1.mimecast.com", "eu-smtp-delivery-1.mimecast.com", "mail.sender.example", false)]
    [InlineData("mx.sender.example", "eu-smtp-delivery-1.mimecast.com", "relay.mimecast.com", false)]
    [InlineData("route1.mx.cloudflare.net", "a-b.mx.cloudflare.net", "a-b.mx.cloudflare.net", true)]
    [InlineData("sv1.xserver.jp", "sv1.xserver.jp", "sv1.xserver.jp", false)]
    [InlineData("inbound-smtp.us-east-1.amazonaws.com", "ec2-198-51-100-10.compute-1.amazonaws.com", "x.amazonaws.com", false)]
    public async Task A_known_filter_delivers_from_other_hosts_than_it_receives_at(string exchange, string client, string by, bool expected)
    {
        FakeResolver zone = MessageBed.Zone().Mx("customer.example", exchange).Address(client, "198.51.100.10");
        string message = MessageBed.Message(AtMicrosoft(client) + AtFilter("192.0.2.1", by) + End).Replace("bert@receiver.example", "bob@customer.example", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(message, zone);

        Assert.Equal(expected ? "192.0.2.1" : "198.51.100.10", result.Spf.IPAddress?.ToString());
        Assert.Equal(expected ? DmarcResult.Pass : DmarcResult.Fail, result.Result);
    }

    [Fact]
    public async Task The_results_of_the_filter_come_before_those_of_the_server_behind_it()
    {
        string fields = AtMicrosoft() + "Authentication-Results: mx1.filter.test; spf=pass smtp.mailfrom=anna@example.com smtp.remote-ip=192.0.2.1\r\n" + AtFilter("192.0.2.1") + End;
        AlignmentResult result = await MessageBed.AssessAsync(DeliveredTo + ToBob(fields), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Pass, EvidenceSource.UnverifiedReceiver), (result.Result, result.Spf.Source));
    }

    [Fact]
    public async Task Where_Microsoft_looked_past_the_filter_its_word_counts()
    {
        string fields = AtMicrosoft(result: "pass", dmarc: "pass")
            .Replace("sender IP is 198.51.100.10", "sender IP is 192.0.2.1", StringComparison.Ordinal)
            .Replace("client-ip=198.51.100.10", "client-ip=192.0.2.1", StringComparison.Ordinal) + AtFilter("192.0.2.1") + End;
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(fields).Replace("bert@receiver.example", "bob@gateway.example", StringComparison.Ordinal), Zone(), content: MessageContent.HeaderOnly);

        Assert.Equal((DmarcResult.Pass, EvidenceSource.UnverifiedReceiver), (result.Result, result.Spf.Source));
        result.Has(AlignmentFindings.ThroughGateway);
        result.HasNot(AlignmentFindings.ThroughGatewayUnfiltered);
    }

    [Theory]
    [InlineData("(40.92.1.2)", true)]
    [InlineData("(mail-db8eur05on2069.outbound.protection.outlook.com [40.92.1.2])", true)]
    [InlineData("(203.0.113.66)", false)]
    public async Task Exchange_Online_stands_in_front_of_a_server_of_ones_own(string client, bool expected)
    {
        FakeResolver zone = Zone().Mx("onprem.example", "onprem-example.mail.protection.outlook.com");
        string fields = "Return-Path: anna@example.com\r\nReceived: from EX2.onprem.example (10.0.0.6) by EX1.onprem.example (10.0.0.5)" + Exchange + Date
            + "Received: from EUR05-DB8-obe.outbound.protection.outlook.com " + client + " by EX2.onprem.example (10.0.0.6)" + Exchange + Date
            + Inner
            + "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=none (message not signed) header.d=none;dmarc=pass action=none header.from=example.com;compauth=pass reason=100\r\n"
            + "Received: from mail.example.com (192.0.2.1) by DB1PEPF00039230.mail.protection.outlook.com (10.167.8.9)" + Exchange + Date;
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(fields).Replace("bert@receiver.example", "bob@onprem.example", StringComparison.Ordinal), zone);

        Assert.Equal(expected ? DmarcResult.Pass : DmarcResult.Fail, result.Result);
        Assert.Equal(expected ? "192.0.2.1" : "203.0.113.66", result.Spf.IPAddress?.ToString());
    }

    /// <summary>A small organisation sends through the host that is its mail exchanger too: that host is the sender.</summary>
    [Fact]
    public async Task The_senders_own_mail_exchanger_is_no_filter()
    {
        FakeResolver zone = MessageBed.Zone().Address("mail.example.com", "192.0.2.1");
        string fields = "Return-Path: <anna@example.com>\r\nReceived: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 1" + Date
            + "Received: from laptop.example.com (dsl.isp.example [203.0.113.200]) by mail.example.com with ESMTPSA id 2" + Date;
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), zone);

        Assert.Equal((DmarcResult.Pass, "192.0.2.1"), (result.Result, result.Spf.IPAddress?.ToString()));
    }
}
