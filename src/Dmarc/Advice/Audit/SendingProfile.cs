namespace Dmarc.Advice.Audit;

/// <summary>What a domain is used for in mail.</summary>
public enum SendingProfile
{
    /// <summary>Not known: the look-ups that tell failed or were left out.</summary>
    Unknown,

    /// <summary>Mail is sent in its name.</summary>
    Sends,

    /// <summary>It has mailboxes, but says that no mail is sent in its name.</summary>
    ReceivesOnly,

    /// <summary>It is not used for mail at all.</summary>
    Parked,
}
