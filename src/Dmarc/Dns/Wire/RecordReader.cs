using System.Buffers.Binary;
using System.Net;

namespace Dmarc.Dns.Wire;

/// <summary>Reads the data of the supported record types.</summary>
internal static class RecordReader
{
    private const int SoaNumbers = 20;

    /// <summary>True for a supported type.</summary>
    public static bool Knows(int type) => type is 1 or 2 or 5 or 6 or 12 or 15 or 16 or 28 or 52 or 99;

    /// <summary>Reads the data of one record.</summary>
    /// <param name="message">The whole message, up to the end of the data: names may point back into it.</param>
    /// <param name="start">Where the data begins.</param>
    /// <param name="owner">The owner name.</param>
    /// <param name="type">A type for which <see cref="Knows"/> returns true.</param>
    /// <param name="timeToLive">The record's TTL.</param>
    /// <returns>The record; null if the data does not have the format of the type.</returns>
    public static DnsRecord? Read(ReadOnlySpan<byte> message, int start, string owner, DnsRecordType type, uint timeToLive)
    {
        ReadOnlySpan<byte> data = message.Slice(start);
        return type switch
        {
            DnsRecordType.A => data.Length == 4 ? new AddressRecord(owner, timeToLive, new IPAddress(data.ToArray())) : null,
            DnsRecordType.AAAA => data.Length == 16 ? new AddressRecord(owner, timeToLive, new IPAddress(data.ToArray())) : null,
            DnsRecordType.MX => ReadMx(message, start, owner, timeToLive),
            DnsRecordType.TXT or DnsRecordType.SPF => ReadTxt(data, owner, type, timeToLive),
            DnsRecordType.SOA => ReadSoa(message, start, owner, timeToLive),
            DnsRecordType.TLSA => data.Length < 3
                ? null
                : new TlsaRecord(owner, timeToLive, data[0], data[1], data[2], PrintableList.Create(data.Slice(3))),
            _ => WireName.TryRead(message, ref start, out string target) && start == message.Length
                ? new NameRecord(owner, timeToLive, type, target)
                : null,
        };
    }

    private static MxRecord? ReadMx(ReadOnlySpan<byte> message, int start, string owner, uint timeToLive)
    {
        if (message.Length - start < 3)
        {
            return null;
        }

        ushort preference = BinaryPrimitives.ReadUInt16BigEndian(message.Slice(start));
        start += 2;
        return WireName.TryRead(message, ref start, out string exchange) && start == message.Length
            ? new MxRecord(owner, timeToLive, preference, exchange)
            : null;
    }

    private static TxtRecord? ReadTxt(ReadOnlySpan<byte> data, string owner, DnsRecordType type, uint timeToLive)
    {
        int count = 0;
        for (int position = 0; position < data.Length; position += 1 + data[position])
        {
            count++;
        }

        byte[][] strings = new byte[count][];
        int offset = 0;
        for (int index = 0; index < count; index++)
        {
            int length = data[offset];
            if (offset + 1 + length > data.Length)
            {
                return null;
            }

            strings[index] = data.Slice(offset + 1, length).ToArray();
            offset += 1 + length;
        }

        return count == 0 ? null : new TxtRecord(owner, timeToLive, new PrintableList<byte[]>(strings), type);
    }

    /// <summary>Reads only the negative time to live of an SOA record.</summary>
    /// <returns>False if the data does not have the format of the type.</returns>
    public static bool TryReadMinimum(ReadOnlySpan<byte> message, int start, out uint minimum)
    {
        bool isSoa = WireName.TrySkip(message, ref start) && WireName.TrySkip(message, ref start) && message.Length - start == SoaNumbers;
        minimum = isSoa ? BinaryPrimitives.ReadUInt32BigEndian(message.Slice(start + 16)) : 0;
        return isSoa;
    }

    private static SoaRecord? ReadSoa(ReadOnlySpan<byte> message, int start, string owner, uint timeToLive)
    {
        if (!WireName.TryRead(message, ref start, out string primary)
            || !WireName.TryRead(message, ref start, out string mailbox)
            || message.Length - start != SoaNumbers)
        {
            return null;
        }

        ReadOnlySpan<byte> numbers = message.Slice(start);
        return new SoaRecord(
            owner,
            timeToLive,
            primary,
            mailbox,
            BinaryPrimitives.ReadUInt32BigEndian(numbers),
            BinaryPrimitives.ReadUInt32BigEndian(numbers.Slice(4)),
            BinaryPrimitives.ReadUInt32BigEndian(numbers.Slice(8)),
            BinaryPrimitives.ReadUInt32BigEndian(numbers.Slice(12)),
            BinaryPrimitives.ReadUInt32BigEndian(numbers.Slice(16)));
    }
}
