using System.Globalization;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What a domain's SPF record says and costs and, where an address was given, what it says of that address.</summary>
public sealed record SpfResult
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>What was found.</summary>
    public required SpfRecordStatus Status { get; init; }

    /// <summary>
    /// How the look-up failed that decided <see cref="Outcome"/>, or else the first one that failed: that of the record, if the status is
    /// DnsFailure, or that of one of its terms, if the status is Found. Null if all were answered.
    /// </summary>
    public DnsFailure? DnsFailure => Failed?.Status.ToDnsFailure();

    /// <summary>How the look-up of the record ended; null for a record that was given and not looked up.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>True if the record is the one in DNS; false for one that was given to be tried; null if there is none, or that is not known.</summary>
    public bool? IsPublished { get; init; }

    /// <summary>The record; several of them where there are, separated by a bar; empty if there is none; null if that is not known.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The result for <see cref="IPAddress"/>, one of RFC 7208 §2.6 (no policy); null if no address was given.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>
    /// What a row of a table says: <see cref="Result"/> if an address was checked, <c>InvalidIPAddress</c> if what was given
    /// is none. Otherwise <see cref="Status"/>, but for a record that receivers cannot interpret what is wrong with it: the limit that
    /// it exceeds, such as <c>14 of 10 look-ups</c>, or <c>PermError</c>; and <c>TempError</c> for a record of which that is not known,
    /// because a look-up for one of its terms failed.
    /// </summary>
    public string Outcome => Result?.ToString() ?? (IPAddress.Length > 0 ? "InvalidIPAddress" : Verdict);

    /// <summary>
    /// True if receivers can interpret the record: one record, no syntax error, no limit exceeded, no include that fails. False if they
    /// cannot, or there is no record. If a look-up failed, neither is known: then it is <see cref="DBNull"/>, which is empty in tables,
    /// CSV and JSON, and which <c>Where-Object -Not IsValid</c> skips.
    /// </summary>
    public object IsValid => Validity ?? (object)DBNull.Value;

    /// <summary>
    /// The most terms that query DNS which receivers can meet; counted past the limit of 10 (RFC 7208 §4.6.4). Null if a look-up failed,
    /// so that there may be more; a number above the limit stands, as it is known to be exceeded.
    /// </summary>
    public int? LookupCount { get; init; }

    /// <summary>
    /// How many of the look-ups find nothing; receivers allow 2 (RFC 7208 §4.6.4). Null if a look-up failed and no more than 2 are known.
    /// </summary>
    public int? VoidLookupCount { get; init; }

    /// <summary>How the record ends, such as <c>-all</c>, behind its redirects; empty if it has no <c>all</c>; null if that is not known.</summary>
    public string? All { get; init; }

    /// <summary>The terms of the record.</summary>
    public PrintableList<SpfTermResult> Terms { get; init; } = PrintableList<SpfTermResult>.Empty;

    /// <summary>The address that was checked, or the text that was given for one and is none; empty if none was given.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>The MAIL FROM with which it was checked.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The HELO name with which it was checked.</summary>
    public string Helo { get; init; } = "";

    /// <summary>The term of the record that settled <see cref="Result"/>; empty if none matched.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>The terms that led to <see cref="Result"/>, as <c>domain: term</c>, from the domain's own record inwards.</summary>
    public PrintableList<string> MatchedPath { get; init; } = PrintableList<string>.Empty;

    /// <summary>Why a fail is one, in the words of the domain where it publishes some; what was wrong, for an error.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The steps of the check.</summary>
    public PrintableList<SpfTraceStep> Trace { get; init; } = PrintableList<SpfTraceStep>.Empty;

    /// <summary>The addresses that pass whatever the message, as the fewest blocks.</summary>
    public PrintableList<AddressBlock> Networks { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>How many IPv4 addresses pass; null if a look-up failed, so that there may be more.</summary>
    public long? IPv4AddressCount { get; init; }

    /// <summary>How many IPv6 addresses pass; exact below 2^53; null if a look-up failed, so that there may be more.</summary>
    public double? IPv6AddressCount { get; init; }

    /// <summary>The record without look-ups; null if it was not asked for, or there is no record to make it from.</summary>
    public SpfFlattening? Flattened { get; init; }

    /// <summary>What the given record changes; null if nothing was compared.</summary>
    public SpfComparison? Comparison { get; init; }

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The look-up that <see cref="DnsFailure"/> is of.</summary>
    internal DnsResponse? Failed { get; init; }

    /// <summary>Whether receivers can interpret the record; null if that is not known.</summary>
    internal bool? Validity { get; init; }

    private string Verdict => Status != SpfRecordStatus.Found || Validity == true ? Status.ToStatusText(DnsFailure)
        : Validity is null ? nameof(AuthenticationResult.TempError)
        : LookupCount > SpfLimits.Lookups ? Sentences.Fill(Strings.Spf_LookupsOfLimit, LookupCount, SpfLimits.Lookups)
        : VoidLookupCount > SpfLimits.VoidLookups ? Sentences.Fill(Strings.Spf_VoidLookupsOfLimit, VoidLookupCount, SpfLimits.VoidLookups)
        : nameof(AuthenticationResult.PermError);

    /// <summary>The result for an input that is no domain name, so that no row of a list is lost.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is not valid, in a sentence.</param>
    public static SpfResult ForInvalidDomainName(string? input, string error) => new()
    {
        Domain = input ?? "",
        Status = SpfRecordStatus.InvalidDomainName,
        Validity = false,
        Explanation = error,
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
    public static SpfResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Status = SpfRecordStatus.UnexpectedError,
        Explanation = error,
        Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }],
    };

    /// <summary>The domain with its result or status.</summary>
    public override string ToString() => Result is AuthenticationResult outcome
        ? string.Format(CultureInfo.InvariantCulture, "{0}: {1} {2}", Domain, IPAddress, outcome.ToWord())
        : Domain + ": " + Status.ToStatusText(DnsFailure);
}
