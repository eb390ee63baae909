using System.Net;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Determines the SPF result: evaluated for a given client address; else from a trusted receiver, then from the
/// top-most header, then evaluated for an address in the header; else unknown.
/// </summary>
internal sealed class SpfEvidenceFinder(IDnsResolver resolver, MessageAssessorOptions options)
{
    private readonly SpfRecordCache _records = new();
    private readonly SpfEvaluator _evaluator = new(resolver, new SpfEvaluatorOptions { Clock = options.Clock, Explains = false });

    public async Task<SpfEvidence> FindAsync(
        AssessedMessage message, MessageTraits traits, ReceiverHeaders headers, CancellationToken cancellationToken)
    {
        IPAddress? known = options.IPAddress ?? message.ClientAddress;
        string? sender = (options.MailFrom ?? message.MailFrom) is { } given ? EnvelopeAddress.Read(given) : null;
        string? returnPath = EnvelopeAddress.IsSeveral(traits.ReturnPath) ? FindMailFrom(headers) ?? traits.ReturnPath : traits.ReturnPath;
        if (sender is null ? EnvelopeAddress.IsSeveral(returnPath) : EnvelopeAddress.IsUnreadable(sender))
        {
            return Unreadable((sender ?? returnPath)!);
        }

        SpfEvidence envelope = new()
        {
            MailFrom = sender ?? returnPath ?? FindMailFrom(headers),
            Helo = options.Helo ?? headers.Helo,
            Address = known ?? headers.ClientAddress,
        };
        if (known is not null)
        {
            return await EvaluateAsync(envelope, EvidenceSource.Checked, cancellationToken).ConfigureAwait(false);
        }

        envelope = envelope with { PassingHelo = HeloOf(headers, envelope.IsNullSender) };
        SpfEvidence? written = FromHeaders(envelope, headers);
        bool isDoubtful = written is { Source: EvidenceSource.UnverifiedReceiver }
            && ((written.Passes && message.IsWhole) || Contradicts(written, traits, headers));
        if (written is null || isDoubtful)
        {
            // Unverified results do not make a complete message pass, nor does the address in them.
            ReceivedHeader? hop = headers.EdgeHop;
            SpfEvidence seen = isDoubtful || (message.IsWhole && hop is not null && !headers.IsTrusted)
                ? envelope with { Address = hop?.ClientAddress, Helo = options.Helo ?? hop?.Helo ?? envelope.Helo }
                : envelope;
            return await EvaluateAsync(seen, EvidenceSource.CheckedFromHeader, cancellationToken).ConfigureAwait(false);
        }

        return await AddCurrentAsync(written, cancellationToken).ConfigureAwait(false);
    }

    public async Task<SpfEvidence> FindAsync(MessageIdentifiers identifiers, CancellationToken cancellationToken)
    {
        string? mailFrom = identifiers.MailFrom is { } written ? EnvelopeAddress.Read(written) : null;
        if (EnvelopeAddress.IsUnreadable(mailFrom))
        {
            return Unreadable(mailFrom!);
        }

        SpfEvidence given = new()
        {
            MailFrom = mailFrom,
            Helo = options.Helo,
            Address = options.IPAddress,
            Domain = EnvelopeAddress.DomainOf(mailFrom is { Length: 0 } ? options.Helo : mailFrom),
        };
        if (identifiers.SpfResult is { } result)
        {
            return await AddCurrentAsync(
                given with { Result = result, Source = EvidenceSource.Given }, cancellationToken).ConfigureAwait(false);
        }

        return options.IPAddress is null
            ? given
            : await EvaluateAsync(given, EvidenceSource.Checked, cancellationToken).ConfigureAwait(false);
    }

    private static SpfEvidence Unreadable(string mailFrom) =>
        new() { MailFrom = mailFrom, Result = AuthenticationResult.PermError, Source = EvidenceSource.Given, IsUnreadable = true };

    private static string? FindMailFrom(ReceiverHeaders headers)
    {
        MethodResult? spf = headers.Results.FirstOrDefault(IsOfMailFrom);
        string? written = spf?.GetProperty("smtp.mailfrom") ?? headers.ReceivedSpf?.EnvelopeFrom ?? headers.EdgeHop?.EnvelopeFrom;
        return written is null ? null : EnvelopeAddress.Trim(written);
    }

    /// <summary>True if the statement contradicts Return-Path, or has an address that no Received field has.</summary>
    private static bool Contradicts(SpfEvidence written, MessageTraits traits, ReceiverHeaders headers)
    {
        DomainName? returned = EnvelopeAddress.DomainOf(traits.ReturnPath);
        IPAddress? address = headers.Find(AuthenticationMethod.Spf)?.ClientAddress ?? headers.ReceivedSpf?.ClientAddress;
        IPAddress[] seen = [.. traits.Received.Select(hop => hop.ClientAddress).OfType<IPAddress>().Where(PublicAddress.Is)];
        return (returned is not null && written.Domain is not null && returned != written.Domain)
            || (address is not null && seen.Length > 0 && Array.IndexOf(seen, address) < 0);
    }

    private static bool IsOfMailFrom(MethodResult result) =>
        result.Method == AuthenticationMethod.Spf
            && (result.GetProperty("smtp.helo") is null || result.GetProperty("smtp.mailfrom") is { Length: > 0 });

    private static bool IsOfHelo(MethodResult result) =>
        result.Method == AuthenticationMethod.Spf && result.GetProperty("smtp.helo") is not null && !IsOfMailFrom(result);

