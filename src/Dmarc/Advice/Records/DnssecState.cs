namespace Dmarc.Advice.Records;

/// <summary>Whether DNSSEC protects a domain's answers, according to the resolver.</summary>
public enum DnssecState
{
    /// <summary>Not checked.</summary>
    NotChecked,

    /// <summary>The resolver reports validated answers (the AD bit, RFC 4035 §3.2.3). Not verified here.</summary>
    Validated,

    /// <summary>The resolver validates, but not this domain: it is unsigned or not chained to the root.</summary>
    Unsigned,

    /// <summary>Unknown: the resolver does not validate, or the answer did not come from one.</summary>
    Unknown,
}
