using System.Net;
using System.Runtime.CompilerServices;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Known facts about sources without queries: owners and countries of networks from earlier look-ups or a table, and
/// classes from rows. Caches the last addresses. Not thread-safe.
/// </summary>
internal sealed class SourceKnowledge : ISourceKnowledge
{
    private const int Size = 1 << 12;
    private readonly (string? Address, string Owner, string Country)[] _known = new (string?, string, string)[Size];
    private readonly Dictionary<string, SourceResult> _resolved = new(StringComparer.OrdinalIgnoreCase);
    private readonly SourceAccumulator _accumulator = new();
    private readonly NetworkTable? _table;
    private Dictionary<(string Address, string From), string>? _classes;

    /// <summary>Creates the knowledge from earlier results.</summary>
    public SourceKnowledge(IEnumerable<SourceResult>? resolved = null, NetworkTable? table = null)
    {
        _table = table;
        foreach (SourceResult result in resolved ?? [])
        {
            _resolved[result.SourceIP] = result;
        }
    }

    /// <summary>True if no network is known.</summary>
    public bool IsEmpty => _table is null && _resolved.Count == 0;

    /// <inheritdoc/>
    public long RowsWithoutClass => _accumulator.RowsLeftOut;

    /// <summary>The look-up result of an address; null if there is none.</summary>
    /// <param name="address">The address in canonical form.</param>
    public SourceResult? ResultOf(string address) => _resolved.TryGetValue(address, out SourceResult? result) ? result : null;

    /// <summary>The owner of an address's network, or the number of its autonomous system; empty if unknown.</summary>
    /// <param name="address">The address in canonical form.</param>
    public string OwnerOf(string address) => Of(address).Owner;

    /// <inheritdoc/>
    public string CountryOf(string address) => Of(address).Country;

    /// <inheritdoc/>
    public void Add(AggregateReportRow row)
    {
        _accumulator.Add(row);
        _classes = null;
    }

    /// <summary>The name of the source's <see cref="SourceClass"/> by all added rows; empty beyond the limit.</summary>
    /// <param name="address">The address as in the rows.</param>
    /// <param name="headerFrom">The From domain.</param>
    public string ClassOf(string address, string headerFrom)
    {
        if (_classes is null)
        {
            _accumulator.Complete();
            _classes = [];
            foreach (SourceEvidence evidence in _accumulator.Sources)
            {
                _classes[Key(evidence.Source, evidence.HeaderFrom)] =
                    _accumulator.Classify(evidence, ResultOf(evidence.Source)).Class.ToString();
            }
        }

        return _classes.TryGetValue(Key(address, headerFrom), out string? name) ? name : "";
    }

    private static (string Address, string From) Key(string address, string headerFrom) => (address, headerFrom.ToUpperInvariant());

    private (string? Address, string Owner, string Country) Of(string address)
    {
        // Equal texts are mostly the same string, because the reader pools them.
        ref (string? Address, string Owner, string Country) known = ref _known[RuntimeHelpers.GetHashCode(address) & (Size - 1)];
        if (!ReferenceEquals(known.Address, address))
        {
            (string owner, string country) = Read(address);
            known = (address, owner, country);
        }

        return known;
    }

    private (string Owner, string Country) Read(string address)
    {
        if (ResultOf(address) is { } result && (result.Asn is not null || result.Country.Length > 0))
        {
            return (Name(result.Owner, result.Asn), result.Country);
        }

        return _table is not null
            && SourceAddress.TryParse(address, out IPAddress? parsed)
            && _table.Find(AddressNumber.From(parsed!)) is { } found
                ? (Name(found.Name, found.Asn), found.Country)
                : ("", "");
    }

    private static string Name(string name, long? asn) =>
        name.Length > 0 ? name : asn is { } number ? "AS" + number.ToString(CultureInfo.InvariantCulture) : "";
}
