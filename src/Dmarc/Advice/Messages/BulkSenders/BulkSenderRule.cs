namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>What large mailbox providers ask of those who send in bulk.</summary>
public enum BulkSenderRule
{
    /// <summary>SPF passes for the envelope sender.</summary>
    Spf,

    /// <summary>A DKIM signature is valid.</summary>
    Dkim,

    /// <summary>The domain has a DMARC record, at least with p=none.</summary>
    DmarcRecord,

    /// <summary>The author's domain is aligned with SPF or DKIM.</summary>
    Alignment,

    /// <summary>The sending address has a name, and the name the address (forward-confirmed reverse DNS).</summary>
    ReverseDns,

    /// <summary>The message was handed over with TLS.</summary>
    Tls,

    /// <summary>One can unsubscribe with one click, and a signature covers that (RFC 8058).</summary>
    OneClickUnsubscribe,

    /// <summary>The author's address is not one of a mailbox provider that the message did not come from.</summary>
    AuthorNotImpersonated,

    /// <summary>The header is as RFC 5322 §3.6 wants it: one From, one Date, one Message-ID.</summary>
    MessageFormat,
}

/// <summary>A provider of mailboxes with rules for bulk senders.</summary>
public enum MailboxProvider
{
    /// <summary>Gmail.</summary>
    Google,

    /// <summary>Yahoo and AOL.</summary>
    Yahoo,

    /// <summary>Outlook.com, Hotmail, Live and MSN.</summary>
    Microsoft,
}

/// <summary>Whether a rule is kept.</summary>
public enum BulkSenderOutcome
{
    /// <summary>It is.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Fail,

    /// <summary>The message does not show it.</summary>
    Unknown,

    /// <summary>The rule does not go for this message.</summary>
    NotApplicable,
}
