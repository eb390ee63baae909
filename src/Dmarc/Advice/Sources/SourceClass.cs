namespace Dmarc.Advice.Sources;

/// <summary>The class of a source that sends mail in a domain's name.</summary>
public enum SourceClass
{
    /// <summary>Unknown, probably spoofing: nothing connects it with the domain.</summary>
    Unknown,

    /// <summary>A sender whose mail (nearly) all aligns.</summary>
    AlignedSender,

    /// <summary>A known or authorised service whose mail does not align yet.</summary>
    KnownServiceNotAligned,

    /// <summary>A forwarder or mailing list that relays mail of the domain.</summary>
    Forwarder,

    /// <summary>A sender of the organisation itself that is missing from the domain's SPF record.</summary>
    OwnNetworkMissingFromSpf,
}
