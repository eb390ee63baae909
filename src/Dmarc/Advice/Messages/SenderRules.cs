using Dmarc.Catalogue;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>The rules about who sent the message, and by which way it came.</summary>
internal static class SenderRules
{
    /// <summary>The categories with which Microsoft marks a forgery.</summary>
    private static readonly string[] ForgeryCategories = ["SPOOF", "PHSH", "HPHSH", "HPHISH", "UIMP", "DIMP", "GIMP", "INTOS"];

    /// <summary>
    /// Direct Send: a message handed to the recipient's own Microsoft 365 without authentication, in the name of that
    /// organisation. Exchange headers that it does not know the sender, and that the domain is its own.
    /// </summary>
    public static AlignmentDiagnosis? DirectSend(Assessment assessment)
    {
        if (assessment.Author.Domain is not { } author
            || assessment.Result is not (DmarcResult.Fail or DmarcResult.None)
            || assessment.IsSpfAligned
            || assessment.IsDkimAligned
            || !DirectSendSigns.IsAnonymousAtMicrosoft(assessment.Headers)
            || !(DirectSendSigns.IsOwnDomainVerdict(assessment.Headers) || assessment.Traits.RecipientDomains.Any(domain => domain == author)))
        {
            return null;
        }

        return new(
            AlignmentCause.DirectSend,
            Strings.Align_WhyDirectSend,
            assessment.IsOfAuthor(assessment.Spf.Domain) || assessment.Spf.Domain is null
                ? AlignmentFindings.DirectSend.Create(author, AddressOf(assessment))
                : AlignmentFindings.DirectSendByHeaderOnly.Create(author, AddressOf(assessment), assessment.Spf.Domain));
    }

    /// <summary>
    /// The message was forwarded: the receiver sees the forwarder's address, so SPF of the author cannot pass (RFC 9989 §7.4). A
    /// signature of the author survives that.
    /// </summary>
    public static AlignmentDiagnosis? Forwarded(Assessment assessment)
    {
        if (assessment.Passes
            && assessment.IsDkimAligned
            && assessment.Intermediary is null
            && assessment.Message is not null
            && assessment.Spf.Result is AuthenticationResult.Fail or AuthenticationResult.SoftFail
            && assessment.IsOfAuthor(assessment.Spf.Domain))
        {
            return new(
                AlignmentCause.Forwarded,
                Strings.Align_WhyForwardedOrNotListed,
                AlignmentFindings.ForwardedOrNotListed.Create(AddressOf(assessment), assessment.Spf.Domain));
        }

        if (assessment.IsSpfAligned
            || assessment.Traits.List is not null
            || assessment.Spf.Result is null
            || (assessment.Forwarding is null && !assessment.PassedBefore(AuthenticationMethod.Spf)))
        {
            return null;
        }

        string how = assessment.Intermediary ?? Strings.Align_AForwarder;
        return assessment.Passes
            ? new(AlignmentCause.Forwarded, Strings.Align_WhyForwardedPass, AlignmentFindings.ForwardedWithDkim.Create(how))
            : assessment.Fails
            ? new(
                AlignmentCause.Forwarded,
                Strings.Align_WhyForwarded,
                AlignmentFindings.Forwarded.Create(how, assessment.Author.Domain))
            : null;
    }

