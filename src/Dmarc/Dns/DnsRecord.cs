using System.Net;
using System.Net.Sockets;

namespace Dmarc.Dns;

/// <summary>One resource record.</summary>
/// <param name="Name">The owner name in presentation format, without the final dot, in the server's spelling.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Type">The type of the record.</param>
internal abstract record DnsRecord(string Name, uint TimeToLive, DnsRecordType Type);

/// <summary>An A or AAAA record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Address">The address; its family determines the type.</param>
internal sealed record AddressRecord(string Name, uint TimeToLive, IPAddress Address) : DnsRecord(
    Name, TimeToLive, Address.AddressFamily == AddressFamily.InterNetworkV6 ? DnsRecordType.AAAA : DnsRecordType.A);

/// <summary>An MX record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Preference">The preference; the lowest is tried first.</param>
/// <param name="Exchange">The host; empty for the null MX (RFC 7505).</param>
internal sealed record MxRecord(string Name, uint TimeToLive, ushort Preference, string Exchange)
    : DnsRecord(Name, TimeToLive, DnsRecordType.MX);

/// <summary>A TXT record, or one of the obsolete type SPF, which has the same format.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Strings">The character-strings as received, each of at most 255 octets.</param>
/// <param name="Type">TXT or SPF.</param>
internal sealed record TxtRecord(
    string Name,
    uint TimeToLive,
    PrintableList<byte[]> Strings,
    DnsRecordType Type = DnsRecordType.TXT) : DnsRecord(Name, TimeToLive, Type)
{
    private string? _text;

    /// <summary>
    /// The character-strings joined in order with no separator (RFC 7208 §3.3, RFC 9989 §4.7). Decoded as UTF-8 if
    /// valid; otherwise each byte becomes the character with the same number, so that none is lost.
    /// </summary>
    public string Text => _text ??= Decode();

    private string Decode()
    {
        byte[] bytes = new byte[Strings.Sum(part => part.Length)];
        int length = 0;
        foreach (byte[] part in Strings)
        {
            part.CopyTo(bytes, length);
            length += part.Length;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new string(Array.ConvertAll(bytes, octet => (char)octet));
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
}

/// <summary>A record whose data is one name: CNAME, NS or PTR.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Type">CNAME, NS or PTR.</param>
/// <param name="Target">The target name.</param>
internal sealed record NameRecord(
    string Name, uint TimeToLive, DnsRecordType Type, string Target) : DnsRecord(Name, TimeToLive, Type);

/// <summary>An SOA record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="PrimaryServer">The primary name server.</param>
/// <param name="ResponsibleMailbox">The mailbox of the zone's administrator, as a domain name.</param>
/// <param name="Serial">The serial number of the zone.</param>
/// <param name="Refresh">Seconds between the checks of a secondary.</param>
/// <param name="Retry">Seconds before a failed check is repeated.</param>
/// <param name="Expire">Seconds after which a secondary stops answering.</param>
/// <param name="Minimum">The time to live of negative answers in seconds (RFC 2308 §4).</param>
internal sealed record SoaRecord(
    string Name,
    uint TimeToLive,
    string PrimaryServer,
    string ResponsibleMailbox,
    uint Serial,
    uint Refresh,
    uint Retry,
    uint Expire,
    uint Minimum) : DnsRecord(Name, TimeToLive, DnsRecordType.SOA);

/// <summary>A TLSA record (RFC 6698 §2.1).</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">The time to live in seconds.</param>
/// <param name="Usage">The certificate usage.</param>
/// <param name="Selector">The part of the certificate that is matched.</param>
/// <param name="MatchingType">The matching type.</param>
/// <param name="Data">The certificate association data.</param>
internal sealed record TlsaRecord(
    string Name,
    uint TimeToLive,
    byte Usage,
    byte Selector,
    byte MatchingType,
    PrintableList<byte> Data) : DnsRecord(Name, TimeToLive, DnsRecordType.TLSA);
