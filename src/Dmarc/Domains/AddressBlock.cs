using System.Net;

namespace Dmarc.Domains;

/// <summary>A block of addresses in CIDR form: an address and a prefix length.</summary>
public readonly struct AddressBlock : IEquatable<AddressBlock>, IComparable<AddressBlock>
{
    private readonly AddressNumber _network;

    internal AddressBlock(AddressNumber address, int prefixLength)
    {
        _network = address.First(prefixLength);
        PrefixLength = prefixLength;
    }

    /// <summary>The prefix length: 0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public int PrefixLength { get; }

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 => _network.IsIPv6;

    /// <summary>The first address of the block.</summary>
    public string Network => _network.ToString();

    /// <summary>The number of addresses in the block; exact below 2^53.</summary>
    public double AddressCount => Math.Pow(2, _network.Bits - PrefixLength);

    internal AddressNumber First => _network;

    internal AddressNumber Last => _network.Last(PrefixLength);

    /// <summary>Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or one address; clears the other bits.</summary>
    /// <returns>False if the text is neither.</returns>
    public static bool TryParse(string? text, out AddressBlock block)
    {
        block = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        int slash = text!.IndexOf('/');
        int end = slash < 0 ? text.Length : slash;
        AddressNumber address;
        if (AddressText.TryReadIPv4(text, 0, end, out uint ipv4))
        {
            address = new AddressNumber(ipv4);
        }
        else if (!AddressText.TryReadIPv6(text, 0, end, out address))
        {
            return false;
        }

        int prefixLength = address.Bits;
        if (slash >= 0 && !AddressText.TryReadPrefixLength(text, slash + 1, text.Length, address.Bits, out prefixLength))
        {
            return false;
        }

        block = new AddressBlock(address, prefixLength);
        return true;
    }

    /// <summary>True if the address is in the block; an IPv4-mapped IPv6 address counts as IPv4.</summary>
    public bool Contains(IPAddress address) =>
        address is not null && AddressNumber.From(address).IsWithin(_network, PrefixLength);

    internal bool Contains(AddressNumber address) => address.IsWithin(_network, PrefixLength);

    /// <inheritdoc/>
    public bool Equals(AddressBlock other) => _network.Equals(other._network) && PrefixLength == other.PrefixLength;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AddressBlock other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _network.GetHashCode() ^ PrefixLength;

    /// <inheritdoc/>
    public int CompareTo(AddressBlock other)
    {
        int byAddress = _network.CompareTo(other._network);
        return byAddress != 0 ? byAddress : PrefixLength.CompareTo(other.PrefixLength);
    }

    /// <summary>The block as <c>192.0.2.0/24</c>; a single address without its prefix length.</summary>
    public override string ToString() => PrefixLength == _network.Bits
        ? _network.ToString()
        : _network + "/" + PrefixLength.ToString(CultureInfo.InvariantCulture);

    /// <summary>Equality of blocks.</summary>
    public static bool operator ==(AddressBlock left, AddressBlock right) => left.Equals(right);

    /// <summary>Inequality of blocks.</summary>
    public static bool operator !=(AddressBlock left, AddressBlock right) => !left.Equals(right);

    /// <summary>IPv4 before IPv6, then by address, then the wider block.</summary>
    public static bool operator <(AddressBlock left, AddressBlock right) => left.CompareTo(right) < 0;

    /// <summary>IPv4 before IPv6, then by address, then the wider block.</summary>
    public static bool operator >(AddressBlock left, AddressBlock right) => left.CompareTo(right) > 0;

    /// <summary>IPv4 before IPv6, then by address, then the wider block.</summary>
    public static bool operator <=(AddressBlock left, AddressBlock right) => left.CompareTo(right) <= 0;

    /// <summary>IPv4 before IPv6, then by address, then the wider block.</summary>
    public static bool operator >=(AddressBlock left, AddressBlock right) => left.CompareTo(right) >= 0;
}
