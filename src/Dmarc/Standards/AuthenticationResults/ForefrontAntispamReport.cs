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

/// <summary>One field of the header.</summary>
/// <param name="Name">The name, such as <c>SFV</c>.</param>
/// <param name="Value">The value; may be empty.</param>
internal sealed record AntispamField(string Name, string Value)
{
    /// <summary>The field as written.</summary>
    public override string ToString() => Name + ":" + Value;

    /// <summary>Reads <c>NAME:value;NAME:value;</c>. A piece without a colon is skipped.</summary>
    internal static PrintableList<AntispamField> ReadList(string value, int maximum)
    {
        List<AntispamField> fields = [];
        int start = 0;
        while (start < value.Length && fields.Count < maximum)
        {
            int end = value.IndexOf(';', start);
            end = end < 0 ? value.Length : end;
            int colon = value.IndexOf(':', start, end - start);
            if (colon >= 0)
            {
                fields.Add(new AntispamField(value.Substring(start, colon - start).Trim(), value.Substring(colon + 1, end - colon - 1).Trim()));
            }

            start = end + 1;
        }

        return [.. fields];
    }

    internal static string? Find(PrintableList<AntispamField> fields, string name) =>
        fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}

/// <summary>
/// An <c>X-Forefront-Antispam-Report</c> field: the observations and decisions of Exchange Online Protection. Microsoft
/// documents the fields on the page "Anti-spam message headers in cloud organizations".
/// </summary>
internal sealed record ForefrontAntispamReport
{
    private ForefrontAntispamReport(string raw, PrintableList<AntispamField> fields)
    {
        Raw = raw;
        Fields = fields;
    }

    /// <summary>All fields in order.</summary>
    public PrintableList<AntispamField> Fields { get; }

    /// <summary>The original value of the header.</summary>
    public string Raw { get; }

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

    /// <summary>The value of the first field of this name; null if there is none.</summary>
    /// <param name="name">The name, in any letter case.</param>
    public string? this[string name] => AntispamField.Find(Fields, name);

    /// <summary>Reads a header. It never fails: text not in the form <c>NAME:value</c> is skipped.</summary>
    /// <param name="value">The unfolded value, without the header's name.</param>
    public static ForefrontAntispamReport Parse(string value) =>
        new(
            value ?? throw new ArgumentNullException(nameof(value)),
            AntispamField.ReadList(value, AuthenticationResultsLimits.AntispamFields));

    /// <summary>The original value of the header.</summary>
    public override string ToString() => Raw;

    private string? NotEmpty(string name) => this[name] is { Length: > 0 } value ? value : null;

    private static string? Describe(string name, string? value) => value is null
        ? null
        : Strings.ResourceManager.GetString("Forefront_" + name + "_" + value.ToUpperInvariant(), Strings.Culture);
}
