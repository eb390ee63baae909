using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The differences between a proposed record and the published one.</summary>
public sealed record SpfComparison
{
    /// <summary>The status of the published record. If its look-up failed, gains and losses are unknown.</summary>
    public SpfRecordStatus PublishedStatus { get; init; }

    /// <summary>The failed look-up of the published record; null if it was answered.</summary>
    public DnsFailure? PublishedDnsFailure { get; init; }

    /// <summary>The status of the published record's look-up.</summary>
    public DnsStatus PublishedDnsStatus { get; init; }

    /// <summary>The record in DNS; empty if there is none; null if unknown (<see cref="PublishedStatus"/>).</summary>
    public required string? PublishedRecord { get; init; }

    /// <summary>The proposed record.</summary>
    public required string ProposedRecord { get; init; }

    /// <summary>The addresses that pass only with the proposed record.</summary>
    public PrintableList<AddressBlock> Gained { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>The addresses that pass only with the published record.</summary>
    public PrintableList<AddressBlock> Lost { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>The number of IPv4 addresses gained; null if unknown because a look-up failed.</summary>
    public long? IPv4Gained { get; init; }

    /// <summary>The number of IPv4 addresses lost; null if unknown because a look-up failed.</summary>
    public long? IPv4Lost { get; init; }

    /// <summary>The <see cref="SpfResult.LookupCount"/> of the published record.</summary>
    public int? LookupsBefore { get; init; }

    /// <summary>The <see cref="SpfResult.LookupCount"/> of the proposed record.</summary>
    public int? LookupsAfter { get; init; }

    /// <summary>The <see cref="SpfResult.VoidLookupCount"/> of the published record.</summary>
    public int? VoidLookupsBefore { get; init; }

    /// <summary>The <see cref="SpfResult.VoidLookupCount"/> of the proposed record.</summary>
    public int? VoidLookupsAfter { get; init; }

    /// <summary>The end of the published record; empty if it has no <c>all</c>; null if unknown.</summary>
    public string? AllBefore { get; init; }

    /// <summary>The end of the proposed record; empty if it has no <c>all</c>; null if unknown.</summary>
    public string? AllAfter { get; init; }

    /// <summary>The changes in one line.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Spf_Comparison,
        Gained.Count,
        Lost.Count,
        LookupsBefore?.ToString(CultureInfo.InvariantCulture) ?? "?",
        LookupsAfter?.ToString(CultureInfo.InvariantCulture) ?? "?");
}
