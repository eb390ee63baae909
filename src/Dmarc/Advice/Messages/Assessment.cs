using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>Everything that was found out about a message: what the rules and the story look at.</summary>
internal sealed record Assessment
{
    public required AuthorIdentity Author { get; init; }

    /// <summary>The message; null where only identifiers are known.</summary>
    public AssessedMessage? Message { get; init; }

    public MessageTraits Traits { get; init; } = new();

    public ReceiverHeaders Headers { get; init; } = ReceiverHeaders.None;

    public SpfEvidence Spf { get; init; } = SpfEvidence.Unknown;

    public PrintableList<DkimEvidence> Dkim { get; init; } = PrintableList<DkimEvidence>.Empty;

    /// <summary>How many signatures <see cref="Dkim"/> leaves out, because there are too many.</summary>
    public int SignaturesNotExamined { get; init; }

    /// <summary>How many results of signatures were given beyond the domains.</summary>
    public int DkimResultsWithoutDomain { get; init; }

    public ArcAlignmentResult? Arc { get; init; }

    /// <summary>What DMARC makes of it; null if there is no one Author Domain.</summary>
    public DmarcEvaluation? Evaluation { get; init; }

    /// <summary>The records of the domains of a From field with several; empty otherwise.</summary>
    public PrintableList<DmarcDiscovery> SeveralPolicies { get; init; } = PrintableList<DmarcDiscovery>.Empty;

    /// <summary>The result; null if what is not known could change it.</summary>
    public DmarcResult? Result { get; init; }

    /// <summary>Whether the SPF identifier counts; null if it was not evaluated.</summary>
    public IdentifierAlignment? SpfAlignment { get; init; }

    /// <summary>Whether each signature counts, in the order of <see cref="Dkim"/>; null for those that were not evaluated.</summary>
    public PrintableList<IdentifierAlignment?> DkimAlignments { get; init; } = PrintableList<IdentifierAlignment?>.Empty;

    public required IOrganizationalDomainSource Suffixes { get; init; }

    /// <summary>
    /// True for mail within an Exchange organisation, of which Exchange evaluates no DMARC. Its field is believed where Exchange took the
    /// message in, because it takes such fields away from what comes from outside. Of several that
    /// contradict each other one is a stranger's.
    /// </summary>
    public bool IsInternal =>
        Headers.Exchange?.AuthAs == ExchangeAuthAs.Internal
        && Message?.Message.GetHeaders("X-MS-Exchange-Organization-AuthAs")
            .Any(header => !string.Equals(header.Value.Trim(), "Internal", StringComparison.OrdinalIgnoreCase)) != true
        && Headers.Find(AuthenticationMethod.Dmarc)?.Outcome is null or AuthenticationResult.None or AuthenticationResult.Unknown
        && (Headers.Side.Hops.Count == 0 || ReceivingSide.IsOfExchange(Headers.Side.EdgeHop?.Field ?? Headers.Side.Hops[0].Field));

    public bool Fails => Result == DmarcResult.Fail;

    public bool Passes => Result == DmarcResult.Pass;

    public bool IsSpfAligned => SpfAlignment is { Aligned: true };

    public bool IsDkimAligned => DkimAlignments.Any(alignment => alignment is { Aligned: true });

    /// <summary>The signatures of the author's organisation, whatever became of them.</summary>
    public IEnumerable<DkimEvidence> AuthorSignatures => Dkim.Where(signature => IsOfAuthor(signature.Domain));

    /// <summary>What the first handler of an ARC chain saw; null if there is no chain.</summary>
    public AuthenticationResultsHeader? FirstSeen => Arc?.First is { } first && !IsOfSender(first) ? first : null;

    /// <summary>True if a domain is the author's, or of the author's organisation.</summary>
    public bool IsOfAuthor(DomainName? domain)
    {
        if (domain is null || Author.Domain is not { } author)
        {
            return false;
        }

        return domain == author
            || (Evaluation?.OrganizationalDomain is { } organization
                ? domain.IsEqualToOrBelow(organization)
                : Suffixes.GetOrganizationalDomain(domain) == Suffixes.GetOrganizationalDomain(author));
    }

    /// <summary>True if the first handler of an ARC chain saw the author's signature, or an aligned SPF pass.</summary>
    public bool PassedBefore(AuthenticationMethod method) =>
        FirstSeen?.GetResults(method).Any(result =>
            result.Outcome == AuthenticationResult.Pass && IsOfAuthor(EnvelopeAddress.DomainOf(result.Domain))) == true;

    /// <summary>What shows that the message was forwarded; null if nothing does.</summary>
    public string? Forwarding => Traits.Forwarding
        ?? (EnvelopeAddress.IsOfForwarder(Spf.MailFrom) ? Sentences.Fill(Strings.Align_RewrittenEnvelope, Spf.MailFrom) : null);

    /// <summary>Who handled the message between the author and the receiver, in words; null if nothing shows that anybody did.</summary>
    public string? Intermediary => Traits.List ?? Forwarding
        ?? (FirstSeen is { } first && (PassedBefore(AuthenticationMethod.Dkim) || PassedBefore(AuthenticationMethod.Spf))
            ? Sentences.Fill(Strings.Align_SealedBy, Arc?.Sealers.Count > 0 ? Arc.Sealers[0] : first.AuthServId)
            : null);

    /// <summary>True for the results in the seal that Exchange Online puts on mail sent from it: they name no client.</summary>
    private static bool IsOfSender(AuthenticationResultsHeader results) =>
        string.Equals(results.AuthServId, "mx.microsoft.com", StringComparison.OrdinalIgnoreCase)
        && results.GetResults(AuthenticationMethod.Spf).FirstOrDefault()
            is { Outcome: AuthenticationResult.Pass, ClientAddress: null };
}
