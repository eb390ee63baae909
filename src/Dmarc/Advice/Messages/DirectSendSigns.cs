using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>What Exchange Online writes into a message that was handed to it without authentication.</summary>
internal static class DirectSendSigns
{
    /// <summary>True where Exchange says that it took the sender for nobody it knows.</summary>
    public static bool IsAnonymousAtMicrosoft(ReceiverHeaders headers)
    {
        // What a filter of one's own in front handed on came by the ordinary road: its sender is the host before it, or itself.
        if (headers.Side is { Gateway: not null } or { IsFromOwnExchange: true })
        {
            return false;
        }

        // Copied headers often lack what Exchange writes for itself; its verdict on an own domain from outside says the same.
        if (headers.Exchange is null or { AuthAs: ExchangeAuthAs.Unknown, CrossTenantAuthAs: ExchangeAuthAs.Unknown })
        {
            return headers.Forefront?.Direction == ForefrontDirection.Inbound && IsOwnDomainVerdict(headers);
        }

        if (headers.Exchange is not { } exchange || exchange.Directionality == ExchangeDirectionality.Originating)
        {
            return false;
        }

        ExchangeAuthAs authAs = exchange.AuthAs == ExchangeAuthAs.Unknown ? exchange.CrossTenantAuthAs : exchange.AuthAs;
        bool atMicrosoft = headers.Forefront is not null || ServerGroup.IsMicrosoft(headers.EdgeHop?.By);
        return authAs == ExchangeAuthAs.Anonymous && atMicrosoft;
    }

    /// <summary>True where Exchange says that the author's domain is one of the recipient's own, and that the message does not come from it.</summary>
    public static bool IsOwnDomainVerdict(ReceiverHeaders headers) =>
        headers.Find(AuthenticationMethod.CompAuth)?.CompositeReason?.Kind
            is CompositeReasonKind.OwnDomainExplicitFailure or CompositeReasonKind.OwnDomainImplicitFailure;
}
