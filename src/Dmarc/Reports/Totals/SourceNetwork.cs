using System.Net;
using System.Net.Sockets;

namespace Dmarc.Reports.Totals;

/// <summary>
/// The networks of source addresses: /24 for IPv4 and /48 for IPv6, the smallest ones usually routed and assigned to
/// one site. It caches the last addresses. Not thread-safe.
/// </summary>
internal sealed class SourceNetwork
{
    private readonly ReferenceCache<string> _known = new(1 << 12, Read);

    /// <summary>The network of an address; empty if the text is not an address.</summary>
    public string Of(string address) => _known.Get(address);

    private static string Read(string text)
    {
        if (SourceAddress.IsCanonicalIPv4(text))
        {
            return text.Substring(0, text.LastIndexOf('.') + 1) + "0/24";
        }

        if (!SourceAddress.TryParse(text, out IPAddress? address))
        {
            return "";
        }

        byte[] bytes = address!.GetAddressBytes();
        bool isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
        Array.Clear(bytes, isIPv4 ? 3 : 6, isIPv4 ? 1 : 10);
        return new IPAddress(bytes) + (isIPv4 ? "/24" : "/48");
    }
}
