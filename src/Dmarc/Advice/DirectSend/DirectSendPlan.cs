using System.Net;
using System.Net.Sockets;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
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
        DirectSendVerdict verdict = assessment.Judgement.Verdict;
        if (verdict is DirectSendVerdict.NotApplicable or DirectSendVerdict.Unknown)
        {
            return PrintableList<DirectSendStep>.Empty;
        }

        List<(string Title, string Reason, string Command)> steps = [];
        if (verdict != DirectSendVerdict.Protected)
        {
            steps.Add(Find(assessment.Dns.Domain));
            steps.AddRange(Connectors(assessment));
            steps.AddRange(assessment.OpenConnectors.Select(Narrow));
        }

        // Before the switch: without a connector, the switch would refuse the domain's own mail through the gateway.
        steps.AddRange(Lock(assessment));
        steps.AddRange(GatewayConnector(assessment));
        if (verdict != DirectSendVerdict.Protected)
        {
            steps.AddRange(Switch(assessment));
        }

        steps.AddRange(Signing(assessment));
        steps.AddRange(Policy(assessment));
        string domain = assessment.Dns.Domain.ToString();
        if (steps.Count > 0)
        {
            steps.Add((Strings.DirectSend_StepVerify, Strings.DirectSend_StepVerifyWhy, Sentences.Fill(
                "Test-DirectSendExposure {0} -OrganizationConfig (Get-OrganizationConfig) -InboundConnector (Get-InboundConnector) -TransportRule (Get-TransportRule) "
                + "-AcceptedDomain (Get-AcceptedDomain) -DkimSigningConfig (Get-DkimSigningConfig)",
                PowerShellText.Quote(domain))));
        }

        return steps
            .Select((step, index) => new DirectSendStep(domain, index + 1, step.Title, step.Reason, step.Command))
            .ToPrintableList();
    }

    /// <summary>One trace can span at most ten days.</summary>
    private static (string Title, string Reason, string Command) Find(DomainName domain) => (
        Strings.DirectSend_StepFind,
        Sentences.Fill(Strings.DirectSend_StepFindWhy, domain),
        Sentences.Fill(
            "$trace = Get-MessageTraceV2 -StartDate (Get-Date).AddDays(-10) -EndDate (Get-Date) -SenderAddress {0} -RecipientAddress {0} -ResultSize 5000\n"
            + "Test-DirectSendExposure {1} -MessageTrace $trace | Select-Object -ExpandProperty Evidence",
            PowerShellText.Quote("*@" + domain),
            PowerShellText.Quote(domain.ToString())));

    /// <summary>
    /// Only addresses that SPF authorises get a connector. A signature vouches for the message, not for the address,
    /// which may belong to a forwarder open to everybody.
    /// </summary>
    private static IEnumerable<(string Title, string Reason, string Command)> Connectors(
        DirectSendAssessment assessment)
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
            yield return (
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
            string others = string.Join(", ", addresses.Select(address => address.ToString()).Except(listed).Take(5));
            yield return (
                Strings.DirectSend_StepCertificate, Sentences.Fill(Strings.DirectSend_StepCertificateWhy, others), "");
        }
    }

    private static (string Title, string Reason, string Command) Narrow(InboundConnectorFacts connector) => (
        Sentences.Fill(Strings.DirectSend_StepNarrow, connector.Name),
        Strings.DirectSend_StepNarrowWhy,
        Sentences.Fill(
            "Get-InboundConnector -Identity {0} | Format-List Name, Enabled, ConnectorType, SenderDomains, SenderIPAddresses, TlsSenderCertificateName, Comment\n"
            + "Set-InboundConnector -Identity {0} -Enabled $false",
            PowerShellText.Quote(connector.Name)));

    private static IEnumerable<(string Title, string Reason, string Command)> Switch(DirectSendAssessment assessment)
    {
        if (assessment.Settings.RejectDirectSend != true)
        {
            yield return (
                Strings.DirectSend_StepSwitch,
                Strings.DirectSend_StepSwitchWhy,
                "Set-OrganizationConfig -RejectDirectSend $true\nGet-OrganizationConfig | Select-Object Identity, RejectDirectSend");
        }

        if (assessment.AcceptedParent is { } parent)
        {
            yield return (
                Strings.DirectSend_StepAccept,
                Sentences.Fill(Strings.DirectSend_StepAcceptWhy, assessment.Dns.Domain),
                Sentences.Fill(
                    "Get-AcceptedDomain -Identity {0} | Format-List DomainName, DomainType, MatchSubDomains",
                    PowerShellText.Quote(parent.ToString())));
        }
    }

    private static IEnumerable<(string Title, string Reason, string Command)> Lock(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        if (assessment.IsBehindGateway && !assessment.Locks.Any() && !assessment.LockingRules.Any())
        {
            yield return (
                Strings.DirectSend_StepLock,
                Sentences.Fill(Strings.DirectSend_StepLockWhy, dns.FrontService ?? dns.FrontHost),
                assessment.Tenant.DisabledLock is { } disabled
                    ? Sentences.Fill(
                        "Set-InboundConnector -Identity {0} -Enabled $true", PowerShellText.Quote(disabled.Name))
                    : NewGatewayConnector(Strings.DirectSend_LockName, "$true"));
        }
    }

    /// <summary>For a gateway on only some mail exchanges, or a locking rule: a connector that admits it.</summary>
    private static IEnumerable<(string Title, string Reason, string Command)> GatewayConnector(
        DirectSendAssessment assessment)
    {
        bool isNeeded = assessment.Dns.Route == MailRoute.Mixed || (assessment.IsBehindGateway && assessment.LockingRules.Any());
        bool isThere = assessment.Tenant.Connectors?.Any(connector =>
            connector is { Enabled: true, TakesAnybody: false } && connector.IsFor(assessment.Dns.Domain)) == true;
        if (isNeeded
            && !isThere
            && assessment.Dns.FrontHost is { } front
            && (assessment.Settings.RejectDirectSend != true || assessment.Tenant.Connectors is not null))
        {
            yield return (
                Strings.DirectSend_StepGateway,
                Sentences.Fill(Strings.DirectSend_StepGatewayWhy, assessment.Dns.FrontService ?? front),
                NewGatewayConnector(Strings.DirectSend_GatewayConnectorName, "$false"));
        }
    }

    private static string NewGatewayConnector(string name, string restricts) => Sentences.Fill(
        "if (-not $gatewayAddresses) {{ throw {0} }}\n"
        + "New-InboundConnector -Name {1} -ConnectorType Partner -SenderDomains '*' -SenderIPAddresses $gatewayAddresses -RestrictDomainsToIPAddresses {2} -RequireTls $true",
        PowerShellText.Quote(Strings.DirectSend_GatewayAddressesNeeded),
        PowerShellText.Quote(name),
        restricts);

    private static IEnumerable<(string Title, string Reason, string Command)> Signing(DirectSendAssessment assessment)
    {
        if (assessment.IsSigningKnown && assessment.DkimSigning is not { Enabled: true })
        {
            yield return (
                Strings.DirectSend_StepSigning,
                Strings.DirectSend_StepSigningWhy,
                Sentences.Fill(
                    assessment.DkimSigning is null
                        ? "New-DkimSigningConfig -DomainName {0} -Enabled $true"
                        : "Set-DkimSigningConfig -Identity {0} -Enabled $true",
                    PowerShellText.Quote(assessment.Dns.Domain.ToString())));
        }
    }

    /// <summary>The next DMARC step, as in an audit and the rollout, or the SPF step if SPF passes everybody.</summary>
    private static IEnumerable<(string Title, string Reason, string Command)> Policy(DirectSendAssessment assessment)
    {
        DirectSendDnsFacts dns = assessment.Dns;
        MicrosoftDomainKind kind = MicrosoftDomains.KindOf(dns.Domain);
        if (dns.IsEnforced != false
            || !(dns.HasEndpoint == true || assessment.IsAccepted == true)
            || kind is MicrosoftDomainKind.Routing or MicrosoftDomainKind.Provider)
        {
            yield break;
        }

        bool isSilent = assessment.IsSendingDisabled == true;
        string domain = PowerShellText.Quote(dns.Domain.ToString());
        string tightens = isSilent
            ? Sentences.Fill(Strings.DirectSend_StepPolicySilentWhy, dns.Domain)
            : Strings.DirectSend_StepPolicyWhy;
        if (dns.PassesAnybody)
        {
            yield return (
                Strings.DirectSend_StepPolicy, tightens, Sentences.Fill("Test-SpfRecord {0} | Format-List", domain));
        }
        else if ((isSilent ? NextStep.OfSilent(dns.Dmarc, false) : NextStep.Of(dns.Dmarc)) is { } next)
        {
            string? mailbox = isSilent || next.Tightens || !dns.Dmarc.LacksReportDomain
                ? null
                : Sentences.Fill(Strings.Policy_NoReportMailbox, dns.Domain);
            string? where = kind == MicrosoftDomainKind.Initial ? Sentences.Fill(Strings.Microsoft_InitialDmarc, dns.Domain) : null;
            yield return (
                next.Tightens ? Strings.DirectSend_StepPolicy : Strings.DirectSend_StepReports,
                Sentences.Join(
                    isSilent || next.Tightens ? tightens : Strings.DirectSend_StepReportsWhy, mailbox, where),
                next.Builder is { } builder
                    ? Sentences.Fill("Get-DmarcRecord {0} | New-DmarcRecord{1}", domain, ParametersOf(builder))
                    : "");
        }
    }

    /// <summary>
    /// The change of a DMARC record as parameters of <c>New-DmarcRecord</c>, each preceded by a space.
    /// </summary>
    private static string ParametersOf(DmarcRecordBuilder builder) => string.Concat(
        new[]
        {
            ("Stage", builder.Stage?.ToString()),
            ("Policy", builder.Policy?.ToString()),
            ("SubdomainPolicy", builder.SubdomainPolicy?.ToString()),
            ("NonexistentSubdomainPolicy", builder.NonexistentSubdomainPolicy?.ToString()),
            ("AggregateReportUri", builder.AggregateReportUri is { } uris ? PowerShellText.Quote(uris) : null),
        }
        .Where(parameter => parameter.Item2 is not null)
        .Select(parameter => " -" + parameter.Item1 + " " + parameter.Item2));
}
