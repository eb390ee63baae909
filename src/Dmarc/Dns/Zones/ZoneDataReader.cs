using System.Net;
using System.Net.Sockets;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Zones;

/// <summary>Reads the data part of one entry of a zone file, word by word. It stops at the first problem.</summary>
/// <param name="tokens">The words of the entry.</param>
/// <param name="position">The first word of the data.</param>
/// <param name="origin">The origin of relative names; null if unknown.</param>
/// <param name="octetsAsCharacters">True if each character is one octet, because the file is not UTF-8.</param>
internal sealed class ZoneDataReader(List<ZoneToken> tokens, int position, string? origin, bool octetsAsCharacters)
{
    private const int MaximumString = 255;
    private DnsRecordType _type;

    /// <summary>The problem with the data; null if there is none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the data of a record.</summary>
    /// <returns>The record; null if <see cref="Problem"/> explains why there is none.</returns>
    public DnsRecord? Read(DnsRecordType type, string owner, uint timeToLive)
    {
        _type = type;
        DnsRecord? record = position < tokens.Count && tokens[position] is { Text: "\\#", IsQuoted: false }
            ? ReadGeneric(owner, timeToLive)
            : ReadKnown(owner, timeToLive);
        if (Problem is null && position < tokens.Count)
        {
            Fail(Strings.Dns_ZoneExtraData, tokens[position].Text);
        }

        return Problem is null ? record : null;
    }

    /// <summary>The names in the data that are not ASCII, as written.</summary>
    public List<string> UnicodeNames { get; } = [];

    /// <summary>True if a name has characters that DNS allows only as A-labels (RFC 5890 §2.3.2.1).</summary>
    public static bool IsUnicode(string name) => name.Any(character => character > '\x7F');

    /// <summary>A name with its U-labels converted to A-labels; a label that is neither is unchanged.</summary>
    public static string ToALabels(string name) => !IsUnicode(name) ? name : string.Join(".", name.Split('.').Select(label =>
        IsUnicode(label) && NameText.TryNormalize(label, out string normal, out int labels) && labels == 1 ? normal : label));

    /// <summary>Makes a name of the file absolute, without its final dot; converts U-labels to A-labels.</summary>
    /// <returns>Null if that is impossible; <paramref name="problem"/> then explains why.</returns>
    public static string? ReadName(string written, string? origin, out string? problem)
    {
        string text = ToALabels(written);
        string name = text;
        problem = null;
        if (text == "@" || DnsQuery.WithoutFinalDot(text).Length == text.Length)
        {
            if (origin is null)
            {
                problem = Sentences.Insert(Strings.Dns_ZoneRelativeName, text);
                return null;
            }

            name = text == "@" ? origin : origin.Length == 0 ? text : text + "." + origin;
        }

        if (text.Length == 0 || !WireName.TryGetCanonical(name, out _, out _))
        {
            problem = Sentences.Insert(Strings.Dns_ZoneBadName, written);
            return null;
        }

        return DnsQuery.WithoutFinalDot(name);
    }

    /// <summary>Reads a number of seconds, or of units such as <c>1h30m</c>.</summary>
    public static bool TryReadSeconds(string text, out uint seconds)
    {
        ulong total = 0;
        ulong number = 0;
        bool digits = false;
        seconds = 0;
        foreach (char character in text)
        {
            if (character is >= '0' and <= '9')
            {
                number = (number * 10) + (ulong)(character - '0');
                digits = true;
            }
            else
            {
                ulong unit = (char)(character | 0x20) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0UL };
                if (unit == 0 || !digits)
                {
                    return false;
                }

                total += number * unit;
                number = 0;
                digits = false;
            }

            if (number > uint.MaxValue || total > uint.MaxValue)
            {
                return false;
            }
        }

