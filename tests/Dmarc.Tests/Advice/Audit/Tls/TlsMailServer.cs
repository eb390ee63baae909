using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dmarc.Tests.Advice.Audit.Tls;

/// <summary>A mail server in this process that encrypts, with any certificate and any mistake.</summary>
internal sealed class TlsMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public TlsMailServer()
    {
        _listener.Start();
        _run = Task.Run(RunAsync);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    public string Greeting { get; init; } = "220-mail.contoso.com\r\n220 ESMTP\r\n";

    public string Ehlo { get; init; } = "250-mail.contoso.com\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 HELP\r\n";

    public string StartTls { get; init; } = "220 2.0.0 Ready\r\n";

    public X509Certificate2? Certificate { get; init; }

    public SslProtocols Protocols { get; init; } = SslProtocols.None;

    /// <summary>How many connections were made.</summary>
    public int Connections { get; private set; }

    public ConcurrentQueue<string> Commands { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _run.Wait(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await TalkAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        await SayAsync(stream, Greeting);
        while (await HearAsync(stream) is { } command)
        {
            Commands.Enqueue(command);
            if (command.StartsWith("EHLO", StringComparison.Ordinal))
            {
                await SayAsync(stream, Ehlo);
            }
            else if (command == "STARTTLS")
            {
                await SayAsync(stream, StartTls);
                if (Certificate is null)
                {
                    return;
                }

                using SslStream secure = new(stream, true);
                await secure.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = Certificate, EnabledSslProtocols = Protocols }, _stop.Token);
                byte[] rest = new byte[100];
                while (await secure.ReadAsync(rest, _stop.Token) > 0)
                {
                    Commands.Enqueue("something after the handshake");
                }

                return;
            }
        }
    }

    private Task SayAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), _stop.Token).AsTask();

    private async Task<string?> HearAsync(NetworkStream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
