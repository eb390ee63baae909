namespace Dmarc.Advice.Records;

/// <summary>Whether DNSSEC protects a domain's answers, as far as the resolver that was asked says so.</summary>
public enum DnssecState
{
    /// <summary>It was not looked at.</summary>
    NotChecked,

    /// <summary>The resolver says that it validated the answers (the AD bit, RFC 4035 §3.2.3). Its word is taken for it.</summary>
    Validated,

    /// <summary>The resolver validates, and does not say so for this domain: its zone is not signed, or not chained to the root.</summary>
    Unsigned,

    /// <summary>The resolver does not tell: it does not validate, or the answer did not come from one.</summary>
    Unknown,
}
