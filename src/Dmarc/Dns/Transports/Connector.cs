using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Dmarc.Dns.Transports;

/// <summary>Opens TCP connections to one server, with TLS if the server's transport requires it (RFC 7858).</summary>
/// <param name="server">The server.</param>
/// <param name="validation">Validates the server's certificate; null for the system's trust.</param>
internal sealed class Connector(DnsServer server, RemoteCertificateValidationCallback? validation)
{
    private readonly ServerAddress _address = new(server);

    /// <summary>A connection; for <see cref="DnsTransport.Tls"/> encrypted, with a verified certificate.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        NetworkStream plain = await ConnectPlainAsync(cancellationToken).ConfigureAwait(false);
        return server.Transport == DnsTransport.Tls
            ? await TlsHandshake.OpenAsync(plain, server.AuthenticationName, validation, cancellationToken).ConfigureAwait(false)
            : plain;
    }

    private async Task<NetworkStream> ConnectPlainAsync(CancellationToken cancellationToken)
    {
        IPEndPoint[] servers = await _address.GetAsync().ConfigureAwait(false);
        for (int index = 0; ; index++)
        {
            Socket socket = new(servers[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

            // Older frameworks take no token; disposing the socket ends every wait.
            using CancellationTokenRegistration registration = cancellationToken.Register(socket.Dispose);
            try
            {
                await socket.ConnectAsync(servers[index]).ConfigureAwait(false);
                return new NetworkStream(socket, true);
            }
            catch (SocketException) when (index < servers.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