        total += number;
        seconds = (uint)Math.Min(total, uint.MaxValue);
        return text.Length > 0 && text[0] is >= '0' and <= '9' && total <= uint.MaxValue;
    }

    private DnsRecord? ReadKnown(string owner, uint timeToLive)
    {
        switch (_type)
        {
            case DnsRecordType.A or DnsRecordType.AAAA:
                return ReadAddress() is IPAddress address ? new AddressRecord(owner, timeToLive, address) : null;
            case DnsRecordType.MX:
                return new MxRecord(owner, timeToLive, (ushort)ReadNumber(ushort.MaxValue), ReadName());
            case DnsRecordType.TXT or DnsRecordType.SPF:
                return ReadText(owner, timeToLive);
            case DnsRecordType.TLSA:
                return new TlsaRecord(
                    owner,
                    timeToLive,
                    (byte)ReadNumber(byte.MaxValue),
                    (byte)ReadNumber(byte.MaxValue),
                    (byte)ReadNumber(byte.MaxValue),
                    PrintableList.Create<byte>(ReadHexadecimal()));
            case DnsRecordType.SOA:
                return new SoaRecord(
                    owner, timeToLive, ReadName(), ReadName(), ReadNumber(uint.MaxValue), ReadSeconds(), ReadSeconds(), ReadSeconds(), ReadSeconds());
            default:
                return new NameRecord(owner, timeToLive, _type, ReadName());
        }
    }

    /// <summary>RFC 3597 §5: <c>\# length hexadecimal</c>, which is allowed for any type.</summary>
    private DnsRecord? ReadGeneric(string owner, uint timeToLive)
    {
        position++;
        uint length = ReadNumber(ushort.MaxValue);
        byte[] data = ReadHexadecimal();
        DnsRecord? record = data.Length == length ? RecordReader.Read(data, 0, owner, _type, timeToLive) : null;
        if (record is null && Problem is null)
        {
            Fail(Strings.Dns_ZoneBadData, "\\#");
        }

        return record;
    }

    private TxtRecord? ReadText(string owner, uint timeToLive)
    {
        List<byte[]> strings = [];
        if (position >= tokens.Count)
        {
            Next();
        }

        while (position < tokens.Count)
        {
            string text = tokens[position++].Text;
            if (!TryReadString(text, out byte[] octets))
            {
                Fail(Strings.Dns_ZoneBadData, text);
                return null;
            }

            if (octets.Length > MaximumString)
            {
                Problem ??= Sentences.Insert(Strings.Dns_ZoneStringTooLong, octets.Length);
                return null;
            }

            strings.Add(octets);
        }

        return new TxtRecord(owner, timeToLive, strings.ToPrintableList(), _type);
    }

    private bool TryReadString(string text, out byte[] octets)
    {
        using MemoryStream output = new(text.Length);
        octets = [];
        int index = 0;
        while (index < text.Length)
        {
            if (text[index] == '\\')
            {
                if (!WireName.TryReadOctet(text, ref index, out byte octet))
                {
                    return false;
                }

                output.WriteByte(octet);
            }
            else if (text[index] <= '\x7F' || octetsAsCharacters)
            {
                output.WriteByte((byte)text[index++]);
            }
            else
            {
                int length = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
                byte[] encoded = Encoding.UTF8.GetBytes(text.Substring(index, length));
                output.Write(encoded, 0, encoded.Length);
                index += length;
            }
        }

        octets = output.ToArray();
        return true;
    }

    private IPAddress? ReadAddress()
    {
        string text = Next();
        bool four = _type == DnsRecordType.A;
        if (Problem is null
            && AddressText.TryRead(text, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetwork) == four)
        {
            return address;
        }

        Fail(Strings.Dns_ZoneBadData, text);
        return null;
    }

    private string ReadName()
    {
        string text = Next();
        if (Problem is not null)
        {
            return "";
        }

        string? name = ReadName(text, origin, out string? problem);
        Problem ??= problem;
        if (IsUnicode(text))
        {
            UnicodeNames.Add(text);
        }

        return name ?? "";
    }

    private uint ReadNumber(uint most)
    {
        string text = Next();
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || number > most)
        {
            Fail(Strings.Dns_ZoneBadData, text);
        }

        return number;
    }

    private uint ReadSeconds()
    {
        string text = Next();
        if (!TryReadSeconds(text, out uint seconds))
        {
            Fail(Strings.Dns_ZoneBadData, text);
        }

        return seconds;
    }

    private byte[] ReadHexadecimal()
    {
        StringBuilder digits = new();
        while (position < tokens.Count)
        {
            digits.Append(tokens[position++].Text);
        }

        byte[] octets = new byte[digits.Length / 2];
        for (int index = 0; index < octets.Length; index++)
        {
            string pair = digits.ToString(index * 2, 2);
            if (!byte.TryParse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[index]))
            {
                Fail(Strings.Dns_ZoneBadData, pair);
                return [];
            }
        }

        if (digits.Length % 2 != 0)
        {
            Fail(Strings.Dns_ZoneBadData, digits.ToString(digits.Length - 1, 1));
        }

        return octets;
    }

    private string Next()
    {
        if (position < tokens.Count)
        {
            return tokens[position++].Text;
        }

        Problem ??= Sentences.Insert(Strings.Dns_ZoneMissingData, _type);
        return "";
    }

    private void Fail(string format, string text) => Problem ??= Sentences.Insert(format, _type, text);

}
