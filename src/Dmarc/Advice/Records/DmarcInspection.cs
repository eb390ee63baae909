using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Everything that the rules look at: what was found, and what was asked beside it.</summary>
internal sealed record DmarcInspection
{
    /// <summary>What the search found; null if a text was given and no domain.</summary>
    public DmarcDiscovery? Discovery { get; init; }

    /// <summary>The record that was given as text; null if a domain was searched.</summary>
    public DmarcRecord? Text { get; init; }

    /// <summary>The domain that a text is meant for; null if it is not known.</summary>
    public DomainName? TextDomain { get; init; }

    /// <summary>The record that is looked at; null if there is none.</summary>
    public DmarcRecord? Record => Discovery is null ? Text : Discovery.Record;

    /// <summary>The domain of the record; null if it is not known.</summary>
    public DomainName? RecordDomain => Discovery is null ? TextDomain : Discovery.RecordDomain;

    /// <summary>Organizational Domains without DNS.</summary>
    public required IOrganizationalDomainSource Suffixes { get; init; }

    /// <summary>The answers from wrong names; null if they were not asked.</summary>
    public DmarcProbes? Probes { get; init; }

    public PrintableList<DmarcReportAuthorization> Authorizations { get; init; } = PrintableList<DmarcReportAuthorization>.Empty;

    /// <summary>The record where receivers read its tags: it is one, and not void.</summary>
    public DmarcRecord? ValidRecord => Record is { Validity: DmarcRecordValidity.Valid } ? Record : null;

    /// <summary>Where a tag begins in the record; null if it is not there.</summary>
    public int? PositionOf(string tag) => Record?.Find(tag)?.Position;
}
