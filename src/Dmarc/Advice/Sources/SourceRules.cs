using Dmarc.Catalogue;
using Dmarc.Standards;

namespace Dmarc.Advice.Sources;

/// <summary>The rules that classify a source. The first verdict counts; the last rule always has one.</summary>
internal static class SourceRules
{
    public static readonly Rule<SourceFacts, SourceVerdict>[] All =
    [
        // No conclusion is possible from mail without an evaluation.
        new("NotEvaluated", facts => facts.Evidence is { Messages: > 0, Evaluated: 0 },
            facts => facts.Verdict(SourceClass.Unknown, Strings.Sources_WhyNotEvaluated)),

        // SPF passed for the From domain when the reports were made, but its record lacks the source today.
        new(nameof(ListedNoMore), ListedNoMore),

        // The domain's SPF record lists the source, and nearly all mail passes.
        new("ListedSender", facts => facts.NearlyAllPass && facts.IsShare(facts.Evidence.SpfAligned, 50),
            facts => facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListed, facts.PassedText)),

        // The SPF record lacked the source when the reports were made, but has it today.
        new("ListedSince",
            facts => facts.Resolved?.SpfCovers == AuthenticationResult.Pass && facts.IsShare(facts.Evidence.OwnSpfRefused, 50) && facts.Evidence.IsRefusedAsFrom,
            facts => facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListedSince)),

        // Mail that fails although SPF or DKIM passes for a domain of the organisation, due to strict alignment or
        // another Organizational Domain at the receiver. Only the organisation can send it.
        new("PassedUnaligned", facts => !facts.NearlyAllPass && facts.IsShareOfFailed(facts.Evidence.PassedUnaligned, 25),
            facts => facts.Verdict(SourceClass.KnownServiceNotAligned, Strings.Sources_WhyPassedUnaligned)
                with { Remedy = facts.Fill(Strings.Sources_PassedUnalignedRemedy), NeedsWork = true }),
        new(nameof(OwnNetwork), OwnNetwork),

        // Receivers report that the mail was forwarded, came through a list, or has a trusted ARC chain.
        new("Override", facts => !facts.NearlyAllPass && facts.IsShareOfFailed(facts.Evidence.Forwarded, 25),
            facts => facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyOverride, facts.Evidence.Forwarded)
                with { Remedy = facts.Fill(Strings.Sources_ForwarderRemedy) }),

        // A service that only forwards mail.
        new("ForwardingService", facts => facts.Service is { IsForwarder: true },
            facts => facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyForwardingService, facts.ServiceName)
                with { Remedy = facts.NearlyAllPass ? "" : facts.Fill(Strings.Sources_ForwarderRemedy) }),

        // A service that signs with the domain. Its MAIL FROM may stay its own: one aligned identifier suffices.
        new("ServiceAligned", facts => facts is { NearlyAllPass: true, Service.IsShared: false },
            facts => facts.Verdict(
                SourceClass.AlignedSender, Strings.Sources_WhyServiceAligned, facts.ServiceName, facts.PassedText)),

        // The domain's signature arrives broken, and the envelope is foreign: a list, or a forwarder that changes
        // mail. A sending service with its own addresses more likely uses a wrong key.
        new("BrokenSignature",
            facts => !facts.NearlyAllPass
                && facts.IsShareOfFailed(facts.Evidence.BrokenSignature, 50)
                && facts.Service is null or { IsShared: true },
            facts => facts.Verdict(SourceClass.Forwarder, Strings.Sources_WhyBrokenSignature)
                with { Remedy = facts.Fill(Strings.Sources_ForwarderRemedy) }),

        // Mail through a service that passes only for foreign domains, apart from the service's own: another
        // customer of the service uses the domain's name.
        new("ForeignTenant",
            facts => facts is { Service: { } service, IsTied: false }
                && (service.IsShared || (!facts.PassesForService && facts.ForeignDomain is not null)),
            facts => facts.Verdict(
                SourceClass.Unknown,
                facts.ForeignDomain is null ? Strings.Sources_WhyUntied : Strings.Sources_WhyForeignTenant,
                facts.ServiceName,
                facts.ForeignDomain ?? "")
                with { Remedy = facts.Fill(Strings.Sources_UnknownRemedy) }),
        new(nameof(KnownService), KnownService),

        // A source in the SPF record, part of whose mail does not align.
        new("PartlyAligned", facts => !facts.NearlyAllPass && facts.IsShare(facts.Evidence.SpfAligned, 5),
            facts => facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyPartly, facts.PassedText)
                with { Remedy = facts.Fill(Strings.Sources_PartlyRemedy), NeedsWork = true }),

        // A source in the domain's SPF record, not a known service, whose mail does not align.
        new("Authorized", facts => facts is { NearlyAllPass: false, Service: null, Resolved.SpfCovers: AuthenticationResult.Pass },
            facts => facts.Verdict(SourceClass.KnownServiceNotAligned, Strings.Sources_WhyAuthorized)
                with { Remedy = facts.Fill(Strings.Sources_AuthorizedRemedy), NeedsWork = true }),

        // Signed mail without a conflicting SPF result: no SPF record, or a service that also signs with its own
        // domain.
        new("SigningSender",
            facts => facts.NearlyAllPass
                && ((!facts.IsShare(facts.Evidence.ForeignSpfPassed, 50) && !facts.IsShare(facts.Evidence.OwnSpfRefused, 50))
                    || (facts.SignsForItself && facts.Service is not { IsShared: true } && facts.Evidence.Forwarded == 0)),
            facts => facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhySigning, facts.PassedText)),

        // Mail with the domain's signature from a foreign network: it was forwarded.
        new("SignedElsewhere", facts => facts.IsShare(facts.Evidence.DkimAligned, 50),
            facts => facts.Verdict(
                SourceClass.Forwarder,
                facts.Service is not null ? Strings.Sources_WhySignedThrough
                    : facts.IsShare(facts.Evidence.OwnSpfRefused, 50) ? Strings.Sources_WhySignedUnlisted
                    : Strings.Sources_WhySignedElsewhere,
                facts.PassedText,
                facts.ServiceName)),

        // Nothing connects the source with the domain.
        new("NothingKnown", _ => true,
            facts => facts.Verdict(
                SourceClass.Unknown,
                facts.ForeignDomain is null ? Strings.Sources_WhyNothing : Strings.Sources_WhyForeign,
                facts.ForeignDomain ?? "")
                with { Remedy = facts.Fill(Strings.Sources_UnknownRemedy) }),
    ];

    private static SourceVerdict? ListedNoMore(SourceFacts facts)
    {
        SourceEvidence evidence = facts.Evidence;
        if (!facts.NearlyAllPass
            || facts.Resolved?.SpfCovers is not (AuthenticationResult.Fail or AuthenticationResult.SoftFail or AuthenticationResult.Neutral)
            || !facts.IsShare(evidence.SpfAligned, 50)
            || !evidence.IsPassedAsFrom)
        {
            return null;
        }

        string remedy = facts.Service is { SpfDomains.Count: > 0 } service
            ? facts.Fill(Strings.Sources_ServiceInclude, service.SpfDomains[0])
            : facts.Fill(Strings.Sources_OwnNetworkRemedy, facts.SpfTerm);
        return facts.IsShare(evidence.DkimAligned, 98)
            ? facts.Verdict(SourceClass.AlignedSender, Strings.Sources_WhyListedNoMoreSigned, facts.PassedText)
                with { Remedy = remedy }
            : facts.Verdict(
                facts.Service is null ? SourceClass.OwnNetworkMissingFromSpf : SourceClass.KnownServiceNotAligned,
                Strings.Sources_WhyListedNoMore) with { Remedy = remedy, NeedsWork = true };
    }

    /// <summary>A machine of the organisation missing from the SPF record: by its name, HELO or neighbours.</summary>
    private static SourceVerdict? OwnNetwork(SourceFacts facts)
    {
        SourceEvidence evidence = facts.Evidence;
        if (!facts.IsOwnNetwork
            || facts.Service is { IsShared: true } or { IsForwarder: true }
            || facts.Resolved?.SpfCovers == AuthenticationResult.Pass)
        {
            return null;
        }

        // A neighbour may be a stranger on a rented host, so the MAIL FROM must also be in the domain.
        bool refused = facts.IsShare(evidence.OwnSpfRefused, 50);
        bool named = facts.OwnName is not null || evidence.OwnHeloPassed > 0;
        if (!refused && (!named || facts.NearlyAllPass || facts.IsShare(evidence.ForeignSpfPassed, 50)))
        {
            return null;
        }

        string why = facts.OwnName is not null ? Strings.Sources_WhyOwnName
            : evidence.OwnHeloPassed > 0 ? Strings.Sources_WhyOwnHelo
            : Strings.Sources_WhyOwnNeighbour;
        return facts.Verdict(SourceClass.OwnNetworkMissingFromSpf, why, facts.OwnName ?? "") with
        {
            Remedy = facts.Fill(Strings.Sources_OwnNetworkRemedy, facts.SpfTerm),
            NeedsWork = evidence.Failed > 0,
        };
    }

    /// <summary>A known service whose mail passes only for its own domains, or none: what to set up there.</summary>
    private static SourceVerdict? KnownService(SourceFacts facts)
    {
        // Mail whose signature survives a mailbox provider was forwarded there.
        if (facts.NearlyAllPass
            || facts.Service is not { } service
            || (service.IsShared && facts.IsShare(facts.Evidence.DkimAligned, 50) && !facts.IsShare(facts.Evidence.SpfAligned, 5)))
        {
            return null;
        }

        string why = facts.Evidence.Passed > 0 ? Strings.Sources_WhyServicePartly
            : facts.IsShare(facts.Evidence.OwnSpfRefused, 50) ? Strings.Sources_WhyServiceUnlisted
            : Strings.Sources_WhyService;
        return facts.Verdict(SourceClass.KnownServiceNotAligned, why, service.Name, facts.PassedText) with
        {
            Remedy = ServiceRemedy(facts, service),
            NeedsWork = true,
        };
    }

    private static string ServiceRemedy(SourceFacts facts, SendingService service)
    {
        string signing = service.SigningSetUp.Length > 0
            ? facts.Fill(Strings.Sources_ServiceSigning, service.Name, service.SigningSetUp)
            : facts.Fill(Strings.Sources_ServiceSigningUnknown, service.Name);
        string returnPath = service.ReturnPath switch
        {
            CustomReturnPath.Possible => facts.Fill(Strings.Sources_ServiceReturnPath, service.ReturnPathSetUp),
            CustomReturnPath.Always when facts.Resolved?.SpfCovers == AuthenticationResult.Pass || service.SpfDomains.Count == 0 => "",
            CustomReturnPath.Always => facts.Fill(Strings.Sources_ServiceInclude, service.SpfDomains[0]),
            CustomReturnPath.NotPossible => Strings.Sources_ServiceNoReturnPath,
            _ => "",
        };
        return Sentences.Join(signing, returnPath);
    }
}
