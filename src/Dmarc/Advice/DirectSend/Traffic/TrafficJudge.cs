using System.Net;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Reports;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>Classifies observed senders in the name of a domain as authorised or spoofing.</summary>
internal sealed class TrafficJudge(IDnsResolver resolver, TenantFacts tenant)
{
    private const int MaximumChecks = 10_000;
    private const int MaximumEvidence = 10_000;

    private readonly SpfEvaluator _evaluator = new(resolver, new SpfEvaluatorOptions { Explains = false, Traces = false });
    private readonly object _gate = new();
    private Task<AddressSet?>? _microsoft;

    /// <summary>Classifies the senders, ordered by number of messages.</summary>
    /// <returns>The evidence, and the number of messages of further senders.</returns>
    public async Task<(PrintableList<DirectSendEvidence> Evidence, long Unjudged)> JudgeAsync(
        DirectSendTraffic traffic, DomainName domain, CancellationToken cancellationToken)
    {
        (TrafficObservation Seen, long Count, string Source)[] seen = [.. traffic.Of(domain).OrderByDescending(one => one.Count)];
        if (seen.Length == 0)
        {
            return (PrintableList<DirectSendEvidence>.Empty, 0);
        }

        Task<IReadOnlyDictionary<AddressNumber, string>?> exchanges = GatewayAddresses.LookAsync(resolver, domain, cancellationToken);
        AddressSet? microsoft = await MicrosoftAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<AddressNumber, string>? gateway = await exchanges.ConfigureAwait(false);
        List<DirectSendEvidence> found = [];
        long unjudged = 0;
        Dictionary<(string Address, DomainName Sender), AuthenticationResult> checks = [];
        Dictionary<(string Address, string Name), string?> fronts = [];
        Dictionary<(TrafficObservation Seen, EvidenceVerdict Verdict, string Reason), int> places = [];
        foreach ((TrafficObservation observation, long count, string source) in seen)
        {
            if (found.Count == MaximumEvidence)
            {
                unjudged += count;
                continue;
            }

            bool hasAddress = AddressText.TryRead(observation.SourceIP, out IPAddress? address);
            bool? isMicrosofts = !hasAddress ? false : microsoft?.Contains(AddressNumber.From(address!));
            if (isMicrosofts == true && observation.Kind != EvidenceKind.Message)
            {
                // Mail from one tenant to another, or back to itself, is not Direct Send.
                continue;
            }

            AuthenticationResult? spf = observation.Spf;
            if (spf is null && hasAddress && observation.Sender is { } sender && isMicrosofts == false)
            {
                if (!checks.TryGetValue((observation.SourceIP, sender), out AuthenticationResult result) && checks.Count < MaximumChecks)
                {
                    SpfEvaluation evaluation = await _evaluator
                        .CheckHostAsync(address!, "postmaster@" + sender, null, sender, cancellationToken)
                        .ConfigureAwait(false);
                    result = evaluation.Result;
                    checks[(observation.SourceIP, sender)] = result;
                }

                spf = checks.TryGetValue((observation.SourceIP, sender), out result) ? result : null;
            }

            bool isOwnSender = observation.Sender is { } from && (from.IsEqualToOrBelow(domain) || tenant.Accepts(from) == true);
            InboundConnectorFacts? connector = hasAddress ? ConnectorOf(address!, observation) : null;
            (EvidenceVerdict verdict, string reason) = hasAddress
                && gateway is not null
                && gateway.TryGetValue(AddressNumber.From(address!), out string? host)
                ? (EvidenceVerdict.ThroughGateway, Sentences.Fill(Strings.DirectSend_SeenGateway, host, domain))
                : connector is not null
                ? (EvidenceVerdict.Legitimate, Sentences.Fill(Strings.DirectSend_SeenConnector, connector.Name))
                : Judge(observation, spf, isOwnSender, isMicrosofts);
            if (verdict == EvidenceVerdict.Spoof && gateway is null)
            {
                (verdict, reason) = (EvidenceVerdict.Unclear, Sentences.Fill(Strings.DirectSend_SeenGatewayUnknown, domain));
            }
            else if (verdict == EvidenceVerdict.Spoof && gateway!.Count > 0)
            {
                (string, string) key = (observation.SourceIP, observation.ClientName);
                if (!fronts.TryGetValue(key, out string? front) && fronts.Count < MaximumChecks)
                {
                    front = fronts[key] = await GatewayAddresses
                        .FindNameAsync(resolver, address!, observation.ClientName, gateway.Values, cancellationToken)
                        .ConfigureAwait(false);
                }

                (verdict, reason) = front is null
                    ? (verdict, reason)
                    : (EvidenceVerdict.ThroughGateway, Sentences.Fill(Strings.DirectSend_SeenGatewayHost, front, domain));
            }

            // Different HELO names do not make different senders.
            (TrafficObservation, EvidenceVerdict, string) same = (observation with { ClientName = "" }, verdict, reason);
            if (places.TryGetValue(same, out int place))
            {
                found[place] = found[place] with { Count = Saturating.Add(found[place].Count, count) };
                continue;
            }

            places[same] = found.Count;
            found.Add(new DirectSendEvidence
            {
                Kind = observation.Kind,
                SourceIP = observation.SourceIP,
                Count = count,
                Verdict = verdict,
                Reason = reason,
                SenderDomain = observation.Sender?.ToString() ?? "",
                FromDomain = observation.Author?.ToString() ?? "",
                IsStoppedBySwitch = connector is not null ? false : observation.IsSenderKnown ? isOwnSender : null,
                WasTaken = observation.WasTaken,
                Connector = connector?.Name ?? "",
                Spf = spf,
                Source = source,
            });
        }

        return (found.ToPrintableList(), unjudged);
    }

