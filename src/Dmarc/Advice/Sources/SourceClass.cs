namespace Dmarc.Advice.Sources;

/// <summary>What a source of mail in a domain's name is.</summary>
public enum SourceClass
{
    /// <summary>Unknown, likely spoofing: nothing ties it to the domain.</summary>
    Unknown,

    /// <summary>A sender whose mail aligns, all of it or nearly.</summary>
    AlignedSender,

    /// <summary>A known service, or one that the domain authorises, whose mail does not align yet.</summary>
    KnownServiceNotAligned,

    /// <summary>A forwarder or mailing list that passes on mail of the domain.</summary>
    Forwarder,

    /// <summary>A sender of the organisation's own that the domain's SPF record lacks.</summary>
    OwnNetworkMissingFromSpf,
}
