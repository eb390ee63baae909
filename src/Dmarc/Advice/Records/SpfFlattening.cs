using Dmarc.Dns.Zones;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>A record that authorises the same addresses as another without its look-ups.</summary>
public sealed record SpfFlattening
{
    /// <summary>The TXT records to publish: one if it fits into 450 bytes with its name, otherwise more.</summary>
    public required PrintableList<SpfZoneRecord> Records { get; init; }

    /// <summary>The blocks in these records; their number is minimal.</summary>
    public required PrintableList<SpfFlattenedNetwork> Networks { get; init; }

    /// <summary>The unchanged terms, which cannot be flattened.</summary>
    public PrintableList<string> KeptTerms { get; init; } = PrintableList<string>.Empty;

    /// <summary>The names whose current answers became part of the records.</summary>
    public PrintableList<string> FrozenNames { get; init; } = PrintableList<string>.Empty;

    /// <summary>The <see cref="SpfResult.LookupCount"/> of the original record.</summary>
    public int? LookupsBefore { get; init; }

    /// <summary>The look-ups of the flattened record, including those of unchanged terms.</summary>
    public int LookupsAfter { get; init; }

    /// <summary>The records as lines of a zone file.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Records);
}

/// <summary>A TXT record to publish.</summary>
/// <param name="Name">The owner name, without the final dot.</param>
/// <param name="Value">The text.</param>
public sealed record SpfZoneRecord(string Name, string Value)
{
    /// <summary>The record as a line of a zone file, in character-strings of at most 255 octets.</summary>
    public override string ToString() => ZoneLine.Write(Name, null, Value);
}

/// <summary>A block of a flattened record.</summary>
/// <param name="Network">The block.</param>
/// <param name="Qualifier">The result.</param>
/// <param name="Terms">The original terms, as <c>domain: term</c>; several if their addresses were merged.</param>
public sealed record SpfFlattenedNetwork(AddressBlock Network, SpfQualifier Qualifier, PrintableList<string> Terms)
{
    /// <summary>The block with its original terms.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1})", Network, string.Join(", ", Terms));
}
