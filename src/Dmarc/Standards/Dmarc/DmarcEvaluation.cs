namespace Dmarc.Standards.Dmarc;

/// <summary>The DMARC result of a message (RFC 9989 §9.1).</summary>
public enum DmarcResult
{
    /// <summary>No record applies, so there is no DMARC result.</summary>
    None,

    /// <summary>An authenticated identifier is aligned with the Author Domain.</summary>
    Pass,

    /// <summary>No authenticated identifier is aligned.</summary>
    Fail,

    /// <summary>A deciding look-up failed temporarily.</summary>
    TempError,

    /// <summary>There is not exactly one Author Domain.</summary>
    PermError,
}

/// <summary>A domain evaluated by SPF or for a DKIM signature.</summary>
/// <param name="Domain">The domain of MAIL FROM, or the signing domain (d=).</param>
/// <param name="Result">The result.</param>
/// <param name="Selector">The selector of a signature; empty for SPF.</param>
internal sealed record AuthenticatedIdentifier(DomainName Domain, AuthenticationResult Result, string Selector = "");

/// <summary>Why an identifier is or is not aligned with the Author Domain (RFC 9989 §4.4).</summary>
internal enum IdentifierAlignmentCause
{
    /// <summary>It is the Author Domain itself.</summary>
    SameDomain,

    /// <summary>It has the same Organizational Domain, and the mode is relaxed.</summary>
    SameOrganizationalDomain,

    /// <summary>Not aligned: it did not authenticate.</summary>
    NotAuthenticated,

    /// <summary>Not aligned: it is another domain of the same organisation, and the mode is strict.</summary>
    StrictMode,

    /// <summary>Not aligned: it belongs to another Organizational Domain.</summary>
    OtherOrganizationalDomain,

    /// <summary>Unknown: a look-up for its Organizational Domain failed.</summary>
    LookupFailed,

    /// <summary>Not aligned, because no record applies.</summary>
    NoRecord,

    /// <summary>Unknown: not examined, because there are too many identifiers.</summary>
    NotExamined,
}

/// <summary>One identifier and whether it is aligned with the Author Domain.</summary>
/// <param name="Identifier">The identifier.</param>
/// <param name="Aligned">True if authenticated and aligned; null if a look-up failed or it was not examined.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Reason">The cause as a sentence.</param>
internal sealed record IdentifierAlignment(AuthenticatedIdentifier Identifier, bool? Aligned, IdentifierAlignmentCause Cause, string Reason)
{
    /// <summary>The cause as a sentence.</summary>
    public override string ToString() => Reason;
}

/// <summary>The DMARC evaluation of a message (RFC 9989 §5.3).</summary>
internal sealed record DmarcEvaluation
{
    /// <summary>The domain of the From field.</summary>
    public DomainName AuthorDomain => Discovery.Domain;

    /// <summary>The result.</summary>
    public required DmarcResult Result { get; init; }

    /// <summary>The record found, and how.</summary>
    public required DmarcDiscovery Discovery { get; init; }

    /// <summary>The policy for the Author Domain, before test mode and pct; null if no record applies.</summary>
    public DmarcPolicy? Policy => Discovery.Policy;

    /// <summary>The tag that the policy comes from: p, sp or np; empty if no record applies.</summary>
    public string PolicyTag => Discovery.PolicyTag;

    /// <summary>The policy after test mode and pct, for mail that fails; null if no record applies.</summary>
    public DmarcPolicy? AppliedPolicy => Discovery.AppliedPolicy;

    /// <summary>The handling that the record requests for this message: none unless the result is fail.</summary>
    public DmarcPolicy Disposition => Result == DmarcResult.Fail ? AppliedPolicy ?? DmarcPolicy.None : DmarcPolicy.None;

    /// <summary>The domain whose record applies; null if none does.</summary>
    public DomainName? PolicyDomain => Discovery.Policy is null ? null : Discovery.RecordDomain;

    /// <summary>The Organizational Domain of the Author Domain; null if a look-up failed.</summary>
    public DomainName? OrganizationalDomain => Discovery.OrganizationalDomain;

    /// <summary>The SPF identifiers, in the order given.</summary>
    public PrintableList<IdentifierAlignment> Spf { get; init; } = PrintableList<IdentifierAlignment>.Empty;

    /// <summary>The DKIM identifiers, in the order given.</summary>
    public PrintableList<IdentifierAlignment> Dkim { get; init; } = PrintableList<IdentifierAlignment>.Empty;

    /// <summary>The number of identifiers not examined, because there are too many.</summary>
    public int NotExamined => Spf.Concat(Dkim).Count(alignment => alignment.Cause == IdentifierAlignmentCause.NotExamined);
}
