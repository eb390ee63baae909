using System.Net;
using Dmarc.Domains;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The addresses that a connector or a mail flow rule lets through.</summary>
internal static class SenderRanges
{
    /// <summary>
    /// How many addresses are more than gateways have: four blocks of the size of 10.0.0.0/8, with which internal networks are listed too.
    /// </summary>
    private const long MaximumIPv4 = 1L << 26;

    /// <summary>The same as a part of IPv6: one block of this length is more than a whole provider has.</summary>
    private const int MaximumIPv6Bits = 128 - 16;

    /// <summary>True if the ranges together, however they are cut, let through so much of the Internet that strangers are among it.</summary>
    /// <param name="ranges">Addresses, blocks, and first and last addresses with a hyphen between.</param>
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
