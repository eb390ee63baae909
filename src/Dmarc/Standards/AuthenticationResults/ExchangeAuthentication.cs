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

    /// <summary>The server that authenticated the sender; null if it is not written.</summary>
    public string? AuthSource { get; init; }

    /// <summary>Whether the message was taken for one of the tenant's own.</summary>
    public ExchangeDirectionality Directionality { get; init; }

    /// <summary>Whom the tenant that handled the message took the sender for.</summary>
    public ExchangeAuthAs CrossTenantAuthAs => WrittenCrossTenantAuthAs.Value;

    /// <summary>The server that authenticated the sender for that tenant; null if it is not written.</summary>
    public string? CrossTenantAuthSource { get; init; }

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
            Directionality = Get(OrganizationPrefix + "MessageDirectionality")?.ToUpperInvariant() switch
            {
                "INCOMING" => ExchangeDirectionality.Incoming,
                "ORIGINATING" => ExchangeDirectionality.Originating,
                _ => ExchangeDirectionality.Unknown,
            },
            WrittenCrossTenantAuthAs = ReadAuthAs(Get(CrossTenantPrefix + "AuthAs")),
            CrossTenantAuthSource = Get(CrossTenantPrefix + "AuthSource"),
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
