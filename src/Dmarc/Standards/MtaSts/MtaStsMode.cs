namespace Dmarc.Standards.MtaSts;

/// <summary>What an MTA-STS policy asks of senders (RFC 8461 §5).</summary>
public enum MtaStsMode
{
    /// <summary>Nothing: the policy is being withdrawn.</summary>
    None,

    /// <summary>To report failures, and deliver all the same.</summary>
    Testing,

    /// <summary>Not to deliver to hosts that the policy does not allow, or without valid TLS.</summary>
    Enforce,
}
