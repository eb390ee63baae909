using System.Net;

namespace Dmarc.Domains;

/// <summary>
/// An IP address as a number, compared without allocation. An IPv4 address occupies the lower 32 bits; an IPv4-mapped
/// IPv6 address is read as IPv4 (RFC 7208 §5).
/// </summary>
internal readonly struct AddressNumber : IEquatable<AddressNumber>, IComparable<AddressNumber>
{
    public AddressNumber(uint value)
    {
        Low = value;
    }

    public AddressNumber(ulong high, ulong low)
    {
        IsIPv6 = true;
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
    public AddressNumber First(int prefixLength)
    {
        if (!IsIPv6)
        {
            return new AddressNumber((uint)Low & Mask32(prefixLength));
        }

        return new AddressNumber(High & MaskHigh(prefixLength), Low & MaskLow(prefixLength));
    }

    /// <summary>The address with all bits after the prefix set to 1.</summary>
    public AddressNumber Last(int prefixLength)
    {
        if (!IsIPv6)
        {
            return new AddressNumber((uint)Low | ~Mask32(prefixLength));
        }

        return new AddressNumber(High | ~MaskHigh(prefixLength), Low | ~MaskLow(prefixLength));
    }

    /// <summary>True if both are of one family and share the prefix (RFC 7208 §5).</summary>
    public bool IsWithin(AddressNumber network, int prefixLength)
    {
        if (IsIPv6 != network.IsIPv6)
        {
            return false;
        }

        return IsIPv6
            ? ((High ^ network.High) & MaskHigh(prefixLength)) == 0 && ((Low ^ network.Low) & MaskLow(prefixLength)) == 0
            : (((uint)Low ^ (uint)network.Low) & Mask32(prefixLength)) == 0;
    }

    /// <summary>Gets the next address; false after the last of the family.</summary>
    public bool TryNext(out AddressNumber next)
    {
        if (!IsIPv6)
        {
            next = new AddressNumber(unchecked((uint)Low + 1));
            return (uint)Low != uint.MaxValue;
        }

        ulong low = unchecked(Low + 1);
        next = new AddressNumber(low == 0 ? unchecked(High + 1) : High, low);
        return Low != ulong.MaxValue || High != ulong.MaxValue;
    }

    /// <summary>Gets the previous address; false before the first of the family.</summary>
    public bool TryPrevious(out AddressNumber previous)
    {
        if (!IsIPv6)
        {
            previous = new AddressNumber(unchecked((uint)Low - 1));
            return Low != 0;
        }

        previous = new AddressNumber(Low == 0 ? unchecked(High - 1) : High, unchecked(Low - 1));
        return Low != 0 || High != 0;
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

    private static uint Mask32(int prefixLength) => prefixLength <= 0 ? 0 : uint.MaxValue << (32 - Math.Min(prefixLength, 32));

    private static ulong MaskHigh(int prefixLength) =>
        prefixLength <= 0 ? 0 : prefixLength >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - prefixLength);

    private static ulong MaskLow(int prefixLength) =>
        prefixLength <= 64 ? 0 : prefixLength >= 128 ? ulong.MaxValue : ulong.MaxValue << (128 - prefixLength);
}