    /// <summary>
    /// A service sends in the author's name, and what passes is the service's own domain: its default signature, its
    /// bounces.
    /// </summary>
    public static IEnumerable<AlignmentDiagnosis> ThirdParty(Assessment assessment)
    {
        if (!assessment.Fails || assessment.Author.Domain is not { } author || assessment.Intermediary is not null)
        {
            yield break;
        }

        // The name of a tenant or customer says more than that of the network, if a message has both signatures.
        DomainName? signer = assessment.DkimAlignments
            .Where(alignment => alignment is { Cause: IdentifierAlignmentCause.OtherOrganizationalDomain })
            .Select(alignment => alignment!.Identifier.Domain)
            .FirstOrDefault();
        DomainName? bouncer = !assessment.Spf.IsNullSender
            && assessment.SpfAlignment is { Cause: IdentifierAlignmentCause.OtherOrganizationalDomain } spf
            ? spf.Identifier.Domain
            : null;
        SendingServices services = SendingServices.Default;
        SendingService? service = services.FindByDomain(signer?.ToString()) ?? services.FindByDomain(bouncer?.ToString());
        bool isService = signer is not null || service is not null;
        DomainName? domain = signer ?? bouncer;
        if (isService)
        {
            yield return service is null
                ? new(
                    AlignmentCause.ThirdPartySender,
                    Sentences.Fill(Strings.Align_WhyThirdParty, domain),
                    AlignmentFindings.ThirdParty.Create(domain, author))
                : new(
                    AlignmentCause.ThirdPartySender,
                    Sentences.Fill(Strings.Align_WhyThirdPartyService, domain, service.Name),
                    AlignmentFindings.ThirdPartyService.Create(
                        domain,
                        author,
                        service.Name,
                        service.SigningSetUp.Length > 0 ? service.SigningSetUp : Strings.Align_OwnDomainSetUp));
        }

        if (bouncer is not null)
        {
            Finding returnPath = AlignmentFindings.ForeignReturnPath.Create(bouncer, author);
            yield return isService
                ? new(AlignmentCause.ThirdPartySender, Sentences.Fill(Strings.Align_WhyThirdParty, bouncer), returnPath)
                : new(returnPath);
        }
    }

    /// <summary>
    /// A bounce or an automatic reply has no envelope sender that could be set: SPF checks the HELO name instead (RFC
    /// 7208 §2.4).
    /// </summary>
    public static AlignmentDiagnosis? NullSender(Assessment assessment) =>
        assessment is { Fails: true, Spf: { IsNullSender: true, Domain: { } helo }, Author.Domain: { } author }
            && !assessment.IsOfAuthor(helo)
            ? new(AlignmentFindings.NullSender.Create(helo, author))
            : null;

    /// <summary>SPF passes for the HELO name only: DMARC looks at MAIL FROM alone (RFC 9989 §4.4.2).</summary>
    public static AlignmentDiagnosis? HeloOnly(Assessment assessment)
    {
        // If MAIL FROM has a record that does not list the host, that record is what to correct.
        SpfEvidence spf = assessment.Spf;
        return assessment.Fails
            && spf.PassingHelo is { } helo
            && spf.Result is not (AuthenticationResult.Pass or AuthenticationResult.Fail or AuthenticationResult.SoftFail)
            && (spf.Result == AuthenticationResult.None || assessment.IsOfAuthor(helo))
            ? new(
                AlignmentCause.HeloOnly,
                Sentences.Fill(Strings.Align_WhyHeloOnly, helo),
                AlignmentFindings.HeloOnly.Create(
                    helo, spf.MailFrom is { Length: > 0 } mailFrom ? mailFrom : Strings.Align_AnUnknownSender, assessment.Author.Domain))
            : null;
    }

    /// <summary>MAIL FROM is of the author, but the sending host does not pass its SPF record.</summary>
    public static AlignmentDiagnosis? MissingSender(Assessment assessment)
    {
        SpfEvidence spf = assessment.Spf;
        if (!assessment.Fails
            || spf.Result is null or AuthenticationResult.Pass or AuthenticationResult.TempError
            || spf.Domain is not { } domain
            || !assessment.IsOfAuthor(domain)
            || assessment.Forwarding is not null)
        {
            return null;
        }

        string address = AddressOf(assessment);
        AuthenticationResult result = CurrentResult(spf);
        string written = spf.Result.Value.ToWord();
        string unconfirmed = Sentences.Fill(Strings.Align_WhySpfUnconfirmed, written, domain);
        (string why, Finding finding) = result switch
        {
            AuthenticationResult.None when spf.Published is SpfRecordStatus.Found =>
                (unconfirmed, AlignmentFindings.SpfRecordThereNow.Create(domain, written)),
            AuthenticationResult.TempError =>
                (unconfirmed, AlignmentFindings.SpfRecordUnknown.Create(domain, written)),
            AuthenticationResult.None =>
                (Sentences.Fill(Strings.Align_WhySpfNoRecord, domain), AlignmentFindings.SpfRecordMissing.Create(domain, address)),
            AuthenticationResult.PermError =>
                (Sentences.Fill(Strings.Align_WhySpfBroken, domain), AlignmentFindings.SpfRecordBroken.Create(domain, spf.Evaluation?.Problem ?? "")),
            _ => (Sentences.Fill(Strings.Align_WhyNotInSpf, address), NotListed(assessment, result, domain)),
        };
        return new(AlignmentCause.SenderNotInSpf, why, finding);
    }

