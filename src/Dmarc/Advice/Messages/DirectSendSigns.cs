using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>Detects signs of Exchange Online in a message sent to it without authentication.</summary>
internal static class DirectSendSigns
{
    /// <summary>True if Exchange reports an unauthenticated sender.</summary>
    public static bool IsAnonymousAtMicrosoft(ReceiverHeaders headers)
    {
        // Mail through one's own gateway took the normal path: its sender is the host before it, or the gateway itself.
        if (headers.Side is { Gateway: not null } or { IsFromOwnExchange: true })
        {
            return false;
        }

        // Copied headers often lack Exchange's internal fields; its verdict on a spoofed own domain says the same.
        if (headers.Exchange is not { } exchange
            || exchange is { AuthAs: ExchangeAuthAs.Unknown, CrossTenantAuthAs: ExchangeAuthAs.Unknown })
        {
            return headers.Forefront?.Direction == ForefrontDirection.Inbound && IsOwnDomainVerdict(headers);
        }

        return exchange.Directionality != ExchangeDirectionality.Originating
            && (exchange.AuthAs == ExchangeAuthAs.Anonymous
                || exchange is { AuthAs: ExchangeAuthAs.Unknown, CrossTenantAuthAs: ExchangeAuthAs.Anonymous })
            && (headers.Forefront is not null || ServerGroup.IsMicrosoft(headers.EdgeHop?.By));
    }

    /// <summary>True if Exchange reports that the author's domain is the recipient's own, wrongly used.</summary>
    public static bool IsOwnDomainVerdict(ReceiverHeaders headers) =>
        headers.Find(AuthenticationMethod.CompAuth)?.CompositeReason?.Kind
            is CompositeReasonKind.OwnDomainExplicitFailure or CompositeReasonKind.OwnDomainImplicitFailure;
}
