using System.Net;
using System.Text;
using Dmarc.Text;

namespace Dmarc.Dns;

/// <summary>One resource record of an answer.</summary>
/// <param name="Name">The owner name in presentation format, without the final dot, as the server spelled it.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
internal abstract record DnsRecord(string Name, uint TimeToLive)
{
    /// <summary>The type of the record.</summary>
    public abstract DnsRecordType Type { get; }
}

/// <summary>An A or AAAA record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="Address">The address; its family tells the type.</param>
internal sealed record AddressRecord(string Name, uint TimeToLive, IPAddress Address) : DnsRecord(Name, TimeToLive)
{
    /// <inheritdoc/>
    public override DnsRecordType Type =>
        Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? DnsRecordType.AAAA : DnsRecordType.A;
}

/// <summary>An MX record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="Preference">The preference; the lowest is tried first.</param>
/// <param name="Exchange">The host; empty for the null MX (RFC 7505).</param>
internal sealed record MxRecord(string Name, uint TimeToLive, ushort Preference, string Exchange) : DnsRecord(Name, TimeToLive)
{
    /// <inheritdoc/>
    public override DnsRecordType Type => DnsRecordType.MX;
}

/// <summary>A TXT record, or one of the abandoned type SPF that has the same form.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="Strings">The character-strings, as the bytes that came, each of at most 255.</param>
/// <param name="RecordType">TXT or SPF.</param>
internal sealed record TxtRecord(
    string Name,
    uint TimeToLive,
    PrintableList<byte[]> Strings,
    DnsRecordType RecordType = DnsRecordType.TXT) : DnsRecord(Name, TimeToLive)
{
    private string? _text;

    /// <inheritdoc/>
    public override DnsRecordType Type => RecordType;

    /// <summary>
    /// The character-strings joined in order with nothing between (RFC 7208 §3.3, RFC 9989 §4.7). Read as UTF-8 where
    /// they are; otherwise each byte is the character of the same number, so that none is lost.
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
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="RecordType">CNAME, NS or PTR.</param>
/// <param name="Target">The name that it points to.</param>
internal sealed record NameRecord(string Name, uint TimeToLive, DnsRecordType RecordType, string Target) : DnsRecord(Name, TimeToLive)
{
    /// <inheritdoc/>
    public override DnsRecordType Type => RecordType;
}

/// <summary>An SOA record.</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="PrimaryServer">The primary name server.</param>
/// <param name="ResponsibleMailbox">The mailbox of who answers for the zone, in the form of a name.</param>
/// <param name="Serial">The version of the zone.</param>
/// <param name="Refresh">Seconds between a secondary's checks.</param>
/// <param name="Retry">Seconds before a failed check is tried again.</param>
/// <param name="Expire">Seconds after which a secondary stops to answer.</param>
/// <param name="Minimum">Seconds for which a negative answer may be kept (RFC 2308 §4).</param>
internal sealed record SoaRecord(
    string Name,
    uint TimeToLive,
    string PrimaryServer,
    string ResponsibleMailbox,
    uint Serial,
    uint Refresh,
    uint Retry,
    uint Expire,
    uint Minimum) : DnsRecord(Name, TimeToLive)
{
    /// <inheritdoc/>
    public override DnsRecordType Type => DnsRecordType.SOA;
}

/// <summary>A TLSA record (RFC 6698 §2.1).</summary>
/// <param name="Name">The owner name.</param>
/// <param name="TimeToLive">For how many seconds it may be kept.</param>
/// <param name="Usage">The certificate usage.</param>
/// <param name="Selector">Which part of the certificate is matched.</param>
/// <param name="MatchingType">How it is matched.</param>
/// <param name="Data">The certificate association data.</param>
internal sealed record TlsaRecord(
    string Name,
    uint TimeToLive,
    byte Usage,
    byte Selector,
    byte MatchingType,
    PrintableList<byte> Data) : DnsRecord(Name, TimeToLive)
{
    /// <inheritdoc/>
    public override DnsRecordType Type => DnsRecordType.TLSA;
}