    /// <summary>
    /// The result to go by. One that says something of the record (none, permerror) gives way to what DNS says of it
    /// now: neither that it is
    /// missing nor that it is broken is claimed unseen. None with a record that is there stands for a result that cannot be confirmed.
    /// </summary>
    private static AuthenticationResult CurrentResult(SpfEvidence spf) =>
        spf.Result is not (AuthenticationResult.None or AuthenticationResult.PermError) ? spf.Result!.Value
        : spf.Evaluation is { } evaluation ? evaluation.Result
        : spf.Published switch
        {
            SpfRecordStatus.Found or SpfRecordStatus.NotFound => AuthenticationResult.None,
            SpfRecordStatus.DnsFailure => AuthenticationResult.TempError,
            SpfRecordStatus.Multiple or SpfRecordStatus.Invalid => AuthenticationResult.PermError,
            _ => spf.Result.Value,
        };

    /// <summary>
    /// Nothing in the message belongs to the author's domain: no signature of it, no SPF pass, another envelope sender; or the
    /// receiver itself takes the message for a forgery.
    /// </summary>
    public static AlignmentDiagnosis? Spoofing(Assessment assessment)
    {
        if (!assessment.Fails
            || assessment.Author.Domain is not { } author
            || assessment.Intermediary is not null
            || assessment.AuthorSignatures.Any())
        {
            return null;
        }

        string? category = assessment.Headers.Forefront?.Category;
        bool isSuspected = category is not null
            && Array.Exists(ForgeryCategories, one => string.Equals(one, category, StringComparison.OrdinalIgnoreCase));
        bool isUnrelated = !assessment.Dkim.Any(signature => signature.Passes)
            && !assessment.Spf.Passes
            && !assessment.IsOfAuthor(assessment.Spf.Domain)
            && assessment.Message is not null;
        if (!isSuspected && !isUnrelated)
        {
            return null;
        }

        string treatment = (assessment.Evaluation?.Disposition ?? DmarcPolicy.None).ToKeyword();

        // With an empty envelope sender, SPF is about the HELO name, which does not count.
        string address = AddressOf(assessment);
        string step = Sentences.Fill(assessment.Spf.IsNullSender ? Strings.Align_StepSign : Strings.Align_StepSignAndList, address, author);
        return new(
            AlignmentCause.Spoofing,
            Strings.Align_WhySpoofing,
            assessment.Evaluation?.Disposition is DmarcPolicy.None
                ? AlignmentFindings.SpoofingUnprotected.Create(author, address, step)
                : AlignmentFindings.Spoofing.Create(author, address, treatment, step));
    }

    /// <summary>A server of the recipient in front handed the message on: SPF is about the host before it.</summary>
    public static AlignmentDiagnosis? Gateway(Assessment assessment)
    {
        if (assessment.IsInternal || assessment.Headers.Side is not { Gateway.Field: { } hop } side)
        {
            return null;
        }

        string name = hop.ReverseName ?? hop.From ?? hop.ClientAddress?.ToString() ?? Strings.Align_AnUnknownName;
        string sender = side.EdgeHop?.Field.ClientAddress?.ToString() ?? Strings.Align_AnUnknownAddress;
        bool isSeenByMicrosoft = ReceivingSide.IsOfExchange(hop)
            && assessment.Headers.All.SelectMany(field => field.KnownResults).Any(result => result.Method == AuthenticationMethod.Spf
                && result.ClientAddress is { } address && address.Equals(hop.ClientAddress));
        FindingDescriptor finding = isSeenByMicrosoft
            ? AlignmentFindings.ThroughGatewayUnfiltered
            : AlignmentFindings.ThroughGateway;
        return new(finding.Create(name, hop.ClientAddress, sender));
    }

