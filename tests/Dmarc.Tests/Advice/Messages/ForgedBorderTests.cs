using Dmarc.Advice.Messages;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages;

/// <summary>Nothing that a stranger writes or calls itself moves the place at which the receiver took the message.</summary>
public class ForgedBorderTests
{
    private const string Date = "; Sat, 21 Nov 2026 20:14:34 +0000\r\n";

    /// <summary>A hop that the stranger wrote: the author's own host handed the message to what the stranger calls itself.</summary>
    private static string Below(string by) => "Received: from mail.example.com (mail.example.com [192.0.2.1]) by " + by + " with ESMTPS id 2" + Date;

    private static string Results(string server) => "Authentication-Results: " + server + "; spf=pass smtp.mailfrom=anna@example.com; dkim=pass header.d=example.com\r\n";

    private static string From(string client, string by) => "Received: from " + client + " by " + by + " with ESMTPS id 1" + Date;

    private static FakeResolver Zone() => MessageBed.Zone()
        .Address("mx.stranger.example", "203.0.113.66")
        .Address("ec2-203-0-113-66.compute-1.amazonaws.com", "203.0.113.66")
        .Address("ip66.vs.sakura.ne.jp", "203.0.113.66")
        .Address("host-66-113-0-203.isp.example", "203.0.113.66");

