namespace Dmarc.Dns;

/// <summary>
/// The five ways in which a look-up fails, in the order in which the status of every part ends with them: <c>DnsTimeout</c>,
/// <c>DnsServerFailure</c>, <c>DnsRefused</c>, <c>DnsMalformed</c>, <c>DnsNetworkError</c>. Each of these enums turns a failure into
/// its own member, and back, by the distance from <c>DnsTimeout</c>.
/// </summary>
internal static class DnsFailures
{
    private static readonly DnsStatus[] Order =
        [DnsStatus.Timeout, DnsStatus.ServFail, DnsStatus.Refused, DnsStatus.Malformed, DnsStatus.NetworkError];

    /// <summary>How far a failure's member stands behind <c>DnsTimeout</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The look-up did not fail.</exception>
    public static int IndexOf(DnsStatus failure)
    {
        int index = Array.IndexOf(Order, failure);
        return index >= 0 ? index : throw new ArgumentOutOfRangeException(nameof(failure));
    }

    /// <summary>The failure at a distance from <c>DnsTimeout</c>.</summary>
    public static DnsStatus At(int index) => Order[index];
}
