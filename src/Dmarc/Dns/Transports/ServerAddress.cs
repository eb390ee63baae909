using System.Net;
using System.Net.Sockets;

namespace Dmarc.Dns.Transports;

/// <summary>The address of a server: its literal address, or the addresses of its host name.</summary>
internal sealed class ServerAddress(DnsServer server)
{
    private IPEndPoint[]? _endPoints;

    /// <summary>The end points to try, in order.</summary>
    /// <exception cref="SocketException">The host name has no address.</exception>
    public ValueTask<IPEndPoint[]> GetAsync()
    {
        if (_endPoints is not null)
        {
            return new ValueTask<IPEndPoint[]>(_endPoints);
        }

        if (AddressText.TryReadScoped(server.Host, out IPAddress? address))
        {
            _endPoints = [new IPEndPoint(address, server.Port)];
            return new ValueTask<IPEndPoint[]>(_endPoints);
        }

        return new ValueTask<IPEndPoint[]>(ResolveAsync());
    }

    private async Task<IPEndPoint[]> ResolveAsync()
    {
        IPAddress[] addresses = await System.Net.Dns.GetHostAddressesAsync(server.Host).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return _endPoints = Array.ConvertAll(addresses, address => new IPEndPoint(address, server.Port));
    }
}
