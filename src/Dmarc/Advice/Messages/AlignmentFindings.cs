using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>Why a message passes or fails DMARC, and what to change.</summary>
public static class AlignmentFindings
{
    /// <summary>There is no From field.</summary>
    public static readonly FindingDescriptor NoFrom = new("AlignNoFrom", Severity.Error, "RFC 9989 §5.3.1");

    /// <summary>The From field names no domain.</summary>
    public static readonly FindingDescriptor NoAuthorDomain = new("AlignNoAuthorDomain", Severity.Error, "RFC 9989 §5.3.1");

    /// <summary>There are several From fields.</summary>
    public static readonly FindingDescriptor SeveralFromFields = new("AlignSeveralFromFields", Severity.Error, "RFC 9989 §4.4");

    /// <summary>The From field has several domains.</summary>
    public static readonly FindingDescriptor SeveralAuthorDomains = new("AlignSeveralAuthorDomains", Severity.Error, "RFC 9989 §5.3.1");

    /// <summary>A look-up that decides failed.</summary>
    public static readonly FindingDescriptor LookupFailed = new("AlignLookupFailed", Severity.Error, "RFC 9989 §5.3.6");

    /// <summary>No DMARC record applies.</summary>
    public static readonly FindingDescriptor NoRecord = new("AlignNoRecord", Severity.Error, "RFC 9989 §5.3.2");

    /// <summary>There is a DMARC record, but receivers make nothing of it.</summary>
    public static readonly FindingDescriptor RecordUnusable = new("AlignRecordUnusable", Severity.Error, "RFC 9989 §4.10");

    /// <summary>Too little is known to tell pass from fail.</summary>
    public static readonly FindingDescriptor TooLittleKnown = new("AlignTooLittleKnown", Severity.Warning);

    /// <summary>The message came by Direct Send, with the organisation's own envelope sender.</summary>
    public static readonly FindingDescriptor DirectSend = new("AlignDirectSend", Severity.Error);

    /// <summary>The message came by Direct Send, with another envelope sender.</summary>
    public static readonly FindingDescriptor DirectSendByHeaderOnly = new("AlignDirectSendByHeaderOnly", Severity.Error);

    /// <summary>adkim=s keeps a signature of the same organisation from counting.</summary>
    public static readonly FindingDescriptor StrictDkim = new("AlignStrictDkim", Severity.Error, "RFC 9989 §4.4.1");

    /// <summary>aspf=s keeps an SPF pass of the same organisation from counting.</summary>
    public static readonly FindingDescriptor StrictSpf = new("AlignStrictSpf", Severity.Error, "RFC 9989 §4.4.2");

    /// <summary>The key of the author's signature is revoked.</summary>
    public static readonly FindingDescriptor KeyRevoked = new("AlignKeyRevoked", Severity.Error, "RFC 6376 §3.6.1");

    /// <summary>The key of the author's signature is not in DNS.</summary>
    public static readonly FindingDescriptor KeyMissing = new("AlignKeyMissing", Severity.Error, "RFC 6376 §6.1.2");

    /// <summary>The key of the author's signature cannot be used.</summary>
    public static readonly FindingDescriptor KeyUnusable = new("AlignKeyUnusable", Severity.Error, "RFC 6376 §6.1.2");

    /// <summary>The author's signature has expired.</summary>
    public static readonly FindingDescriptor SignatureExpired = new("AlignSignatureExpired", Severity.Error, "RFC 6376 §3.5");

    /// <summary>A list, forwarder or gateway changed the message.</summary>
    public static readonly FindingDescriptor Rewritten = new("AlignRewritten", Severity.Error, "RFC 9989 §7.4");

    /// <summary>A valid ARC chain says that the message passed before it was changed.</summary>
    public static readonly FindingDescriptor ArcVouches = new("AlignArcVouches", Severity.Information, "RFC 8617 §7.2");

    /// <summary>Microsoft let the message pass, because a sealer that the tenant trusts vouches for it.</summary>
    public static readonly FindingDescriptor ArcOverride = new("AlignArcOverride", Severity.Error, "RFC 8617 §7.2");

    /// <summary>The message was forwarded, and no signature carried it.</summary>
    public static readonly FindingDescriptor Forwarded = new("AlignForwarded", Severity.Error, "RFC 9989 §7.4");

    /// <summary>The message was forwarded, and a signature carried it.</summary>
    public static readonly FindingDescriptor ForwardedWithDkim = new("AlignForwardedWithDkim", Severity.Information, "RFC 9989 §7.4");

    /// <summary>The author's signature does not match the message.</summary>
    public static readonly FindingDescriptor SignatureBroken = new("AlignSignatureBroken", Severity.Error, "RFC 6376 §6.1.3");

    /// <summary>The author's signature was made with another key than the published one.</summary>
    public static readonly FindingDescriptor WrongKey = new("AlignWrongKey", Severity.Error, "RFC 6376 §6.1.3");

    /// <summary>The author's signature was made in a way that verifiers do not accept.</summary>
    public static readonly FindingDescriptor SignatureUnaccepted = new("AlignSignatureUnaccepted", Severity.Error, "RFC 6376 §6.1.1");

    /// <summary>DKIM carries the message, and the host is not in SPF of the author: forwarded, or forgotten.</summary>
    public static readonly FindingDescriptor ForwardedOrNotListed = new("AlignForwardedOrNotListed", Severity.Information, "RFC 7208 §2.6");

    /// <summary>The author's signature did not pass, and the message does not show why.</summary>
    public static readonly FindingDescriptor SignatureInvalid = new("AlignSignatureInvalid", Severity.Error, "RFC 6376 §6.1");

