namespace Dmarc.Advice.Audit;

/// <summary>The use of a domain in mail.</summary>
public enum SendingProfile
{
    /// <summary>Unknown: the deciding look-ups failed or were skipped.</summary>
    Unknown,

    /// <summary>It sends mail.</summary>
    Sends,

    /// <summary>It has mailboxes, but declares that it sends no mail.</summary>
    ReceivesOnly,

    /// <summary>It is not used for mail.</summary>
    Parked,
}
