using System.Net;
using System.Net.Sockets;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Rollout;
using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend;

/// <summary>
/// Plans the steps against Direct Send in an order that breaks nothing: find the senders, give legitimate ones another
/// way, then refuse the rest, then verify.
/// </summary>
internal static class DirectSendPlan
{
    private const int MaximumAddresses = 200;

    public static PrintableList<DirectSendStep> Make(DirectSendAssessment assessment)
    {
        if (assessment.Judgement.Verdict is DirectSendVerdict.NotApplicable or DirectSendVerdict.Unknown)
        {
            return PrintableList<DirectSendStep>.Empty;
        }

        List<DirectSendStep> steps = [];
        if (assessment.Judgement.Verdict != DirectSendVerdict.Protected)
        {
            AddFind(assessment, steps);
            AddConnector(assessment, steps);
            AddOpenConnectors(assessment, steps);
        }

        // Before the switch: without a connector, the switch would refuse the domain's own mail through the gateway.
        AddLock(assessment, steps);
        AddGatewayConnector(assessment, steps);
        if (assessment.Judgement.Verdict != DirectSendVerdict.Protected)
        {
            AddSwitch(assessment, steps);
        }

        AddSigning(assessment, steps);
        AddPolicy(assessment, steps);
        if (steps.Count > 0)
        {
            string domain = PowerShellText.Quote(assessment.Dns.Domain.ToString());
            Add(assessment, steps, Strings.DirectSend_StepVerify, Strings.DirectSend_StepVerifyWhy, Sentences.Fill(
                "Test-DirectSendExposure {0} -OrganizationConfig (Get-OrganizationConfig) -InboundConnector (Get-InboundConnector) -TransportRule (Get-TransportRule) "
                + "-AcceptedDomain (Get-AcceptedDomain) -DkimSigningConfig (Get-DkimSigningConfig)",
                domain));
        }

        return steps.ToPrintableList();
    }

    /// <summary>One trace can span at most ten days.</summary>
    private static void AddFind(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        string domain = PowerShellText.Quote("*@" + assessment.Dns.Domain);
        Add(
            assessment,
            steps,
            Strings.DirectSend_StepFind,
            Sentences.Fill(Strings.DirectSend_StepFindWhy, assessment.Dns.Domain),
            Sentences.Fill(
            "$trace = Get-MessageTraceV2 -StartDate (Get-Date).AddDays(-10) -EndDate (Get-Date) -SenderAddress {0} -RecipientAddress {0} -ResultSize 5000\n"
            + "Test-DirectSendExposure {1} -MessageTrace $trace | Select-Object -ExpandProperty Evidence",
            domain,
            PowerShellText.Quote(assessment.Dns.Domain.ToString())));
    }

