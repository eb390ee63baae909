using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Domains;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>The steps are in safe order, and what strangers wrote stays text in them.</summary>
public class DirectSendPlanTests
{
    [Fact]
    public async Task Legitimate_senders_come_before_the_switch()
    {
        DirectSendTraffic traffic = new();
        foreach (string address in new[] { "192.0.2.1", "192.0.2.2", "2001:db8::25", "203.0.113.66" })
        {
            traffic.AddTrace(DirectSendBed.Facts(("SenderAddress", "s@contoso.com"), ("RecipientAddress", "a@contoso.com"), ("FromIP", address)), "t");
        }

        DirectSendResult result = await new DirectSendInspector(
            DirectSendBed.Direct("v=DMARC1; p=none", "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/32 -all"),
            new DirectSendOptions { Traffic = traffic }).InspectAsync(DomainName.Parse("contoso.com"));
        string[] commands = [.. result.NextSteps.Select(step => step.Command)];

        Assert.Equal(Enumerable.Range(1, commands.Length), result.NextSteps.Select(step => step.Order));
        int connector = Array.FindIndex(commands, command => command.StartsWith("New-InboundConnector", StringComparison.Ordinal));
        int turn = Array.FindIndex(commands, command => command.StartsWith("Set-OrganizationConfig -RejectDirectSend $true", StringComparison.Ordinal));
        int policy = Array.FindIndex(commands, command => command.StartsWith("Get-DmarcRecord", StringComparison.Ordinal));
        Assert.True(0 < connector && connector < turn && turn < policy);
        Assert.Contains("-SenderIPAddresses '192.0.2.1', '192.0.2.2' ", commands[connector], StringComparison.Ordinal);
        Assert.Contains(result.NextSteps, step => step.Command.Length == 0 && step.Reason.Contains("2001:db8::25", StringComparison.Ordinal));
        Assert.All(commands, command => Assert.DoesNotContain("203.0.113.66", command, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_gateway_the_lock_is_asked_for_even_where_the_switch_is_on()
    {
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(true, []));

        Assert.Equal(DirectSendVerdict.ExposedPastGateway, result.Verdict);
        Assert.Contains(result.NextSteps, step => step.Command.StartsWith("if (-not $gatewayAddresses) { throw ", StringComparison.Ordinal));
        Assert.DoesNotContain(result.NextSteps, step => step.Command.Contains("Set-OrganizationConfig", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mx.filter.test", "-RestrictDomainsToIPAddresses $true")]
    [InlineData("mail.contoso.com", "-RestrictDomainsToIPAddresses $true")]
    [InlineData("mx.filter.test," + DirectSendBed.Endpoint, "-RestrictDomainsToIPAddresses $false")]
    public async Task The_gateway_gets_a_connector_before_the_switch(string exchanges, string restriction)
    {
        FakeResolver resolver = DirectSendBed.Microsoft()
            .Mx("contoso.com", exchanges.Split(','))
            .Txt("contoso.com", "v=spf1 -all")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")
            .Address(DirectSendBed.Endpoint, "192.0.2.200");
        foreach (TenantFacts tenant in new[] { TenantFacts.None, DirectSendBed.Tenant(false, []) })
        {
            string[] commands = [.. (await DirectSendBed.InspectAsync(resolver, tenant)).NextSteps.Select(step => step.Command)];
            int gateway = Array.FindIndex(commands, command => command.Contains("-SenderIPAddresses $gatewayAddresses", StringComparison.Ordinal));
            int turn = Array.FindIndex(commands, command => command.StartsWith("Set-OrganizationConfig -RejectDirectSend $true", StringComparison.Ordinal));
            Assert.True(gateway >= 0 && gateway < turn, string.Join("\n", commands));
            Assert.Contains(restriction, commands[gateway], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_left_to_do_where_all_is_done()
    {
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [], "*.contoso.com"));

        Assert.Equal(DirectSendVerdict.Protected, result.Verdict);
        Assert.Empty(result.NextSteps);
        Assert.Empty(result.OpenQuestions);
    }

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019; calc; \u2018", "'a\u2019\u2019; calc; \u2018\u2018'")]
    [InlineData("\u201A\u201B", "'\u201A\u201A\u201B\u201B'")]
    [InlineData("$(calc) `n \"x\"", "'$(calc) `n \"x\"'")]
    [InlineData("a\nb\u001B[2J\u202E\u2028", "'a\uFFFDb\uFFFD[2J\uFFFD\uFFFD'")]
    [InlineData("", "''")]
    public void Values_stay_text(string value, string expected) => Assert.Equal(expected, PowerShellText.Quote(value));

    [Fact]
    public async Task The_name_of_a_connector_stays_text()
    {
        InboundConnectorFacts connector = DirectSendBed.Connector("*") with { Name = "x'; Remove-Mailbox -Identity *; '" };
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [connector]));

        Assert.Contains(result.NextSteps, step => step.Command.Contains("Set-InboundConnector -Identity 'x''; Remove-Mailbox -Identity *; ''' -Enabled $false", StringComparison.Ordinal));
    }
}
