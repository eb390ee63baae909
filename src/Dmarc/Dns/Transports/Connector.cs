using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dmarc.Dns.Transports;

/// <summary>Opens TCP connections to one server, with TLS over them where the server asks for it (RFC 7858).</summary>
/// <param name="server">The server.</param>
/// <param name="validation">Decides about the server's certificate; null to trust what the system trusts.</param>
internal sealed class Connector(DnsServer server, RemoteCertificateValidationCallback? validation)
{
    private readonly ServerAddress _address = new(server);

    /// <summary>A connection, encrypted for <see cref="DnsTransport.Tls"/> after the certificate was found to be the host's.</summary>
    public async Task<Stream> ConnectAsync()
    {
        NetworkStream plain = await ConnectPlainAsync().ConfigureAwait(false);
        if (server.Transport != DnsTransport.Tls)
        {
            return plain;
        }

        SslStream secure = new(plain, false, validation);
        try
        {
            await secure.AuthenticateAsClientAsync(server.AuthenticationName, null, SslProtocols.None, false).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            secure.Dispose();
            throw;
        }
    }

    private async Task<NetworkStream> ConnectPlainAsync()
    {
        IPEndPoint[] servers = await _address.GetAsync().ConfigureAwait(false);
        for (int index = 0; ; index++)
        {
            Socket socket = new(servers[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
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
