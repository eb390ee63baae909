using System.Net;
using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>Detects from the header of a message if Exchange Online accepted it from an unknown sender.</summary>
internal static class MessageTraffic
{
    /// <param name="message">The message.</param>
    /// <param name="recipients">The domains of the recipients in its header.</param>
    /// <param name="isOwn">True if Exchange reports that the author's domain is the recipient's.</param>
    public static TrafficObservation? Read(AssessedMessage message, out IReadOnlyList<DomainName> recipients, out bool isOwn)
    {
        MessageTraits traits = MessageTraits.Read(message.Message);
        ReceiverHeaders notes = ReceiverHeaders.Read(
            message.Message, ReceivingSide.Read(message.Message, traits, PublicSuffixList.Default), [], PublicSuffixList.Default);
        recipients = traits.RecipientDomains;
        isOwn = DirectSendSigns.IsOwnDomainVerdict(notes);
        if (!DirectSendSigns.IsAnonymousAtMicrosoft(notes)
            || notes.Forefront?.Direction is ForefrontDirection.Outbound or ForefrontDirection.Internal)
        {
            return null;
        }

        MethodResult? spf = notes.Find(AuthenticationMethod.Spf);
        string? sender = traits.ReturnPath ?? spf?.GetProperty("smtp.mailfrom");
        DomainName? author = AuthorIdentity.Read(message.Message).Domain;
        IPAddress? address = notes.Forefront?.ConnectingAddress ?? notes.ClientAddress;
        return new TrafficObservation
        {
            Kind = EvidenceKind.Message,
            SourceIP = address is null ? "" : AddressText.Plain(address).ToString(),
            ClientName = notes.Helo ?? "",
            Author = author,
            Sender = EnvelopeAddress.DomainOf(sender),
            IsSenderKnown = sender is not null,
            Spf = spf?.Outcome.StandardOrNull(),
            IsSigned = notes.Results.Any(result => result is { Method: AuthenticationMethod.Dkim, Outcome: AuthenticationResult.Pass }
                && author is not null
                && EnvelopeAddress.DomainOf(result.Domain) is { } signer
                && PublicSuffixList.Default.GetOrganizationalDomain(signer) == PublicSuffixList.Default.GetOrganizationalDomain(author)),
            IsCalledSpoof = isOwn,
            WasForwarded = traits.List is not null || traits.Forwarding is not null || EnvelopeAddress.IsOfForwarder(sender),
            WasTaken = true,
        };
    }
}
