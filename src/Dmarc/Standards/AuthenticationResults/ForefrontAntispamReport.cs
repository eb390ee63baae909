using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The direction of a message according to Microsoft (<c>DIR</c>).</summary>
internal enum ForefrontDirection
{
    /// <summary>Missing, or another value.</summary>
    Unknown,

    /// <summary>From outside into the tenant.</summary>
    Inbound,

    /// <summary>From the tenant to the outside.</summary>
    Outbound,

    /// <summary>Within the tenant.</summary>
    Internal,
}

/// <summary>
/// An <c>X-Forefront-Antispam-Report</c> field: the observations and decisions of Exchange Online Protection. Microsoft
/// documents the fields on the page "Anti-spam message headers in cloud organizations".
/// </summary>
internal sealed record ForefrontAntispamReport
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private ForefrontAntispamReport()
    {
    }

    /// <summary>
    /// The address that connected to Microsoft (<c>CIP</c>); null if missing. Mail that stayed within Microsoft has
    /// <c>255.255.255.255</c>, which also counts as missing.
    /// </summary>
    public IPAddress? ConnectingAddress =>
        AuthenticationResultDetails.TryReadAddress(this["CIP"], out IPAddress? address)
            && !IPAddress.Broadcast.Equals(address)
            ? address
            : null;

    /// <summary>The HELO name (<c>H</c>); null if missing.</summary>
    public string? Helo => NotEmpty("H");

    /// <summary>The direction of the message (<c>DIR</c>).</summary>
    public ForefrontDirection Direction => this["DIR"]?.ToUpperInvariant() switch
    {
        "INB" => ForefrontDirection.Inbound,
        "OUT" => ForefrontDirection.Outbound,
        "INT" => ForefrontDirection.Internal,
        _ => ForefrontDirection.Unknown,
    };

    /// <summary>The category of the applied policy (<c>CAT</c>), such as <c>SPOOF</c>; null if missing.</summary>
    public string? Category => NotEmpty("CAT");

    /// <summary>The meaning of the category, in a sentence; null if missing or undocumented.</summary>
    public string? CategoryDescription => Describe("CAT", Category);

    /// <summary>The spam filter's verdict (<c>SFV</c>), such as <c>NSPM</c>; null if missing.</summary>
    public string? FilterVerdict => NotEmpty("SFV");

    /// <summary>The meaning of the verdict, in a sentence; null if missing or undocumented.</summary>
    public string? FilterVerdictDescription => Describe("SFV", FilterVerdict);

    /// <summary>The value of the first field of this name, in any letter case; null if there is none.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Reads the unfolded value <c>NAME:value;NAME:value;</c>. A piece without a colon is skipped.</summary>
    public static ForefrontAntispamReport Parse(string value)
    {
        ForefrontAntispamReport report = new();
        int start = 0;
        for (int count = 0; start < value.Length && count < AuthenticationResultsLimits.AntispamFields;)
        {
            int end = value.IndexOf(';', start);
            end = end < 0 ? value.Length : end;
            int colon = value.IndexOf(':', start, end - start);
            if (colon >= 0)
            {
                count++;
                string name = value.Substring(start, colon - start).Trim();
                if (report[name] is null)
                {
                    report._values.Add(name, value.Substring(colon + 1, end - colon - 1).Trim());
                }
            }

            start = end + 1;
        }

        return report;
    }

    private string? NotEmpty(string name) => this[name] is { Length: > 0 } value ? value : null;

    private static string? Describe(string name, string? value) => value is null
        ? null
        : Strings.ResourceManager.GetString("Forefront_" + name + "_" + value.ToUpperInvariant(), Strings.Culture);
}
