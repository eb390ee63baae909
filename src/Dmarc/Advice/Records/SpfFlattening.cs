using System.Globalization;
using Dmarc.Dns.Zones;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A record that authorises the same addresses as another without its look-ups.</summary>
public sealed record SpfFlattening
{
    /// <summary>The TXT records to publish: one where it fits in 450 bytes with its name, otherwise the domain's own and those that it includes.</summary>
    public required PrintableList<SpfZoneRecord> Records { get; init; }

    /// <summary>The blocks in these records, the fewest that there can be.</summary>
    public required PrintableList<SpfFlattenedNetwork> Networks { get; init; }

    /// <summary>The terms that stay as they were, because they cannot be flattened.</summary>
    public PrintableList<string> KeptTerms { get; init; } = PrintableList<string>.Empty;

    /// <summary>The names whose answers of this moment were taken into the records.</summary>
    public PrintableList<string> FrozenNames { get; init; } = PrintableList<string>.Empty;

    /// <summary>The look-ups of the record before, as <see cref="SpfResult.LookupCount"/> has them.</summary>
    public int? LookupsBefore { get; init; }

    /// <summary>The look-ups of the record after, those of kept terms included.</summary>
    public int LookupsAfter { get; init; }

    /// <summary>The records as lines of a zone file.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Records);
}

/// <summary>A TXT record to publish.</summary>
/// <param name="Name">Its owner name, without the final dot.</param>
/// <param name="Value">Its text.</param>
public sealed record SpfZoneRecord(string Name, string Value)
{
    /// <summary>The record as a line of a zone file, in character-strings of at most 255 octets.</summary>
    public override string ToString() => ZoneLine.Write(Name, null, Value);
}

/// <summary>A block of a flattened record.</summary>
/// <param name="Network">The block.</param>
/// <param name="Qualifier">What it results in.</param>
/// <param name="Terms">The terms that it came from, as <c>domain: term</c>; several where it joins what they authorise.</param>
public sealed record SpfFlattenedNetwork(AddressBlock Network, SpfQualifier Qualifier, PrintableList<string> Terms)
{
    /// <summary>The block with the terms that it came from.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1})", Network, string.Join(", ", Terms));
}
