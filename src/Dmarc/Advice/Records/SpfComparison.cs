using System.Globalization;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What a proposed record changes against the one that is published.</summary>
public sealed record SpfComparison
{
    /// <summary>What is published. Where the look-up failed, nothing is gained or lost as far as is known, and a finding says so.</summary>
    public SpfRecordStatus PublishedStatus { get; init; }

    /// <summary>How the look-up of the published record failed; null if it was answered.</summary>
    public DnsFailure? PublishedDnsFailure { get; init; }

    /// <summary>How the look-up of the published record ended.</summary>
    public DnsStatus PublishedDnsStatus { get; init; }

    /// <summary>The record in DNS; empty if there is none; null if that is not known (<see cref="PublishedStatus"/>).</summary>
    public required string? PublishedRecord { get; init; }

    /// <summary>The record that was given.</summary>
    public required string ProposedRecord { get; init; }

    /// <summary>The addresses that pass with the proposed record only.</summary>
    public PrintableList<AddressBlock> Gained { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>The addresses that pass with the published record only.</summary>
    public PrintableList<AddressBlock> Lost { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>How many IPv4 addresses are gained; null if a look-up failed, so that it is not known.</summary>
    public long? IPv4Gained { get; init; }

    /// <summary>How many IPv4 addresses are lost; null if a look-up failed, so that it is not known.</summary>
    public long? IPv4Lost { get; init; }

    /// <summary>The look-ups of the published record, as <see cref="SpfResult.LookupCount"/> has them.</summary>
    public int? LookupsBefore { get; init; }

    /// <summary>The look-ups of the proposed record, as <see cref="SpfResult.LookupCount"/> has them.</summary>
    public int? LookupsAfter { get; init; }

    /// <summary>The void look-ups of the published record, as <see cref="SpfResult.VoidLookupCount"/> has them.</summary>
    public int? VoidLookupsBefore { get; init; }

    /// <summary>The void look-ups of the proposed record, as <see cref="SpfResult.VoidLookupCount"/> has them.</summary>
    public int? VoidLookupsAfter { get; init; }

    /// <summary>How the published record ends; empty if it has no <c>all</c>; null if that is not known.</summary>
    public string? AllBefore { get; init; }

    /// <summary>How the proposed record ends; empty if it has no <c>all</c>; null if that is not known.</summary>
    public string? AllAfter { get; init; }

    /// <summary>The change in a line.</summary>
    public override string ToString() => Sentences.Fill(
        Strings.Spf_Comparison,
        Gained.Count,
        Lost.Count,
        LookupsBefore?.ToString(CultureInfo.InvariantCulture) ?? "?",
        LookupsAfter?.ToString(CultureInfo.InvariantCulture) ?? "?");
}
