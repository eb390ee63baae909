using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dmarc.Tests.Advice.DirectSend.Probing;

/// <summary>
/// An SMTP server in this process. It answers the greeting, EHLO, MAIL, RCPT and QUIT with given texts, byte for byte as they are, and
/// remembers what it was told.
/// </summary>
internal sealed class TestSmtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string?> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    /// <param name="answer">The bytes to answer a command with, <c>""</c> being the greeting; null to close the connection, and an empty text to say nothing.</param>
    public TestSmtpServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _run = Task.Run(RunAsync);
    }

    public string Endpoint => "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    /// <summary>A server as Exchange Online is one, with its answer to RCPT.</summary>
    public static TestSmtpServer Answering(string toRecipient, string toSender = "250 2.1.0 Sender OK\r\n", string greeting = "220 test.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready\r\n") =>
        new(command => command.Length == 0 ? greeting
            : command.StartsWith("EHLO", StringComparison.Ordinal) ? "250-test.mail.protection.outlook.com Hello [127.0.0.1]\r\n250-SIZE 157286400\r\n250-STARTTLS\r\n250 SMTPUTF8\r\n"
            : command.StartsWith("MAIL", StringComparison.Ordinal) ? toSender
            : command.StartsWith("RCPT", StringComparison.Ordinal) ? toRecipient
            : "221 2.0.0 Service closing transmission channel\r\n");

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _run.Wait(TimeSpan.FromSeconds(5));
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream, Encoding.Latin1);
            string? line = "";
            while (line is not null)
            {
                if (line.Length > 0)
                {
                    Commands.Add(line);
                }

                if (_answer(line) is not { } answer)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
                line = await reader.ReadLineAsync(_stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or InvalidOperationException)
        {
        }
    }
}
