using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Tests.Dns.Transports;

namespace Dmarc.Tests.Dns.Https;

/// <summary>A web server in the process that gives each request the same answer, byte for byte, over TLS.</summary>
internal sealed class TestWebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public TestWebServer(string host, string answer, TimeSpan? pause = null, X509Certificate2? certificate = null)
    {
        Certificate = certificate ?? TestCertificate.Create(host);
        Answer = Encoding.UTF8.GetBytes(answer);
        Pause = pause ?? TimeSpan.Zero;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public X509Certificate2 Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Requests { get; } = [];

    private byte[] Answer { get; }

    private TimeSpan Pause { get; }

    /// <summary>Trusts this server's certificate, but not for another host.</summary>
    public bool Trust(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate!.GetCertHashString() == Certificate.GetCertHashString() && (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        Certificate.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using SslStream stream = new(client.GetStream());

#if NETFRAMEWORK
                await stream.AuthenticateAsServerAsync(Certificate);
#else
                // Only the certificate itself is sent, and nothing is looked for to send along.
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(Certificate, null, true),
                });
#endif
                byte[] buffer = new byte[4096];
                int length = await stream.ReadAsync(buffer);
                lock (Requests)
                {
                    if (length == 0)
                    {
                        return;
                    }

                    Requests.Add(Encoding.ASCII.GetString(buffer, 0, length));
                }

                await Task.Delay(Pause, _stop.Token);
                await stream.WriteAsync(Answer);
                await stream.ShutdownAsync();
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, as some are meant to.
            }
        }
    }
}
