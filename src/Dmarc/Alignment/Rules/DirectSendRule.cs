using Dmarc.AuthenticationResults;
using Dmarc.Domains;
using Dmarc.Policy;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// Direct Send: a message handed to the recipient's own Microsoft 365 without authentication, in the name of that
/// organisation. Exchange writes down that it took the sender for nobody it knows, and that the domain is its own.
/// </summary>
internal sealed class DirectSendRule : IAlignmentRule
{
    private static readonly string[] Endpoints = [".mail.protection.outlook.com", ".prod.outlook.com", ".mx.microsoft"];

    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Author.Domain is not { } author
            || assessment.Result is not (DmarcResult.Fail or DmarcResult.None)
            || assessment.IsSpfAligned
            || assessment.IsDkimAligned
            || !IsAnonymous(assessment.Notes)
            || !IsOwnDomain(assessment, author))
        {
            yield break;
        }

        string address = assessment.Spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress;
        yield return assessment.IsOfAuthor(assessment.Spf.Domain) || assessment.Spf.Domain is null
            ? new(AlignmentCause.DirectSend, Strings.Align_WhyDirectSend, AlignmentFindings.DirectSend.Create(author, address))
            : new(
                AlignmentCause.DirectSend,
                Strings.Align_WhyDirectSend,
                AlignmentFindings.DirectSendByHeaderOnly.Create(author, address, assessment.Spf.Domain));
    }

    private static bool IsAnonymous(ReceiverNotes notes)
    {
        // Copied headers often lack what Exchange writes for itself; its verdict on an own domain from outside says the same.
        if (notes.Exchange is null or { AuthAs: ExchangeAuthAs.Unknown, CrossTenantAuthAs: ExchangeAuthAs.Unknown })
        {
            return notes.Forefront?.Direction == ForefrontDirection.Inbound && IsOwnDomainVerdict(notes);
        }

        if (notes.Exchange is not { } exchange || exchange.Directionality == ExchangeDirectionality.Originating)
        {
            return false;
        }

        ExchangeAuthAs authAs = exchange.AuthAs == ExchangeAuthAs.Unknown ? exchange.CrossTenantAuthAs : exchange.AuthAs;
        bool atMicrosoft = notes.Forefront is not null || notes.Border?.By is { } host && IsEndpoint(host);
        return authAs == ExchangeAuthAs.Anonymous && atMicrosoft;
    }

    private static bool IsEndpoint(string host) => Array.Exists(Endpoints, end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static bool IsOwnDomainVerdict(ReceiverNotes notes) =>
        notes.Find(AuthenticationMethod.CompAuth)?.CompositeReason?.Kind
            is CompositeReasonKind.OwnDomainExplicitFailure or CompositeReasonKind.OwnDomainImplicitFailure;

    private static bool IsOwnDomain(Assessment assessment, DomainName author) =>
        IsOwnDomainVerdict(assessment.Notes)
        || assessment.Traits.RecipientDomains.Any(domain => domain == author);
}
