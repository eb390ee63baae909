using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The content and costs of a domain's SPF record and, if an address was given, its result.</summary>
public sealed record SpfResult
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The status.</summary>
    public required SpfRecordStatus Status { get; init; }

    /// <summary>
    /// The failed look-up that decided <see cref="Outcome"/>, otherwise the first one: of the record if the status is
    /// DnsFailure, or of one of its terms if the status is Found. Null if all were answered.
    /// </summary>
    public DnsFailure? DnsFailure => Failed?.Status.ToDnsFailure();

    /// <summary>The status of the record's look-up; null for a given record.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>True for the record in DNS; false for a given one; null if there is none, or it is unknown.</summary>
    public bool? IsPublished { get; init; }

    /// <summary>The record, or several separated by bars; empty if there is none; null if unknown.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The result for <see cref="IPAddress"/>, as in RFC 7208 §2.6; null if no address was given.</summary>
    public AuthenticationResult? Result { get; init; }

    /// <summary>
    /// The text for a table: <see cref="Result"/> if an address was checked, <c>InvalidIPAddress</c> if it is invalid.
    /// Otherwise <see cref="Status"/>, except for a record that receivers cannot interpret: the exceeded limit, such as
    /// <c>14 of 10 look-ups</c>, or <c>PermError</c>; and <c>TempError</c> if this is unknown because a look-up for a
    /// term failed.
    /// </summary>
    public string Outcome => Result?.ToString() ?? (IPAddress.Length > 0 ? "InvalidIPAddress" : Verdict);

    /// <summary>
    /// True if receivers can interpret the record: one record, no syntax error, no exceeded limit, no failing include.
    /// False if they cannot, or there is no record. If a failed look-up leaves this unknown, <see cref="DBNull"/>,
    /// which is empty in tables, CSV and JSON, and which <c>Where-Object -Not IsValid</c> skips.
    /// </summary>
    public object IsValid => Validity ?? (object)DBNull.Value;

    /// <summary>
    /// The maximum number of terms that query DNS, counted beyond the limit of 10 (RFC 7208 §4.6.4). Null if a failed
    /// look-up means there may be more; a number above the limit stays, because it is certainly exceeded.
    /// </summary>
    public int? LookupCount { get; init; }

    /// <summary>
    /// The number of void look-ups; receivers allow 2 (RFC 7208 §4.6.4). Null if unknown and at most 2 are known.
    /// </summary>
    public int? VoidLookupCount { get; init; }

    /// <summary>The end of the record, such as <c>-all</c>, through redirects; may be empty; null if unknown.</summary>
    public string? All { get; init; }

    /// <summary>The terms of the record.</summary>
    public PrintableList<SpfTermResult> Terms { get; init; } = PrintableList<SpfTermResult>.Empty;

    /// <summary>The checked address, or the invalid text given for one; empty if none was given.</summary>
    public string IPAddress { get; init; } = "";

    /// <summary>The MAIL FROM for the check.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The HELO name for the check.</summary>
    public string Helo { get; init; } = "";

    /// <summary>The term that determined <see cref="Result"/>; empty if none matched.</summary>
    public string MatchedTerm { get; init; } = "";

    /// <summary>The terms that led to <see cref="Result"/>, as <c>domain: term</c>, outermost first.</summary>
    public PrintableList<string> MatchedPath { get; init; } = PrintableList<string>.Empty;

    /// <summary>The explanation of a fail, published by the domain if available; for an error, the problem.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The steps of the check.</summary>
    public PrintableList<SpfTraceStep> Trace { get; init; } = PrintableList<SpfTraceStep>.Empty;

    /// <summary>The addresses that pass for any message, as the minimal list of blocks.</summary>
    public PrintableList<AddressBlock> Networks { get; init; } = PrintableList<AddressBlock>.Empty;

    /// <summary>The number of IPv4 addresses that pass; null if a failed look-up means there may be more.</summary>
    public long? IPv4AddressCount { get; init; }

    /// <summary>The number of IPv6 addresses that pass; exact below 2^53; null if there may be more.</summary>
    public double? IPv6AddressCount { get; init; }

    /// <summary>The record without look-ups; null if not requested, or there is no record to flatten.</summary>
    public SpfFlattening? Flattened { get; init; }

    /// <summary>The changes by the given record; null without a comparison.</summary>
    public SpfComparison? Comparison { get; init; }

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The look-up of <see cref="DnsFailure"/>.</summary>
    internal DnsResponse? Failed { get; init; }

    /// <summary>Whether receivers can interpret the record; null if unknown.</summary>
    internal bool? Validity { get; init; }

    private string Verdict => Status != SpfRecordStatus.Found || Validity == true ? Status.ToStatusText(DnsFailure)
        : Validity is null ? nameof(AuthenticationResult.TempError)
        : LookupCount > SpfLimits.Lookups ? Sentences.Fill(Strings.Spf_LookupsOfLimit, LookupCount, SpfLimits.Lookups)
        : VoidLookupCount > SpfLimits.VoidLookups ? Sentences.Fill(Strings.Spf_VoidLookupsOfLimit, VoidLookupCount, SpfLimits.VoidLookups)
        : nameof(AuthenticationResult.PermError);

    /// <summary>The result for an invalid domain name, so that no row of a list is lost.</summary>
    /// <param name="input">The input.</param>
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
    /// <param name="error">The error in a sentence.</param>
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
