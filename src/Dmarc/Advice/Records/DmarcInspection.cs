using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The input of the rules: the search result, and additional answers.</summary>
internal sealed record DmarcInspection
{
    /// <summary>The search result; null for a text without a domain.</summary>
    public DmarcDiscovery? Discovery { get; init; }

    /// <summary>The record given as text; null if a domain was searched.</summary>
    public DmarcRecord? Text { get; init; }

    /// <summary>The domain of a given text; null if unknown.</summary>
    public DomainName? TextDomain { get; init; }

    /// <summary>The inspected record; null if there is none.</summary>
    public DmarcRecord? Record => Discovery is null ? Text : Discovery.Record;

    /// <summary>The domain of the record; null if unknown.</summary>
    public DomainName? RecordDomain => Discovery is null ? TextDomain : Discovery.RecordDomain;

    /// <summary>Organizational Domains without DNS.</summary>
    public required IOrganizationalDomainSource Suffixes { get; init; }

    /// <summary>The answers from wrong names; null if these were not queried.</summary>
    public DmarcProbes? Probes { get; init; }

    public PrintableList<DmarcReportAuthorization> Authorizations { get; init; } = PrintableList<DmarcReportAuthorization>.Empty;

    /// <summary>The record if receivers read its tags: there is only one, and it is not void.</summary>
    public DmarcRecord? ValidRecord => Record is { Validity: DmarcRecordValidity.Valid } ? Record : null;

    /// <summary>The position of a tag in the record; null if it is missing.</summary>
    public int? PositionOf(string tag) => Record?.Find(tag)?.Position;

    /// <summary>Finds a tag in the record of an inspection.</summary>
    public static Func<DmarcInspection, int?> At(string tag) => inspection => inspection.PositionOf(tag);
}
