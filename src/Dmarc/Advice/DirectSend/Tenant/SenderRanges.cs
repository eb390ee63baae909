using System.Net;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The addresses that a connector or a mail flow rule admits.</summary>
internal static class SenderRanges
{
    /// <summary>
    /// More addresses than gateways have: four blocks the size of 10.0.0.0/8, as internal networks are listed too.
    /// </summary>
    private const long MaximumIPv4 = 1L << 26;

    /// <summary>The corresponding limit for IPv6: a block of this length is more than a whole provider has.</summary>
    private const int MaximumIPv6Bits = 128 - 16;

    /// <summary>True if the ranges together admit so much of the Internet that strangers are included.</summary>
    /// <param name="ranges">Addresses, blocks, and ranges with a hyphen.</param>
    public static bool AreTooWide(IEnumerable<string> ranges)
    {
        AddressSet[] sets = [.. ranges.Select(Read).OfType<AddressSet>()];
        AddressSet all = sets.Length == 0 ? AddressSet.Empty : AddressSet.Union(sets);
        return all.CountIPv4() > MaximumIPv4 || all.CountIPv6() > Math.Pow(2, MaximumIPv6Bits);
    }

    private static AddressSet? Read(string range)
    {
        if (AddressBlock.TryParse(range, out AddressBlock block))
        {
            return AddressSet.Of(block);
        }

        int hyphen = range.IndexOf('-');
        if (hyphen <= 0
            || !AddressText.TryRead(range.Substring(0, hyphen).Trim(), out IPAddress? first)
            || !AddressText.TryRead(range.Substring(hyphen + 1).Trim(), out IPAddress? last)
            || first.AddressFamily != last.AddressFamily)
        {
            return null;
        }

        AddressRange read = new(AddressNumber.From(first), AddressNumber.From(last));
        return read.First.CompareTo(read.Last) > 0 ? null : AddressSet.OfSorted([read]);
    }
}