    /// <summary>Another domain than the author's signed.</summary>
    public static readonly FindingDescriptor ThirdParty = new("AlignThirdParty", Severity.Error, "RFC 9989 §5.1.6");

    /// <summary>A known service signed or sent with its own domain.</summary>
    public static readonly FindingDescriptor ThirdPartyService = new("AlignThirdPartyService", Severity.Error, "RFC 9989 §5.1.6");

    /// <summary>SPF passes for another organisation's envelope sender.</summary>
    public static readonly FindingDescriptor ForeignReturnPath = new("AlignForeignReturnPath", Severity.Information, "RFC 9989 §4.4.2");

    /// <summary>SPF passes for the HELO name only.</summary>
    public static readonly FindingDescriptor HeloOnly = new("AlignHeloOnly", Severity.Error, "RFC 9989 §4.4.2");

    /// <summary>The sending host is not in the SPF record.</summary>
    public static readonly FindingDescriptor SenderNotInSpf = new("AlignSenderNotInSpf", Severity.Error, "RFC 7208 §2.6");

    /// <summary>The sending host was not in the SPF record, and is now.</summary>
    public static readonly FindingDescriptor SenderInSpfNow = new("AlignSenderInSpfNow", Severity.Warning, "RFC 7208 §2.6");

    /// <summary>The envelope sender's domain has no SPF record.</summary>
    public static readonly FindingDescriptor SpfRecordMissing = new("AlignSpfRecordMissing", Severity.Error, "RFC 7208 §2.6.1");

    /// <summary>The envelope sender's SPF record cannot be evaluated.</summary>
    public static readonly FindingDescriptor SpfRecordBroken = new("AlignSpfRecordBroken", Severity.Error, "RFC 7208 §2.6.7");

    /// <summary>The author's domain did not sign.</summary>
    public static readonly FindingDescriptor NoDkim = new("AlignNoDkim", Severity.Error, "RFC 9989 §4.5");

    /// <summary>The message passes by SPF alone.</summary>
    public static readonly FindingDescriptor SpfAlone = new("AlignSpfAlone", Severity.Warning, "RFC 9989 §7.4");

    /// <summary>Nothing in the message has to do with the author, and the policy asks for action.</summary>
    public static readonly FindingDescriptor Spoofing = new("AlignSpoofing", Severity.Error);

    /// <summary>Nothing in the message has to do with the author, and the policy asks for nothing.</summary>
    public static readonly FindingDescriptor SpoofingUnprotected = new("AlignSpoofingUnprotected", Severity.Error, "RFC 9989 §4.7");

    /// <summary>The receiver's DMARC result is another than this one.</summary>
    public static readonly FindingDescriptor ReceiverDiffers = new("AlignReceiverDiffers", Severity.Warning);

    /// <summary>The receiver's words are used although nobody vouches for them.</summary>
    public static readonly FindingDescriptor ReceiverUnverified = new("AlignReceiverUnverified", Severity.Information, "RFC 8601 §7.1");

    /// <summary>No Authentication-Results field is of a server that is trusted.</summary>
    public static readonly FindingDescriptor TrustedServerAbsent = new("AlignTrustedServerAbsent", Severity.Warning, "RFC 8601 §5");

    /// <summary>Results of the receiver or of a trusted server stand where the sender can have written them.</summary>
    public static readonly FindingDescriptor ResultsOutOfPlace = new("AlignResultsOutOfPlace", Severity.Warning, "RFC 8601 §5");

    /// <summary>Mail within an Exchange organisation.</summary>
    public static readonly FindingDescriptor InternalMail = new("AlignInternalMail", Severity.Information);

    /// <summary>A server of the recipient's own in front handed the message on.</summary>
    public static readonly FindingDescriptor ThroughGateway = new("AlignThroughGateway", Severity.Information, "RFC 7208 §2.4");

    /// <summary>The same, and Microsoft 365 checked SPF with the address of that server.</summary>
    public static readonly FindingDescriptor ThroughGatewayUnfiltered = new("AlignThroughGatewayUnfiltered", Severity.Warning, "RFC 7208 §2.4");

    /// <summary>Microsoft's composite authentication failed although DMARC passed there.</summary>
    public static readonly FindingDescriptor CompositeFailed = new("AlignCompositeFailed", Severity.Warning);

    /// <summary>A signature leaves bytes at the end of the body unsigned.</summary>
    public static readonly FindingDescriptor UnsignedBody = new("AlignUnsignedBody", Severity.Warning, "RFC 6376 §8.2");

    /// <summary>A signature covers the body up to its present length, and lets text be added.</summary>
    public static readonly FindingDescriptor BodyLengthLimited = new("AlignBodyLengthLimited", Severity.Information, "RFC 6376 §8.2");

    /// <summary>There are too many signatures, and … were not examined.</summary>
    public static readonly FindingDescriptor IdentifiersNotExamined = new("AlignIdentifiersNotExamined", Severity.Warning, "RFC 6376 §6.1");

    /// <summary>What was given as the envelope sender is not one address.</summary>
    public static readonly FindingDescriptor MailFromUnreadable = new("AlignMailFromUnreadable", Severity.Error, "RFC 5321 §4.1.1.2");

    /// <summary>The message is the one that a journal report carries.</summary>
    public static readonly FindingDescriptor Journaled = new("AlignJournaled", Severity.Information);

    /// <summary>An Outlook file has no header as it was received.</summary>
    public static readonly FindingDescriptor NoTransportHeader = new("AlignNoTransportHeader", Severity.Warning);
}
