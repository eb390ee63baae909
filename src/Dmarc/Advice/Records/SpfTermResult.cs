using System.Globalization;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A term of a record with what it costs and what it authorises; the terms of an included record stand below it.</summary>
public sealed record SpfTermResult
{
    /// <summary>The term as it was written.</summary>
    public required string Term { get; init; }

    /// <summary>What it is.</summary>
    public required SpfTermKind Kind { get; init; }

    /// <summary>What a match results in; of no meaning for a modifier.</summary>
    public required SpfQualifier Qualifier { get; init; }

    /// <summary>The domain whose record holds it.</summary>
    public required string Domain { get; init; }

    /// <summary>Where it begins in that record, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>How many includes and redirects lead to it; 0 in the domain's own record.</summary>
    public required int Depth { get; init; }

    /// <summary>The name that it asks for; empty if it asks for none, or that depends on the message.</summary>
    public string Target { get; init; } = "";

    /// <summary>How the look-up ended; null if none was made.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>1 for a term that counts against the limit of ten look-ups, otherwise 0.</summary>
    public int LookupCost { get; init; }

    /// <summary>The look-ups of the term and of everything below it.</summary>
    public int TotalLookups { get; init; }

    /// <summary>The look-ups of the record up to and with this term.</summary>
    public int CumulativeLookups { get; init; }

    /// <summary>True if a look-up of the term itself finds nothing; null if it failed.</summary>
    public bool? IsVoid { get; init; }

    /// <summary>How many look-ups of the term and of everything below it find nothing; null if one of them failed.</summary>
    public int? VoidLookups { get; init; }

    /// <summary>The record that it leads to; empty if it leads to none; null if that is not known.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The sending service that it belongs to; empty if none is known.</summary>
    public string Service { get; init; } = "";

    /// <summary>The addresses that it matches, as the fewest blocks.</summary>
    public PrintableList<AddressBlock> Addresses { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>How many IPv4 addresses it matches; null if a look-up failed, so that there may be more.</summary>
    public long? IPv4AddressCount { get; init; }

    /// <summary>How many IPv6 addresses it matches; exact below 2^53; null if a look-up failed, so that there may be more.</summary>
    public double? IPv6AddressCount { get; init; }

    /// <summary>False where receivers never look at it: after <c>all</c>, or a <c>redirect</c> beside one.</summary>
    public bool IsEffective { get; init; } = true;

    /// <summary>True if it leads back to a record in which it stands.</summary>
    public bool IsLoop { get; init; }

    /// <summary>True if what it matches depends on the message.</summary>
    public bool DependsOnMessage { get; init; }

    /// <summary>The terms of the record that it leads to.</summary>
    public PrintableList<SpfTermResult> Terms { get; init; } = PrintableList<SpfTermResult>.Empty;

    /// <summary>The term, with its look-ups where it costs any.</summary>
    public override string ToString() => TotalLookups == 0
        ? Term
        : Term + " (" + TotalLookups.ToString(CultureInfo.InvariantCulture) + ")";

    /// <summary>The term and everything below it, the term first.</summary>
    public IEnumerable<SpfTermResult> SelfAndBelow()
    {
        yield return this;
        foreach (SpfTermResult term in Terms.SelectMany(term => term.SelfAndBelow()))
        {
            yield return term;
        }
    }
}
