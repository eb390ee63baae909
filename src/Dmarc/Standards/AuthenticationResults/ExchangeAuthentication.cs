using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Whom Exchange took the sending host or user for (<c>AuthAs</c>).</summary>
internal enum ExchangeAuthAs
{
    /// <summary>It is not written, or is none of these.</summary>
    Unknown,

    /// <summary>Nobody that it knows: ordinary mail from the Internet, and Direct Send.</summary>
    Anonymous,

    /// <summary>Somebody of the organization.</summary>
    Internal,

    /// <summary>Somebody outside of the organization who is trusted as if inside.</summary>
    External,

    /// <summary>A partner, by a connector.</summary>
    Partner,
}

/// <summary>Whether Exchange Online took a message for one of the tenant's own (<c>MessageDirectionality</c>).</summary>
internal enum ExchangeDirectionality
{
    /// <summary>It is not written, or is none of these.</summary>
    Unknown,

    /// <summary>From outside.</summary>
    Incoming,

    /// <summary>Attributed to the tenant.</summary>
    Originating,
}

/// <summary>
/// What the <c>X-MS-Exchange-Organization-…</c> and <c>X-MS-Exchange-CrossTenant-…</c> header fields of a message say about
/// how Exchange authenticated its sender. The <c>Organization</c> fields are taken off where a message leaves the
/// organization, so they stand only in messages that were exported from a mailbox in it.
/// </summary>
internal sealed record ExchangeAuthentication
{
    private const string OrganizationPrefix = "X-MS-Exchange-Organization-";
    private const string CrossTenantPrefix = "X-MS-Exchange-CrossTenant-";

    /// <summary>Whom the organization took the sender for.</summary>
    public ExchangeAuthAs AuthAs => WrittenAuthAs.Value;

    /// <summary>What is written instead of one of these words; else empty.</summary>
    public string AuthAsText => WrittenAuthAs.OtherText;

    /// <summary>The server that authenticated the sender; null if it is not written.</summary>
    public string? AuthSource { get; init; }

    /// <summary>How the sender was authenticated, as Exchange numbers it; null if it is not written.</summary>
    public string? AuthMechanism { get; init; }

    /// <summary>Whether the message was taken for one of the tenant's own.</summary>
    public ExchangeDirectionality Directionality { get; init; }

    /// <summary>The spam confidence level of the organization; null if it is not written.</summary>
    public int? SpamConfidenceLevel { get; init; }

    /// <summary>Whom the tenant that handled the message took the sender for.</summary>
    public ExchangeAuthAs CrossTenantAuthAs => WrittenCrossTenantAuthAs.Value;

    /// <summary>What is written instead of one of these words; else empty.</summary>
    public string CrossTenantAuthAsText => WrittenCrossTenantAuthAs.OtherText;

    /// <summary>The server that authenticated the sender for that tenant; null if it is not written.</summary>
    public string? CrossTenantAuthSource { get; init; }

    /// <summary>The identifier of that tenant, as it is written; null if it is not.</summary>
    public string? CrossTenantId { get; init; }

    /// <summary>Where the message came into Microsoft 365, as it is written: <c>Internet</c>, <c>Hosted</c> or <c>HybridOnPrem</c>; null if it is not.</summary>
    public string? FromEntity { get; init; }

    /// <summary>When the message came in, as it is written; null if it is not.</summary>
    public string? OriginalArrivalTime { get; init; }

    /// <summary>True if a message has any of the fields.</summary>
    public bool IsPresent { get; init; }

    internal WrittenValue<ExchangeAuthAs> WrittenAuthAs { get; init; }

    internal WrittenValue<ExchangeAuthAs> WrittenCrossTenantAuthAs { get; init; }

    /// <summary>Collects what the fields of a message say; of several with one name the first counts, which is the last one that was written.</summary>
    /// <param name="headers">The names and unfolded values of a message's fields, from the top.</param>
    public static ExchangeAuthentication Read(IEnumerable<KeyValuePair<string, string>> headers)
    {
        if (headers is null)
        {
            throw new ArgumentNullException(nameof(headers));
        }

        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in headers)
        {
            if ((header.Key.StartsWith(OrganizationPrefix, StringComparison.OrdinalIgnoreCase)
                    || header.Key.StartsWith(CrossTenantPrefix, StringComparison.OrdinalIgnoreCase))
                && !found.ContainsKey(header.Key))
            {
                found.Add(header.Key, header.Value.Trim());
            }
        }

        return new ExchangeAuthentication
        {
            WrittenAuthAs = ReadAuthAs(Get(OrganizationPrefix + "AuthAs")),
            AuthSource = Get(OrganizationPrefix + "AuthSource"),
            AuthMechanism = Get(OrganizationPrefix + "AuthMechanism"),
            Directionality = Get(OrganizationPrefix + "MessageDirectionality")?.ToUpperInvariant() switch
            {
                "INCOMING" => ExchangeDirectionality.Incoming,
                "ORIGINATING" => ExchangeDirectionality.Originating,
                _ => ExchangeDirectionality.Unknown,
            },
            SpamConfidenceLevel = int.TryParse(Get(OrganizationPrefix + "SCL"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int level)
                ? level
                : null,
            WrittenCrossTenantAuthAs = ReadAuthAs(Get(CrossTenantPrefix + "AuthAs")),
            CrossTenantAuthSource = Get(CrossTenantPrefix + "AuthSource"),
            CrossTenantId = Get(CrossTenantPrefix + "Id"),
            FromEntity = Get(CrossTenantPrefix + "FromEntityHeader"),
            OriginalArrivalTime = Get(CrossTenantPrefix + "OriginalArrivalTime"),
            IsPresent = found.Count > 0,
        };

        string? Get(string name) => found.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    /// <summary>What is known, in one line.</summary>
    public override string ToString() => string.Join(" ", new[]
    {
        "AuthAs=" + (WrittenAuthAs.Or(WrittenCrossTenantAuthAs) is { IsPresent: true } authAs ? authAs.Text : "?"),
        "AuthSource=" + (AuthSource ?? CrossTenantAuthSource ?? "?"),
        "Directionality=" + Directionality,
    });

    private static WrittenValue<ExchangeAuthAs> ReadAuthAs(string? text) => WrittenValue.Word(
        text?.ToUpperInvariant() switch
        {
            "ANONYMOUS" => ExchangeAuthAs.Anonymous,
            "INTERNAL" => ExchangeAuthAs.Internal,
            "EXTERNAL" => ExchangeAuthAs.External,
            "PARTNER" => ExchangeAuthAs.Partner,
            _ => ExchangeAuthAs.Unknown,
        },
        text ?? "");
}
