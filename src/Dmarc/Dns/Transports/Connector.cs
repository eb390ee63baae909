using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Dmarc.Dns.Transports;

/// <summary>Opens TCP connections to one server, with TLS over them where the server asks for it (RFC 7858).</summary>
/// <param name="server">The server.</param>
/// <param name="validation">Decides about the server's certificate; null to trust what the system trusts.</param>
internal sealed class Connector(DnsServer server, RemoteCertificateValidationCallback? validation)
{
    private readonly ServerAddress _address = new(server);

    /// <summary>A connection, encrypted for <see cref="DnsTransport.Tls"/> after the certificate was found to be the host's.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
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

            // The older frameworks take no token; a socket that is gone ends every wait.
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
