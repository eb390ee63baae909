using System.Net;
using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Which way a message went, as Microsoft saw it (<c>DIR</c>).</summary>
internal enum ForefrontDirection
{
    /// <summary>It is not written, or is none of these.</summary>
    Unknown,

    /// <summary>From outside to the tenant.</summary>
    Inbound,

    /// <summary>From the tenant to outside.</summary>
    Outbound,

    /// <summary>Within the tenant.</summary>
    Internal,
}

/// <summary>One field of such a header.</summary>
/// <param name="Name">The name, such as <c>SFV</c>.</param>
/// <param name="Value">The value; it may be empty.</param>
internal sealed record AntispamField(string Name, string Value)
{
    /// <summary>The field as it is written.</summary>
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
/// An <c>X-Forefront-Antispam-Report</c> field: what Exchange Online Protection saw and decided. The fields are those of
/// Microsoft's page "Anti-spam message headers in cloud organizations".
/// </summary>
internal sealed record ForefrontAntispamReport
{
    private ForefrontAntispamReport(string raw, PrintableList<AntispamField> fields)
    {
        Raw = raw;
        Fields = fields;
    }

    /// <summary>All fields in the order in which they stand.</summary>
    public PrintableList<AntispamField> Fields { get; }

    /// <summary>The value of the header as it was given.</summary>
    public string Raw { get; }

    /// <summary>
    /// The address that connected to Microsoft (<c>CIP</c>); null if it is not written. Mail that never left Microsoft has
    /// <c>255.255.255.255</c> there, which is no address either.
    /// </summary>
    public IPAddress? ConnectingAddress =>
        AuthenticationResultDetails.TryReadAddress(this["CIP"], out IPAddress? address) && !IPAddress.Broadcast.Equals(address) ? address : null;

    /// <summary>The HELO name (<c>H</c>); null if it is not written.</summary>
    public string? Helo => NotEmpty("H");

    /// <summary>Which way the message went (<c>DIR</c>).</summary>
    public ForefrontDirection Direction => this["DIR"]?.ToUpperInvariant() switch
    {
        "INB" => ForefrontDirection.Inbound,
        "OUT" => ForefrontDirection.Outbound,
        "INT" => ForefrontDirection.Internal,
        _ => ForefrontDirection.Unknown,
    };

    /// <summary>The category of protection policy that applied (<c>CAT</c>), such as <c>SPOOF</c>; null if it is not written.</summary>
    public string? Category => NotEmpty("CAT");

    /// <summary>What the category means, in a sentence; null if there is none or it is not documented.</summary>
    public string? CategoryDescription => Describe("CAT", Category);

    /// <summary>The spam filter's verdict (<c>SFV</c>), such as <c>NSPM</c>; null if it is not written.</summary>
    public string? FilterVerdict => NotEmpty("SFV");

    /// <summary>What the verdict means, in a sentence; null if there is none or it is not documented.</summary>
    public string? FilterVerdictDescription => Describe("SFV", FilterVerdict);

    /// <summary>The value of the first field of this name; null if there is none.</summary>
    /// <param name="name">The name, in any case of letters.</param>
    public string? this[string name] => AntispamField.Find(Fields, name);

    /// <summary>Reads a header. Nothing in it makes this fail: what has not the form <c>NAME:value</c> is skipped.</summary>
    /// <param name="value">The unfolded value, without the header's name.</param>
    public static ForefrontAntispamReport Parse(string value) =>
        new(value ?? throw new ArgumentNullException(nameof(value)), AntispamField.ReadList(value, AuthenticationResultsLimits.AntispamFields));

    /// <summary>The header as it was given.</summary>
    public override string ToString() => Raw;

    private string? NotEmpty(string name) => this[name] is { Length: > 0 } value ? value : null;

    private static string? Describe(string name, string? value) => value is null
        ? null
        : Strings.ResourceManager.GetString("Forefront_" + name + "_" + value.ToUpperInvariant(), Strings.Culture);
}
