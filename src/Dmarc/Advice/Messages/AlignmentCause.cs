namespace Dmarc.Advice.Messages;

/// <summary>The main reason for a result, by name.</summary>
public enum AlignmentCause
{
    /// <summary>Nothing went wrong.</summary>
    None,

    /// <summary>There is no From field, or none with a domain.</summary>
    NoAuthorDomain,

    /// <summary>There are several From fields, or one with several domains.</summary>
    SeveralAuthorDomains,

    /// <summary>A look-up that decides failed.</summary>
    LookupFailed,

    /// <summary>No DMARC record applies.</summary>
    NoRecord,

    /// <summary>Direct Send: sent without authentication to the recipient's own Microsoft 365, in the name of that organisation.</summary>
    DirectSend,

    /// <summary>Only the mode strict keeps an identifier of the same organisation from counting.</summary>
    StrictMode,

    /// <summary>The key of the author's signature is revoked.</summary>
    KeyRevoked,

    /// <summary>The key of the author's signature is not in DNS, or cannot be used.</summary>
    KeyMissing,

    /// <summary>The author's signature has expired.</summary>
    SignatureExpired,

    /// <summary>A mailing list or gateway changed the message, so that the author's signature broke.</summary>
    Rewritten,

    /// <summary>The author's signature does not match the message, and nothing tells who changed it.</summary>
    SignatureBroken,

    /// <summary>The message was forwarded, so that SPF sees the forwarder.</summary>
    Forwarded,

    /// <summary>A service sends in the author's name and signs, or sends, with its own domain.</summary>
    ThirdPartySender,

    /// <summary>Only the HELO name passes SPF, which does not count.</summary>
    HeloOnly,

    /// <summary>The sending host is not in the author domain's SPF record, and there is no signature.</summary>
    SenderNotInSpf,

    /// <summary>Nothing in the message has to do with the author domain.</summary>
    Spoofing,

    /// <summary>There is no DKIM signature of the author domain.</summary>
    NoDkim,

    /// <summary>Too little is known of the message to tell.</summary>
    TooLittleKnown,

    /// <summary>Mail within an Exchange organisation, of which DMARC is not evaluated.</summary>
    InternalMail,

    /// <summary>What was given as the envelope sender is several addresses.</summary>
    SeveralSenders,
}