    /// <summary>The result that a receiver reported, a trusted one first.</summary>
    private static SpfEvidence? FromHeaders(SpfEvidence envelope, ReceiverHeaders headers)
    {
        SpfEvidence? fromResults = FromResults(envelope, headers);
        SpfEvidence? fromReceivedSpf = FromReceivedSpf(envelope, headers);
        return headers.IsTrusted || !headers.IsReceivedSpfTrusted ? fromResults ?? fromReceivedSpf : fromReceivedSpf;
    }

    private static SpfEvidence? FromResults(SpfEvidence envelope, ReceiverHeaders headers)
    {
        MethodResult? helo = headers.Results.FirstOrDefault(IsOfHelo);
        MethodResult? spf = headers.Results.FirstOrDefault(IsOfMailFrom) ?? (envelope.IsNullSender ? helo : null);

        // A HELO result says nothing about MAIL FROM, which is then evaluated.
        return spf?.Outcome.StandardOrNull() is not { } result ? null : envelope with
        {
            Result = result,
            Domain = EnvelopeAddress.DomainOf(spf.Domain) ?? IdentityDomain(envelope),
            Source = headers.Source,
            Server = headers.Server,
        };
    }

    private static SpfEvidence? FromReceivedSpf(SpfEvidence envelope, ReceiverHeaders headers)
    {
        ReceivedSpf? field = headers.ReceivedSpf is { Identity: SpfIdentity.Helo } && !envelope.IsNullSender
            ? null
            : headers.ReceivedSpf;
        return field?.Outcome.StandardOrNull() is not { } result ? null : envelope with
        {
            Result = result,
            Domain = EnvelopeAddress.DomainOf(field.Domain) ?? IdentityDomain(envelope),
            Source = headers.IsReceivedSpfTrusted ? EvidenceSource.TrustedReceiver : EvidenceSource.UnverifiedReceiver,
            Server = field.Receiver ?? "",
        };
    }

    /// <summary>The HELO name if the receiver reported that it passes beside another MAIL FROM.</summary>
    private static DomainName? HeloOf(ReceiverHeaders headers, bool isNullSender)
    {
        MethodResult? helo = headers.Results.FirstOrDefault(IsOfHelo);
        return isNullSender ? null
            : helo is { Outcome: AuthenticationResult.Pass } ? EnvelopeAddress.DomainOf(helo.Domain)
            : headers.ReceivedSpf is { Identity: SpfIdentity.Helo, Outcome: AuthenticationResult.Pass } field
                ? EnvelopeAddress.DomainOf(field.Helo)
            : null;
    }

    private static DomainName? IdentityDomain(SpfEvidence envelope) =>
        EnvelopeAddress.DomainOf(envelope.IsNullSender ? envelope.Helo : envelope.MailFrom);

    private async Task<SpfEvidence> EvaluateAsync(SpfEvidence envelope, EvidenceSource source, CancellationToken cancellationToken)
    {
        if (envelope.Address is not { } address
            || envelope.MailFrom is null
            || (envelope.IsNullSender && string.IsNullOrEmpty(envelope.Helo)))
        {
            return envelope with { Domain = IdentityDomain(envelope) };
        }

        Task<DomainName?> passingHelo = FindPassingHeloAsync(envelope, address, cancellationToken);
        SpfEvaluation evaluation = await _evaluator
            .CheckHostAsync(address, envelope.MailFrom, envelope.Helo, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        DomainName? helo = await passingHelo.ConfigureAwait(false);
        return envelope with
        {
            Result = evaluation.Result,
            Domain = EnvelopeAddress.DomainOf(evaluation.Domain),
            Source = source,
            Evaluation = evaluation,
            PassingHelo = evaluation.Result == AuthenticationResult.Pass ? null : helo ?? envelope.PassingHelo,
        };
    }

    /// <summary>The current evaluation shows if the record has since been corrected, and which term decides.</summary>
    private async Task<SpfEvidence> AddCurrentAsync(SpfEvidence written, CancellationToken cancellationToken)
    {
        if (written.Passes)
        {
            return written;
        }

        SpfEvidence current = await EvaluateAsync(written, written.Source, cancellationToken).ConfigureAwait(false);
        return written with
        {
            Evaluation = current.Evaluation,
            PassingHelo = written.PassingHelo ?? current.PassingHelo,
            Published = current.Evaluation is null
                && written is { Result: AuthenticationResult.None or AuthenticationResult.PermError, Domain: { } domain }
                ? await FindPublishedAsync(domain, cancellationToken).ConfigureAwait(false)
                : null,
        };
    }

    /// <summary>Whether a domain currently has an SPF record: without an address no more can be evaluated.</summary>
    private async Task<SpfRecordStatus> FindPublishedAsync(DomainName domain, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync(domain.ToString(), DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        SpfRecord? record = _records.Select(response, out int count);
        return !response.Status.IsAnswer() ? SpfRecordStatus.DnsFailure
            : count == 0 ? SpfRecordStatus.NotFound
            : record is null ? SpfRecordStatus.Multiple
            : record.IsValid ? SpfRecordStatus.Found
            : SpfRecordStatus.Invalid;
    }

    /// <summary>The HELO identity alone, which receivers may check (RFC 7208 §2.3) and DMARC ignores.</summary>
    private async Task<DomainName?> FindPassingHeloAsync(SpfEvidence envelope, IPAddress address, CancellationToken cancellationToken)
    {
        if (envelope.IsNullSender || EnvelopeAddress.DomainOf(envelope.Helo) is not { LabelCount: > 1 } helo)
        {
            return null;
        }

        SpfEvaluation evaluation = await _evaluator.CheckHostAsync(
            address, null, helo.ToString(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return evaluation.Result == AuthenticationResult.Pass ? helo : null;
    }
}
