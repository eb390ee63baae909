using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>A term of a record with its costs and addresses, and the terms of an included record below it.</summary>
public sealed record SpfTermResult
{
    /// <summary>The term as written.</summary>
    public required string Term { get; init; }

    /// <summary>The kind.</summary>
    public required SpfTermKind Kind { get; init; }

    /// <summary>The result of a match; irrelevant for a modifier.</summary>
    public required SpfQualifier Qualifier { get; init; }

    /// <summary>The domain of the record.</summary>
    public required string Domain { get; init; }

    /// <summary>The column in that record, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The number of includes and redirects that lead to it; 0 in the domain's own record.</summary>
    public required int Depth { get; init; }

    /// <summary>The queried name; empty if there is none, or it depends on the message.</summary>
    public string Target { get; init; } = "";

    /// <summary>The status of the look-up; null if none was made.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>1 for a term that counts against the limit of ten look-ups, otherwise 0.</summary>
    public int LookupCost { get; init; }

    /// <summary>The look-ups of the term and all terms below it.</summary>
    public int TotalLookups { get; init; }

    /// <summary>The look-ups of the record up to and including this term.</summary>
    public int CumulativeLookups { get; init; }

    /// <summary>True if a look-up of the term itself is void; null if it failed.</summary>
    public bool? IsVoid { get; init; }

    /// <summary>The number of void look-ups of the term and all terms below it; null if one failed.</summary>
    public int? VoidLookups { get; init; }

    /// <summary>The target record; empty if there is none; null if unknown.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The sending service; empty if unknown.</summary>
    public string Service { get; init; } = "";

    /// <summary>The addresses that it matches, as the minimal list of blocks.</summary>
    public PrintableList<AddressBlock> Addresses { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>The number of IPv4 addresses that it matches; null if a failed look-up leaves this open.</summary>
    public long? IPv4AddressCount { get; init; }

    /// <summary>The number of IPv6 addresses that it matches; exact below 2^53; null if there may be more.</summary>
    public double? IPv6AddressCount { get; init; }

    /// <summary>False if receivers never evaluate it: after <c>all</c>, or a <c>redirect</c> beside one.</summary>
    public bool IsEffective { get; init; } = true;

    /// <summary>True if it leads back to a record that contains it.</summary>
    public bool IsLoop { get; init; }

    /// <summary>True if its matches depend on the message.</summary>
    public bool DependsOnMessage { get; init; }

    /// <summary>The terms of the target record.</summary>
    public PrintableList<SpfTermResult> Terms { get; init; } = PrintableList<SpfTermResult>.Empty;

    /// <summary>The term, with its look-ups if there are any.</summary>
    public override string ToString() => TotalLookups == 0
        ? Term
        : Term + " (" + TotalLookups.ToString(CultureInfo.InvariantCulture) + ")";

    /// <summary>The term and all terms below it, the term first.</summary>
    public IEnumerable<SpfTermResult> SelfAndBelow()
    {
        yield return this;
        foreach (SpfTermResult term in Terms.SelectMany(term => term.SelfAndBelow()))
        {
            yield return term;
        }
    }
}
