using Dmarc.Mail;

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
    public ExchangeAuthAs AuthAs { get; init; }

    /// <summary>The server that authenticated the sender; null if missing.</summary>
    public string? AuthSource { get; init; }

    /// <summary>Whether the message was attributed to the tenant.</summary>
    public ExchangeDirectionality Directionality { get; init; }

    /// <summary>How the tenant that handled the message classified the sender.</summary>
    public ExchangeAuthAs CrossTenantAuthAs { get; init; }

    /// <summary>
    /// Reads the fields of a message; null if it has none. The first of a name counts: it was written last.
    /// </summary>
    public static ExchangeAuthentication? Read(PrintableList<MailHeader> headers)
    {
        Dictionary<string, string> found = new(StringComparer.OrdinalIgnoreCase);
        foreach (MailHeader header in headers)
        {
            if ((header.Name.StartsWith(OrganizationPrefix, StringComparison.OrdinalIgnoreCase)
                    || header.Name.StartsWith(CrossTenantPrefix, StringComparison.OrdinalIgnoreCase))
                && !found.ContainsKey(header.Name))
            {
                found.Add(header.Name, header.Value.Trim());
            }
        }

        return found.Count == 0 ? null : new ExchangeAuthentication
        {
            AuthAs = ReadAuthAs(Get(OrganizationPrefix + "AuthAs")),
            AuthSource = Get(OrganizationPrefix + "AuthSource"),
            Directionality = Get(OrganizationPrefix + "MessageDirectionality")?.ToUpperInvariant() switch
            {
                "INCOMING" => ExchangeDirectionality.Incoming,
                "ORIGINATING" => ExchangeDirectionality.Originating,
                _ => ExchangeDirectionality.Unknown,
            },
            CrossTenantAuthAs = ReadAuthAs(Get(CrossTenantPrefix + "AuthAs")),
        };

        string? Get(string name) => found.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    private static ExchangeAuthAs ReadAuthAs(string? text) => text?.ToUpperInvariant() switch
    {
        "ANONYMOUS" => ExchangeAuthAs.Anonymous,
        "INTERNAL" => ExchangeAuthAs.Internal,
        "EXTERNAL" => ExchangeAuthAs.External,
        "PARTNER" => ExchangeAuthAs.Partner,
        _ => ExchangeAuthAs.Unknown,
    };
}
