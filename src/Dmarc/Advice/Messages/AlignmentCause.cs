namespace Dmarc.Advice.Messages;

/// <summary>The main reason for a result, by name.</summary>
public enum AlignmentCause
{
    /// <summary>No problem.</summary>
    None,

    /// <summary>There is no From field, or none with a domain.</summary>
    NoAuthorDomain,

    /// <summary>There are several From fields, or one with several domains.</summary>
    SeveralAuthorDomains,

    /// <summary>A deciding look-up failed.</summary>
    LookupFailed,

    /// <summary>No DMARC record applies.</summary>
    NoRecord,

    /// <summary>Direct Send: sent unauthenticated to the recipient's own Microsoft 365, impersonating it.</summary>
    DirectSend,

    /// <summary>Only the strict mode prevents alignment of an identifier in the same organisation.</summary>
    StrictMode,

    /// <summary>The key of the author's signature is revoked.</summary>
    KeyRevoked,

    /// <summary>The key of the author's signature is missing in DNS, or unusable.</summary>
    KeyMissing,

    /// <summary>The author's signature has expired.</summary>
    SignatureExpired,

    /// <summary>A mailing list or gateway changed the message, which broke the author's signature.</summary>
    Rewritten,

    /// <summary>The author's signature does not match the message, for an unknown reason.</summary>
    SignatureBroken,

    /// <summary>The message was forwarded, so SPF checked the forwarder.</summary>
    Forwarded,

    /// <summary>A service sends in the author's name, but signs or sends with its own domain.</summary>
    ThirdPartySender,

    /// <summary>Only the HELO name passes SPF, which does not count.</summary>
    HeloOnly,

    /// <summary>The sending host is not in the author domain's SPF record, and there is no signature.</summary>
    SenderNotInSpf,

    /// <summary>Nothing connects the message with the author domain.</summary>
    Spoofing,

    /// <summary>There is no DKIM signature of the author domain.</summary>
    NoDkim,

    /// <summary>Too little is known about the message.</summary>
    TooLittleKnown,

    /// <summary>Mail within an Exchange organisation, for which DMARC is not evaluated.</summary>
    InternalMail,

    /// <summary>The given envelope sender consists of several addresses.</summary>
    SeveralSenders,
}
