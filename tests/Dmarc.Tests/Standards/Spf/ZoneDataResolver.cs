using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>Answers from the <c>zonedata</c> of a scenario of the openspf suite, with the meaning that the suite gives to it.</summary>
internal sealed class ZoneDataResolver : IDnsResolver
{
    private static readonly Regex Escapes = new(@"\\([0-9]{3}|.)", RegexOptions.Singleline);

    private readonly Dictionary<string, List<(string Type, JsonElement Value)>> _names = new(StringComparer.OrdinalIgnoreCase);

    public ZoneDataResolver(JsonElement zoneData)
    {
        foreach (JsonProperty name in zoneData.EnumerateObject())
        {
            _names[name.Name] =
            [
                .. name.Value.EnumerateArray().Select(entry => entry.ValueKind == JsonValueKind.String
                    ? (entry.GetString()!, default)
                    : (entry.EnumerateObject().Single().Name, entry.EnumerateObject().Single().Value)),
            ];
        }
    }

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        new(Answer(name, type, 8));

    private DnsResponse Answer(string name, DnsRecordType type, int aliases)
    {
        if (!_names.TryGetValue(Unescape(name.TrimEnd('.')), out List<(string Type, JsonElement Value)>? entries))
        {
            return new DnsResponse(name, type, DnsStatus.NxDomain);
        }

        string word = type.ToString();
        if (type == DnsRecordType.TXT && !entries.Exists(entry => entry.Type == "TXT"))
        {
            word = "SPF";
        }

        List<DnsRecord> records = [];
        foreach ((string entryType, JsonElement value) in entries)
        {
            if (entryType == "TIMEOUT" || (entryType == word && IsWord(value, "TIMEOUT")))
            {
                if (records.Count == 0)
                {
                    return new DnsResponse(name, type, DnsStatus.Timeout);
                }
            }
            else if (entryType == "CNAME")
            {
                return aliases == 0 ? new DnsResponse(name, type, DnsStatus.ServFail) : Answer(value.GetString()!, type, aliases - 1) with { Name = name };
            }
            else if (entryType == word && !IsWord(value, "NONE"))
            {
                records.Add(Read(name, type, value));
            }
        }

        return new DnsResponse(name, type, records.Count == 0 ? DnsStatus.NoData : DnsStatus.NoError) { Records = [.. records] };
    }

    /// <summary>The data hold names as they are; what is asked for has escapes (RFC 1035 §5.1).</summary>
    private static string Unescape(string name) =>
        Escapes.Replace(name, match => match.Value.Length == 4 ? ((char)Convert.ToInt32(match.Value[1..], CultureInfo.InvariantCulture)).ToString() : match.Value[1..]);

    private static bool IsWord(JsonElement value, string word) => value.ValueKind == JsonValueKind.String && value.GetString() == word;

    private static DnsRecord Read(string name, DnsRecordType type, JsonElement value) => type switch
    {
        DnsRecordType.A or DnsRecordType.AAAA => new AddressRecord(name, 300, IPAddress.Parse(value.GetString()!)),
        DnsRecordType.MX => new MxRecord(name, 300, (ushort)value[0].GetInt32(), value[1].GetString()!.TrimEnd('.')),
        DnsRecordType.TXT or DnsRecordType.SPF => new TxtRecord(name, 300, Strings(value), type),
        _ => new NameRecord(name, 300, type, value.GetString()!.TrimEnd('.')),
    };

    private static PrintableList<byte[]> Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(part => Encoding.Latin1.GetBytes(part.GetString()!)).ToPrintableList()
        : [Encoding.Latin1.GetBytes(value.GetString()!)];
}