    /// <summary>
    /// The client is a mail exchanger of a domain that To or Cc names: a gateway, or a host of the sender, who writes
    /// these fields.
    /// </summary>
    public static AlignmentDiagnosis? PossibleGateway(Assessment assessment) =>
        assessment is { IsInternal: false, Headers.Side: { PossibleGatewayDomain: { } domain, EdgeHop.Field: { } hop } }
            ? new(AlignmentFindings.PossibleGateway.Create(
                hop.ReverseName ?? hop.From ?? Strings.Align_AnUnknownName, hop.ClientAddress, domain))
            : null;

    /// <summary>
    /// Microsoft's composite authentication failed although what DMARC needs passed: DMARC does not bind Microsoft's
    /// own judgement.
    /// </summary>
    public static AlignmentDiagnosis? CompositeAuthentication(Assessment assessment)
    {
        ReceiverHeaders headers = assessment.Headers;
        if (headers.Find(AuthenticationMethod.CompAuth) is not { Outcome: AuthenticationResult.Fail, CompositeReason: { } reason }
            || assessment.Author.Domain is not { } author
            || !(Passed(AuthenticationMethod.Dmarc) || (Passed(AuthenticationMethod.Spf) && Passed(AuthenticationMethod.Dkim) && assessment.Passes)))
        {
            return null;
        }

        DmarcPolicy? policy = assessment.Evaluation?.AppliedPolicy;
        string record = policy switch
        {
            null => Sentences.Fill(Strings.Align_CompositeNoRecord, author),
            DmarcPolicy.None => Sentences.Fill(Strings.Align_CompositeWeakRecord, author),
            { } strong => Sentences.Fill(Strings.Align_CompositeStrongRecord, author, strong.ToKeyword()),
        };
        return new(AlignmentFindings.CompositeFailed.Create(author, reason.Code, reason.Description, record));

        bool Passed(AuthenticationMethod method) =>
            headers.Results.Any(result => result.Method == method && result.Outcome == AuthenticationResult.Pass);
    }

    private static Finding NotListed(Assessment assessment, AuthenticationResult result, DomainName domain)
    {
        SpfEvidence spf = assessment.Spf;
        string address = AddressOf(assessment);
        if (spf is { Source: not EvidenceSource.Checked and not EvidenceSource.CheckedFromHeader, Evaluation.Result: AuthenticationResult.Pass })
        {
            return AlignmentFindings.SenderInSpfNow.Create(address, domain);
        }

        string word = result.ToWord();
        string term = spf.Evaluation?.MatchedTerm is { Length: > 0 } matched ? Sentences.Fill(Strings.Align_ByTerm, matched) : "";
        return ServiceOf(assessment) is var (service, included)
            ? AlignmentFindings.ServiceNotInSpf.Create(address, domain, word, term, service, included)
            : AlignmentFindings.SenderNotInSpf.Create(address, domain, word, term);
    }

    /// <summary>
    /// The service that the client belongs to, and what its customers include: by a signature of its own that passes,
    /// or by the reverse name
    /// that the receiver looked up, never by the greeting. Null if it is not known, or if the record includes it already.
    /// </summary>
    private static (string Service, string Included)? ServiceOf(Assessment assessment)
    {
        SendingServices services = SendingServices.Default;
        string? host = assessment.Headers.EdgeHop is { } hop && !ReceivingSide.IsDoubted(hop) && hop.ReverseName is { } name
            ? name
            : assessment.Headers.Forefront?["PTR"];
        SendingService? service = services.FindByPtrName(host) ?? assessment.Dkim
            .Where(signature => signature.Passes)
            .Select(signature => services.FindByDkimDomain(signature.DomainText))
            .FirstOrDefault(found => found is not null);
        if (service is null or { IsForwarder: true } || service.SpfDomains.Count == 0)
        {
            return null;
        }

        // A service with several clouds has a record for each.
        DomainName? organization = DomainName.TryParse(host, out DomainName? parsed)
            ? assessment.Suffixes.GetOrganizationalDomain(parsed)
            : null;
        string included = service.SpfDomains.FirstOrDefault(own =>
            assessment.Suffixes.GetOrganizationalDomain(DomainName.Parse(own)) == organization)
            ?? service.SpfDomains[0];
        return assessment.Spf.Evaluation?.Record.IndexOf("include:" + included, StringComparison.OrdinalIgnoreCase) >= 0
            ? null
            : (service.Name, included);
    }

    private static string AddressOf(Assessment assessment) => assessment.Spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress;
}
