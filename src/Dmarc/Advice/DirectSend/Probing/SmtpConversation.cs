using System.Net;
using System.Net.Sockets;

namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>Why a conversation ended early.</summary>
internal sealed class SmtpProblemException(DirectSendProbeOutcome outcome, string message) : Exception(message)
{
    public DirectSendProbeOutcome Outcome { get; } = outcome;
}

/// <summary>
/// One SMTP connection as a client, with limits, because a server may be hostile. A line has at most 2,048 octets (RFC
/// 5321 §4.5.3.1.5 allows 512), a reply at most 50 lines; each reply has a time limit, which also cuts an endless one.
/// </summary>
internal sealed class SmtpConversation(Socket socket, TimeSpan timeout, CancellationToken cancellationToken)
    : IDisposable
{
    private const int MaximumLine = 2_048;
    private const int MaximumLines = 50;
    private const int MaximumShown = 500;

    private readonly byte[] _buffer = new byte[4_096];
    private readonly List<string> _transcript = [];
    private int _start;
    private int _end;

    /// <summary>The transcript, safe for a terminal.</summary>
    public PrintableList<string> Transcript => _transcript.ToPrintableList();

    /// <summary>The address of this machine on the connection.</summary>
    public IPAddress LocalAddress => ((IPEndPoint)socket.LocalEndPoint!).Address;

    public static async Task<SmtpConversation> ConnectAsync(IPEndPoint server, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpConversation conversation = new(socket, timeout, cancellationToken);
        try
        {
            await conversation.WaitAsync(socket.ConnectAsync(server)).ConfigureAwait(false);
            return conversation;
        }
        catch
        {
            conversation.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command, if given, and reads the reply.</summary>
    public async Task<SmtpReply> SayAsync(string? command)
    {
        if (command is not null)
        {
            _transcript.Add("C: " + PrintableText.Escape(command));
            byte[] octets = Encoding.ASCII.GetBytes(command + "\r\n");
            int sent = 0;
            while (sent < octets.Length)
            {
                sent += await WaitAsync(
                    socket.SendAsync(
                        new ArraySegment<byte>(octets, sent, octets.Length - sent),
                        SocketFlags.None)).ConfigureAwait(false);
            }
        }

        return await WaitAsync(ReadReplyAsync()).ConfigureAwait(false);
    }

    /// <summary>The connection for encryption. What a server sent before is untrusted (RFC 3207 §4.2).</summary>
    public NetworkStream ToStream() =>
        _start == _end
            ? new NetworkStream(socket, false)
            : throw new SmtpProblemException(DirectSendProbeOutcome.ProtocolError, Strings.DirectSend_ProbeNotSmtp);

    /// <summary>An address as a literal (RFC 5321 §4.1.3).</summary>
    public static string Literal(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? "[IPv6:" + new IPAddress(plain.GetAddressBytes()) + "]"
            : "[" + plain + "]";
    }

    public void Dispose() => socket.Dispose();

    private async Task<SmtpReply> ReadReplyAsync()
    {
        int? code = null;
        List<string> texts = [];
        for (int count = 0; count < MaximumLines; count++)
        {
            string line = await ReadLineAsync().ConfigureAwait(false);
            string shown = PrintableText.Escape(line);
            _transcript.Add("S: " + PrintableText.Shorten(shown, MaximumShown));
            if (!SmtpReply.TryReadLine(line, out int read, out bool isLast, out string text) || (code is not null && code != read))
            {
                throw new SmtpProblemException(DirectSendProbeOutcome.ProtocolError, Strings.DirectSend_ProbeNotSmtp);
            }

            code = read;
            texts.Add(WithoutRepeatedCode(text, texts));
            if (isLast)
            {
                string joined = PrintableText.Escape(string.Join(" ", texts));
                return new SmtpReply(read, PrintableText.Shorten(joined, MaximumShown)) { Lines = texts };
            }
        }

        throw new SmtpProblemException(DirectSendProbeOutcome.ProtocolError, Strings.DirectSend_ProbeTooLong);
    }

    /// <summary>Removes the enhanced code that servers repeat on each line (RFC 2034 §4).</summary>
    private static string WithoutRepeatedCode(string text, List<string> earlier)
    {
        string code = new SmtpReply(0, text).EnhancedCode;
        return earlier.Count > 0 && code.Length > 0 && earlier[0].StartsWith(code + " ", StringComparison.Ordinal)
            ? text.Substring(code.Length).TrimStart()
            : text;
    }

    private async Task<string> ReadLineAsync()
    {
        StringBuilder line = new();
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await socket.ReceiveAsync(new ArraySegment<byte>(_buffer), SocketFlags.None)
                    .ConfigureAwait(false);
                if (_end == 0)
                {
                    throw new SmtpProblemException(DirectSendProbeOutcome.ConnectionFailed, Strings.DirectSend_ProbeClosed);
                }
            }

            byte octet = _buffer[_start++];
            if (octet == (byte)'\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length == MaximumLine)
            {
                throw new SmtpProblemException(DirectSendProbeOutcome.ProtocolError, Strings.DirectSend_ProbeTooLong);
            }

            // Octets above 127 are kept as characters; their encoding does not matter here.
            line.Append((char)octet);
        }
    }

    private async Task<T> WaitAsync<T>(Task<T> work)
    {
        await WaitAsync((Task)work).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }

    /// <summary>Waits for the socket; a timeout closes the socket, which ends the wait.</summary>
    private async Task WaitAsync(Task work)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (await Task.WhenAny(work, Task.Delay(timeout, timer.Token)).ConfigureAwait(false) != work)
        {
            socket.Dispose();
            _ = work.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpProblemException(DirectSendProbeOutcome.Timeout, Strings.DirectSend_ProbeTimeout);
        }

        timer.Cancel();
        await work.ConfigureAwait(false);
    }
}