    /// <summary>
    /// Only addresses that SPF authorises get a connector. A signature vouches for the message, not for the address,
    /// which may belong to a forwarder open to everybody.
    /// </summary>
    private static void AddConnector(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        string domain = assessment.Dns.Domain.ToString();
        IPAddress[] addresses = [.. assessment.Evidence
            .Where(one => one is { NeedsConnector: true, Spf: AuthenticationResult.Pass })
            .Select(one => AddressText.TryRead(one.SourceIP, out IPAddress? address) ? address : null)
            .OfType<IPAddress>()
            .Distinct()];
        string[] listed = [.. addresses
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => address.ToString())
            .Take(MaximumAddresses)];
        if (listed.Length > 0)
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepConnector,
                Sentences.Fill(Strings.DirectSend_StepConnectorWhy, domain),
                Sentences.Fill(
                "New-InboundConnector -Name {0} -ConnectorType Partner -SenderDomains {1} -SenderIPAddresses {2} -RestrictDomainsToIPAddresses $true -RequireTls $false",
                PowerShellText.Quote(Sentences.Fill(Strings.DirectSend_ConnectorName, domain)),
                PowerShellText.Quote(domain),
                PowerShellText.Quote(listed)));
        }

        if (addresses.Length > listed.Length)
        {
            Add(assessment, steps, Strings.DirectSend_StepCertificate, Sentences.Fill(
                Strings.DirectSend_StepCertificateWhy,
                string.Join(", ", addresses.Select(address => address.ToString()).Except(listed).Take(5))), "");
        }
    }

    private static void AddOpenConnectors(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        foreach (InboundConnectorFacts connector in assessment.OpenConnectors)
        {
            Add(
                assessment,
                steps,
                Sentences.Fill(Strings.DirectSend_StepNarrow, connector.Name),
                Strings.DirectSend_StepNarrowWhy,
                Sentences.Fill(
                "Get-InboundConnector -Identity {0} | Format-List Name, Enabled, ConnectorType, SenderDomains, SenderIPAddresses, TlsSenderCertificateName, Comment\n"
                + "Set-InboundConnector -Identity {0} -Enabled $false",
                PowerShellText.Quote(connector.Name)));
        }
    }

    private static void AddSwitch(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        if (!assessment.SettingsApply || assessment.Tenant.RejectDirectSend != true)
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepSwitch,
                Strings.DirectSend_StepSwitchWhy,
                "Set-OrganizationConfig -RejectDirectSend $true\nGet-OrganizationConfig | Select-Object Identity, RejectDirectSend");
        }

        if (assessment.AcceptedParent is not null)
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepAccept,
                Sentences.Fill(Strings.DirectSend_StepAcceptWhy, assessment.Dns.Domain),
                Sentences.Fill(
                "Get-AcceptedDomain -Identity {0} | Format-List DomainName, DomainType, MatchSubDomains",
                PowerShellText.Quote(assessment.AcceptedParent.ToString())));
        }
    }

    private static void AddLock(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (assessment.IsBehindGateway && !assessment.Locks.Any() && !assessment.LockingRules.Any())
        {
            InboundConnectorFacts? disabled = assessment.Tenant.Connectors?.FirstOrDefault(connector =>
                !connector.Enabled && (connector with { Enabled = true }).IsLock);
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepLock,
                Sentences.Fill(Strings.DirectSend_StepLockWhy, dns.FrontService ?? dns.FrontHost),
                disabled is not null
                ? Sentences.Fill("Set-InboundConnector -Identity {0} -Enabled $true", PowerShellText.Quote(disabled.Name))
                : Sentences.Fill(
                    "if (-not $gatewayAddresses) {{ throw {0} }}\n"
                    + "New-InboundConnector -Name {1} -ConnectorType Partner -SenderDomains '*' -SenderIPAddresses $gatewayAddresses -RestrictDomainsToIPAddresses $true -RequireTls $true",
                    PowerShellText.Quote(Strings.DirectSend_GatewayAddressesNeeded),
                    PowerShellText.Quote(Strings.DirectSend_LockName)));
        }
    }

    /// <summary>For a gateway on only some mail exchanges, or a locking rule: a connector that admits it.</summary>
    private static void AddGatewayConnector(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        bool isNeeded = assessment.Dns.Route == MailRoute.Mixed || (assessment.IsBehindGateway && assessment.LockingRules.Any());
        bool isThere = assessment.Tenant.Connectors?.Any(connector =>
            connector is { Enabled: true, TakesAnybody: false } && connector.IsFor(assessment.Dns.Domain)) == true;
        if (isNeeded
            && !isThere
            && assessment.Dns.FrontHost is { } front
            && (!assessment.SettingsApply || assessment.Tenant.RejectDirectSend != true || assessment.Tenant.Connectors is not null))
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepGateway,
                Sentences.Fill(Strings.DirectSend_StepGatewayWhy, assessment.Dns.FrontService ?? front),
                Sentences.Fill(
                "if (-not $gatewayAddresses) {{ throw {0} }}\n"
                + "New-InboundConnector -Name {1} -ConnectorType Partner -SenderDomains '*' -SenderIPAddresses $gatewayAddresses -RestrictDomainsToIPAddresses $false -RequireTls $true",
                PowerShellText.Quote(Strings.DirectSend_GatewayAddressesNeeded),
                PowerShellText.Quote(Strings.DirectSend_GatewayConnectorName)));
        }
    }

    private static void AddSigning(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        if (!assessment.SettingsApply
            || assessment.Tenant.DkimSigning is null
            || assessment.IsAccepted == false
            || assessment.IsSendingDisabled == true)
        {
            return;
        }

        string domain = PowerShellText.Quote(assessment.Dns.Domain.ToString());
        if (assessment.DkimSigning is not { } signing)
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepSigning,
                Strings.DirectSend_StepSigningWhy,
                Sentences.Fill("New-DkimSigningConfig -DomainName {0} -Enabled $true", domain));
        }
        else if (!signing.Enabled)
        {
            Add(
                assessment,
                steps,
                Strings.DirectSend_StepSigning,
                Strings.DirectSend_StepSigningWhy,
                Sentences.Fill("Set-DkimSigningConfig -Identity {0} -Enabled $true", domain));
        }
    }

    /// <summary>The next DMARC step, as in an audit and the rollout, or the SPF step if SPF passes everybody.</summary>
    private static void AddPolicy(DirectSendAssessment assessment, List<DirectSendStep> steps)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        MicrosoftDomainKind kind = MicrosoftDomains.KindOf(dns.Domain);
        if (dns.IsEnforced != false
            || !(dns.HasEndpoint == true || assessment.IsAccepted == true)
            || kind is MicrosoftDomainKind.Routing or MicrosoftDomainKind.Provider)
        {
            return;
        }

        bool isSilent = assessment.IsSendingDisabled == true;
        string domain = PowerShellText.Quote(dns.Domain.ToString());
        if (dns.PassesAnybody)
        {
            string why = isSilent ? Sentences.Fill(Strings.DirectSend_StepPolicySilentWhy, dns.Domain) : Strings.DirectSend_StepPolicyWhy;
            Add(assessment, steps, Strings.DirectSend_StepPolicy, why, Sentences.Fill("Test-SpfRecord {0} | Format-List", domain));
        }
        else if ((isSilent ? NextStep.OfSilent(dns.Dmarc, false) : NextStep.Of(dns.Dmarc)) is { } next)
        {
            string why = isSilent ? Sentences.Fill(Strings.DirectSend_StepPolicySilentWhy, dns.Domain)
                : next.Tightens ? Strings.DirectSend_StepPolicyWhy
                : Strings.DirectSend_StepReportsWhy;
            string? mailbox = isSilent || next.Tightens || !dns.Dmarc.LacksReportDomain
                ? null
                : Sentences.Fill(Strings.Policy_NoReportMailbox, dns.Domain);
            string? where = kind == MicrosoftDomainKind.Initial ? Sentences.Fill(Strings.Microsoft_InitialDmarc, dns.Domain) : null;
            Add(
                assessment,
                steps,
                next.Tightens ? Strings.DirectSend_StepPolicy : Strings.DirectSend_StepReports,
                Sentences.Join(why, mailbox, where),
                next.Builder is { } builder
                    ? Sentences.Fill(
                        "Get-DmarcRecord {0} | New-DmarcRecord{1}", domain, RecordParameters.Write(builder))
                    : "");
        }
    }

    private static void Add(DirectSendAssessment assessment, List<DirectSendStep> steps, string title, string why, string command) =>
        steps.Add(new DirectSendStep(assessment.Dns.Domain.ToString(), steps.Count + 1, title, why, command));
}
