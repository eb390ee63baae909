namespace Dmarc.Standards.MtaSts;

/// <summary>The mode that an MTA-STS policy requests from senders (RFC 8461 §5).</summary>
public enum MtaStsMode
{
    /// <summary>None: the policy is being withdrawn.</summary>
    None,

    /// <summary>Report failures, but deliver anyway.</summary>
    Testing,

    /// <summary>Do not deliver to hosts that the policy does not allow, or without valid TLS.</summary>
    Enforce,
}
