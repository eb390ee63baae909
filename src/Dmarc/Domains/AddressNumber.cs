using System.Net;

namespace Dmarc.Domains;

/// <summary>
/// An IP address as a number, compared without allocation. An IPv4 address occupies the lower 32 bits; an IPv4-mapped
/// IPv6 address is read as IPv4 (RFC 7208 §5).
/// </summary>
internal readonly struct AddressNumber : IEquatable<AddressNumber>, IComparable<AddressNumber>
{
    public AddressNumber(uint value)
        : this(false, 0, value)
    {
    }

    public AddressNumber(ulong high, ulong low)
        : this(true, high, low)
    {
    }

    private AddressNumber(bool isIPv6, ulong high, ulong low)
    {
        IsIPv6 = isIPv6;
        High = high;
        Low = low;
    }

    public bool IsIPv6 { get; }

    public ulong High { get; }

    public ulong Low { get; }

    public int Bits => IsIPv6 ? 128 : 32;

    public static AddressNumber From(IPAddress address)
    {
#if NETSTANDARD2_0
        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
#else
        Span<byte> buffer = stackalloc byte[16];
        address.TryWriteBytes(buffer, out int written);
        ReadOnlySpan<byte> bytes = buffer.Slice(0, written);
#endif
        if (bytes.Length == 4)
        {
            return new AddressNumber((uint)Read(bytes, 0, 4));
        }

        ulong high = Read(bytes, 0, 8);
        ulong low = Read(bytes, 8, 8);
        return high == 0 && low >> 32 == 0xFFFF ? new AddressNumber((uint)low) : new AddressNumber(high, low);
    }

    /// <summary>The address with all bits after the prefix set to 0.</summary>
    public AddressNumber First(int prefixLength) =>
        new(IsIPv6, High & MaskHigh(prefixLength), Low & MaskLow(prefixLength));

    /// <summary>The address with all bits after the prefix set to 1.</summary>
    public AddressNumber Last(int prefixLength) =>
        new(IsIPv6, High | ~MaskHigh(prefixLength), Low | ~MaskLow(prefixLength));

    /// <summary>True if both are of one family and share the prefix (RFC 7208 §5).</summary>
    public bool IsWithin(AddressNumber network, int prefixLength) =>
        IsIPv6 == network.IsIPv6
        && ((High ^ network.High) & MaskHigh(prefixLength)) == 0
        && ((Low ^ network.Low) & MaskLow(prefixLength)) == 0;

    /// <summary>Gets the next address; false after the last of the family.</summary>
    public bool TryNext(out AddressNumber next)
    {
        bool isLast = Equals(Last(0));
        ulong low = unchecked(Low + 1);
        next = isLast ? default : new AddressNumber(IsIPv6, low == 0 ? High + 1 : High, low);
        return !isLast;
    }

    /// <summary>Gets the previous address; false before the first of the family.</summary>
    public bool TryPrevious(out AddressNumber previous)
    {
        bool isFirst = Low == 0 && High == 0;
        previous = isFirst ? default : new AddressNumber(IsIPv6, Low == 0 ? High - 1 : High, unchecked(Low - 1));
        return !isFirst;
    }

    public IPAddress ToIPAddress()
    {
        byte[] bytes = new byte[IsIPv6 ? 16 : 4];
        for (int index = bytes.Length - 1, shift = 0; index >= 0; index--, shift += 8)
        {
            bytes[index] = (byte)(shift < 64 ? Low >> shift : High >> (shift - 64));
        }

        return new IPAddress(bytes);
    }

    public bool Equals(AddressNumber other) => IsIPv6 == other.IsIPv6 && High == other.High && Low == other.Low;

    public override bool Equals(object? obj) => obj is AddressNumber other && Equals(other);

    public override int GetHashCode() => High.GetHashCode() ^ (Low.GetHashCode() * 31) ^ (IsIPv6 ? 1 : 0);

    public int CompareTo(AddressNumber other)
    {
        int families = IsIPv6.CompareTo(other.IsIPv6);
        int highs = families != 0 ? families : High.CompareTo(other.High);
        return highs != 0 ? highs : Low.CompareTo(other.Low);
    }

    public override string ToString() => ToIPAddress().ToString();

    private static ulong Read(ReadOnlySpan<byte> bytes, int start, int count)
    {
        ulong value = 0;
        for (int index = start; index < start + count; index++)
        {
            value = (value << 8) | bytes[index];
        }

        return value;
    }

    private ulong MaskHigh(int prefixLength) => Mask(IsIPv6 ? prefixLength : 64);

    private ulong MaskLow(int prefixLength) => Mask(IsIPv6 ? prefixLength - 64 : prefixLength + 32);

    private static ulong Mask(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - bits);
}
