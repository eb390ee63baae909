namespace Dmarc.Standards.AuthenticationResults;

/// <summary>How Exchange classified the sending host or user (<c>AuthAs</c>).</summary>
internal enum ExchangeAuthAs
{
    /// <summary>Missing, or another value.</summary>
    Unknown,

    /// <summary>Unauthenticated: ordinary mail from the Internet, and Direct Send.</summary>
    Anonymous,

    /// <summary>A member of the organization.</summary>
    Internal,

    /// <summary>Someone outside the organization, trusted like a member.</summary>
    External,

    /// <summary>A partner, identified by a connector.</summary>
    Partner,
}

/// <summary>Whether Exchange Online attributed a message to the tenant (<c>MessageDirectionality</c>).</summary>
internal enum ExchangeDirectionality
{
    /// <summary>Missing, or another value.</summary>
    Unknown,

    /// <summary>From outside.</summary>
    Incoming,

    /// <summary>Attributed to the tenant.</summary>
    Originating,
}

/// <summary>
/// How Exchange authenticated a message's sender, according to its <c>X-MS-Exchange-Organization-…</c> and
/// <c>X-MS-Exchange-CrossTenant-…</c> header fields. The <c>Organization</c> fields are removed when a message leaves
/// the organization, so only messages exported from its mailboxes have them.
/// </summary>
internal sealed record ExchangeAuthentication
{
    private const string OrganizationPrefix = "X-MS-Exchange-Organization-";
    private const string CrossTenantPrefix = "X-MS-Exchange-CrossTenant-";

    /// <summary>How the organization classified the sender.</summary>
    public ExchangeAuthAs AuthAs => WrittenAuthAs.Value;

    /// <summary>The server that authenticated the sender; null if missing.</summary>
    public string? AuthSource { get; init; }

    /// <summary>Whether the message was attributed to the tenant.</summary>
    public ExchangeDirectionality Directionality { get; init; }

    /// <summary>How the tenant that handled the message classified the sender.</summary>
    public ExchangeAuthAs CrossTenantAuthAs => WrittenCrossTenantAuthAs.Value;

    /// <summary>The server that authenticated the sender for that tenant; null if missing.</summary>
    public string? CrossTenantAuthSource { get; init; }

    /// <summary>True if a message has any of the fields.</summary>
    public bool IsPresent { get; init; }

    internal WrittenValue<ExchangeAuthAs> WrittenAuthAs { get; init; }

    internal WrittenValue<ExchangeAuthAs> WrittenCrossTenantAuthAs { get; init; }

    /// <summary>Reads the fields of a message; the first one with a name counts, because it was written last.</summary>
    /// <param name="headers">The names and unfolded values of the fields, from the top.</param>
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

    /// <summary>The known values in one line.</summary>
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