    /// <summary>The connector for mail of an address: for the organisation's own servers, or a partner's.</summary>
    private InboundConnectorFacts? ConnectorOf(IPAddress address, TrafficObservation seen) => tenant.Connectors?.FirstOrDefault(connector =>
        connector.Enabled
        && connector.Knows(address)
        && (connector.Type == InboundConnectorType.OnPremises || (seen.Sender is { } sender ? connector.IsFor(sender) : connector.IsForAllSenders)));

    private static (EvidenceVerdict Verdict, string Reason) Judge(
        TrafficObservation seen, AuthenticationResult? spf, bool isOwnSender, bool? isMicrosofts) =>
        isMicrosofts is null ? (EvidenceVerdict.Unclear, Strings.DirectSend_SeenMicrosoftUnknown)
        : isMicrosofts == true ? (EvidenceVerdict.Unclear, Strings.DirectSend_SeenFromMicrosoft)
        : isOwnSender && spf == AuthenticationResult.Pass
            ? (EvidenceVerdict.Legitimate, Sentences.Fill(Strings.DirectSend_SeenSpfPass, seen.Sender))
        : seen.IsSigned == true
            ? (EvidenceVerdict.Legitimate,
                isOwnSender ? Strings.DirectSend_SeenSigned : Strings.DirectSend_SeenSignedElsewhere)
        : seen.WasForwarded || (!isOwnSender && !seen.IsCalledSpoof)
            ? (EvidenceVerdict.Unclear,
                isOwnSender ? Strings.DirectSend_SeenForwarded : Strings.DirectSend_SeenHeaderOnly)
        : seen.IsCalledSpoof ? (EvidenceVerdict.Spoof, Strings.DirectSend_SeenCalledSpoof)
        : spf is AuthenticationResult.Fail or AuthenticationResult.SoftFail
            ? (EvidenceVerdict.Spoof, Sentences.Fill(
                seen.IsSigned is null ? Strings.DirectSend_SeenSpfFailUnsigned : Strings.DirectSend_SeenSpfFail,
                spf.Value.ToWord()))
        : (EvidenceVerdict.Unclear,
            Sentences.Fill(Strings.DirectSend_SeenSpfSilent, spf?.ToWord() ?? Strings.DirectSend_SpfNotKnown));

    /// <summary>Exchange Online's addresses, from its SPF record; null if the look-up failed. Queried once.</summary>
    private Task<AddressSet?> MicrosoftAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _microsoft ??= LookAsync(cancellationToken);
        }
    }

    private async Task<AddressSet?> LookAsync(CancellationToken cancellationToken)
    {
        SpfResult result = await new SpfAnalyzer(resolver)
            .AnalyzeAsync(
                DomainName.Parse(MicrosoftCloud.Worldwide.SpfDomain),
                new SpfAnalysisRequest { AsksLint = false },
                cancellationToken)
            .ConfigureAwait(false);
        return result.Status == SpfRecordStatus.DnsFailure ? null : AddressSet.Of(result.Networks);
    }
}