    /// <summary>DNS knows nothing of the receiver, so that only the header is left to go by.</summary>
    [Theory]
    [InlineData("mx2.isp.example (mx2.isp.example [203.0.113.66] (may be forged))", "mx2.isp.example")]
    [InlineData("mx.isp.example (unknown [203.0.113.66])", "mx.isp.example")]
    [InlineData("mx2.isp.example ([203.0.113.66])", "mx2.isp.example")]
    [InlineData("mx2.isp.example (203.0.113.66)", "mx2.isp.example")]
    [InlineData("mta.mailer.example (HELO mx.isp.example) (203.0.113.66)", "mx.isp.example")]
    [InlineData("mta.mailer.example (HELO mx2.isp.example) (203.0.113.66)", "mx2.isp.example")]
    public async Task A_greeting_moves_no_border(string client, string by)
    {
        foreach (string? trusted in new[] { "mx.isp.example", null })
        {
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.Text, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await MessageBed.AssessAsync(
                    MessageBed.Message("Return-Path: <anna@example.com>\r\n" + From(client, "mx.isp.example") + Results("mx.isp.example") + Below(by)), Zone(), trusted: trusted, content: content);

                Assert.Equal((DmarcResult.Fail, "203.0.113.66"), (result.Result, result.Spf.IPAddress?.ToString()));
                result.Has(AlignmentFindings.ResultsOutOfPlace);
            }
        }
    }

    /// <summary>A receiver that DNS knows would have its hosts there; results above show that the message was checked at this hop.</summary>
    [Theory]
    [InlineData("mx", false, DmarcResult.Fail)]
    [InlineData("address", false, DmarcResult.Fail)]
    [InlineData("address6", false, DmarcResult.Fail)]
    [InlineData("down", false, DmarcResult.Fail)]
    [InlineData("", true, DmarcResult.Fail)]
    [InlineData("", false, DmarcResult.Pass)]
    public async Task A_greeting_counts_only_where_nothing_else_can_be_gone_by(string known, bool hasResultsAbove, DmarcResult expected)
    {
        FakeResolver zone = known switch
        {
            "mx" => Zone().Mx("isp.example", "mx.isp.example"),
            "address" => Zone().Address("mx2.isp.example", "198.51.100.9"),
            "address6" => Zone().Address("mx2.isp.example", "2001:db8::9"),
            "down" => Zone().Fails("isp.example", DnsRecordType.MX, DnsStatus.Timeout),
            _ => Zone(),
        };
        string above = hasResultsAbove ? "Authentication-Results: mx.isp.example; spf=none\r\n" : "";
        string fields = "Return-Path: <anna@example.com>\r\n" + above + From("mx2.isp.example (unknown [203.0.113.66])", "mx1.isp.example") + Results("spf.isp.example") + Below("mx.isp.example");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), zone, trusted: "spf.isp.example", content: MessageContent.HeaderOnly);

        Assert.Equal(expected, result.Result);
    }

    /// <summary>The names of these clients are confirmed, and still say nothing of the operator whose name they bear, or of what is trusted.</summary>
    [Theory]
    [InlineData("mx.stranger.example", "mx.isp.example", "mx.isp.example", "mx.stranger.example")]
    [InlineData("mx.stranger.example", "DB1PEPF00039230.mail.protection.outlook.com", "outlook.com", "mx.stranger.example")]
    [InlineData("ec2-203-0-113-66.compute-1.amazonaws.com", "inbound-smtp.us-east-1.amazonaws.com", "amazonses.com", "inbound-smtp.us-east-1.amazonaws.com")]
    [InlineData("ec2-203-0-113-66.compute-1.amazonaws.com", "mx.isp.example", "amazonses.com", "inbound-smtp.us-east-1.amazonaws.com")]
    [InlineData("a1.smtp-out.amazonses.com", "inbound-smtp.us-east-1.amazonaws.com", "amazonses.com", "a1.smtp-out.amazonses.com")]
    [InlineData("mail-qv1-f41.google.com", "mx.google.com", "mx.google.com", "mail-qv1-f41.google.com")]
    [InlineData("ip66.vs.sakura.ne.jp", "www1.sakura.ne.jp", "www1.sakura.ne.jp", "www1.sakura.ne.jp")]
    [InlineData("host-66-113-0-203.isp.example", "mx.isp.example", "mx.isp.example", "mx.isp.example")]
    public async Task A_confirmed_name_of_a_stranger_moves_no_border(string client, string by, string server, string below)
    {
        foreach (string? trusted in new[] { server, null })
        {
            string fields = "Return-Path: <anna@example.com>\r\n" + From(client + " (" + client + " [203.0.113.66])", by) + "X-Mailer: x\r\n" + Results(server) + Below(below);
            AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), Zone(), trusted: trusted);

            Assert.Equal((DmarcResult.Fail, "203.0.113.66"), (result.Result, result.Spf.IPAddress?.ToString()));
        }
    }

    [Theory]
    [InlineData("host-66-113-0-203.isp.example", "203.0.113.66", true)]
    [InlineData("203.0.113.66.isp.example", "203.0.113.66", true)]
    [InlineData("c203-000-113-066.isp.example", "203.0.113.66", true)]
    [InlineData("host-203-0-113-67.isp.example", "203.0.113.66", false)]
    [InlineData("host-0-113-66.isp.example", "203.0.113.66", false)]
    [InlineData("host-66-0-113-203.isp.example", "203.0.113.66", false)]
    [InlineData("m20301136699999999999.isp.example", "203.0.113.66", false)]
    [InlineData("mail.isp.example", "2001:db8::1", false)]
    [InlineData("mail.isp.example", null, false)]
    [InlineData("ec2-1.compute-1.amazonaws.com", null, true)]
    [InlineData("inbound-smtp.us-east-1.amazonaws.com", null, false)]
    [InlineData("static.66.clients.your-server.de", null, true)]
    [InlineData("www1.your-server.de", null, false)]
    [InlineData(null, "203.0.113.66", false)]
    public void A_machine_of_a_customer_is_known_by_its_name(string? host, string? address, bool expected) =>
        Assert.Equal(expected, ServerGroup.IsOfCustomer(host, address is null ? null : System.Net.IPAddress.Parse(address)));

    /// <summary>Whoever is a customer of a filter hands it what he likes: the filter takes his mail for another customer as from outside.</summary>
    [Theory]
    [InlineData("mx0a-00999.pphosted.com", "mx0a-00123.pphosted.com", "ppops.net")]
    [InlineData("dispatch1-us1.ppe-hosted.com", "mx1-us1.ppe-hosted.com", "mx1-us1.ppe-hosted.com")]
    [InlineData("eu-smtp-delivery-1.mimecast.com", "relay.mimecast.com", "relay.mimecast.com")]
    [InlineData("outbound-ip1a.ess.barracuda.com", "mx-inbound1-1.us-east-2a.ess.aws.cudaops.com", "ess.barracudanetworks.com")]
    [InlineData("esa2.hc999-9.iphmx.com", "esa1.hc123-4.iphmx.com", "esa1.hc123-4.iphmx.com")]
    [InlineData("mail1.bemta1.messagelabs.com", "server-2.bemta.az-a.eu-west-1.aws.symcloud.net", "messagelabs.com")]
    [InlineData("mail-ed1-1.prod.hydra.sophos.com", "mx-01-eu-west-1.prod.hydra.sophos.com", "mx-01-eu-west-1.prod.hydra.sophos.com")]
    public async Task A_customer_of_a_filter_is_a_stranger_to_the_next(string client, string by, string server)
    {
        string fields = From(client + " (" + client + " [203.0.113.66])", by) + Results(server) + Below(client);
        FakeResolver zone = Zone().Address(client, "203.0.113.66").Ptr("66.113.0.203.in-addr.arpa", client);
        foreach (string? trusted in new[] { server, null })
        {
            foreach (MessageContent content in new[] { MessageContent.Full, MessageContent.HeaderOnly })
            {
                AlignmentResult result = await MessageBed.AssessAsync(
                    MessageBed.Message("Return-Path: <anna@example.com>\r\n" + fields), zone, trusted: trusted, content: content);
                Assert.Equal((DmarcResult.Fail, "203.0.113.66"), (result.Result, result.Spf.IPAddress?.ToString()));
            }
        }
    }
}
