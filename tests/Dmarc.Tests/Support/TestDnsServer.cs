using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dmarc.Dns;

namespace Dmarc.Tests.Support;

/// <summary>A question as it reached the test server.</summary>
internal sealed record TestQuestion(string Name, DnsRecordType Type, ushort Id, bool OverTcp, int ClientPort, bool HasEdns, byte[] Message, byte[] Section)
{
    public static TestQuestion Read(byte[] message, bool overTcp, int clientPort)
    {
        StringBuilder name = new();
        int position = 12;
        while (message[position] != 0)
        {
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(message, position + 1, message[position]));
            position += message[position] + 1;
        }

        return new TestQuestion(
            name.ToString(),
            (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(position + 1)),
            BinaryPrimitives.ReadUInt16BigEndian(message),
            overTcp,
            clientPort,
            message[11] == 1,
            message,
            message[12..(position + 5)]);
    }

    public DnsMessageBuilder Builder() => new DnsMessageBuilder { Id = Id }.QuestionSection(Section);
}

/// <summary>How the test server reacts to a question.</summary>
internal sealed record TestReply(Func<TestQuestion, IEnumerable<byte[]>> Messages)
{
    public static TestReply Silence { get; } = new(_ => []);

    public TimeSpan Delay { get; init; }

    /// <summary>Answers wait for this (UDP).</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>Send from a socket that was not asked.</summary>
    public bool FromOtherPort { get; init; }

    /// <summary>Close the connection instead of answering (TCP).</summary>
    public bool Close { get; init; }

    public static TestReply Records(params byte[][] answers) => new(question => [question.Builder().Answer(answers).Build()]);

    public static TestReply Code(int code) => new(question => [With(question.Builder(), builder => builder.ResponseCode = code)]);

    public static TestReply Raw(Func<TestQuestion, byte[]> message) => new(question => [message(question)]);

    public static TestReply Build(Action<DnsMessageBuilder> change) => new(question => [With(question.Builder(), change)]);

    private static byte[] With(DnsMessageBuilder builder, Action<DnsMessageBuilder> change)
    {
        change(builder);
        return builder.Build();
    }
}

/// <summary>
/// A DNS server on 127.0.0.1, UDP and TCP on one port, that says what the test tells it to, right or wrong. Several replies to
/// one question are given in turn; the last one stays. An unknown question gets NXDOMAIN.
/// </summary>
internal sealed class TestDnsServer : IDisposable
{
    private readonly Socket _udp;
    private readonly Socket _other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener _tcp;
    private readonly ConcurrentDictionary<(string Name, DnsRecordType Type, bool Tcp), ConcurrentQueue<TestReply>> _replies = new();
    private readonly CancellationTokenSource _stop = new();

    private int _disposed;

    public TestDnsServer()
    {
        (_udp, _tcp) = Bind();
        _other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        new Thread(ReceiveUdp) { IsBackground = true }.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_udp.LocalEndPoint!).Port;

    public ConcurrentQueue<TestQuestion> Questions { get; } = new();

    public int Connections { get; private set; }

    public TestReply Otherwise { get; set; } = TestReply.Code(3);

    /// <summary>Chooses the reply to an unknown question.</summary>
    public Func<TestQuestion, TestReply>? Choice { get; set; }

    /// <summary>What TCP connections are wrapped into, such as TLS.</summary>
    public Func<Stream, Task<Stream>> Wrap { get; init; } = Task.FromResult;

    public DnsServer Udp => Address("127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture));

    public DnsServer Tcp => Address("tcp://127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture));

    public static DnsServer Address(string text) =>
        DnsServer.TryParse(text, out DnsServer? server, out string error) ? server : throw new ArgumentException(error, nameof(text));

    public TestDnsServer On(string name, DnsRecordType type, params TestReply[] replies) => OnUdp(name, type, replies).OnTcp(name, type, replies);

    public TestDnsServer OnUdp(string name, DnsRecordType type, params TestReply[] replies)
    {
        _replies[(name, type, false)] = new ConcurrentQueue<TestReply>(replies);
        return this;
    }

    public TestDnsServer OnTcp(string name, DnsRecordType type, params TestReply[] replies)
    {
        _replies[(name, type, true)] = new ConcurrentQueue<TestReply>(replies);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stop.Cancel();
        _udp.Dispose();
        _other.Dispose();
        _tcp.Stop();
        _stop.Dispose();
    }

    /// <summary>The reply to a message, for other ways of carrying it.</summary>
    public TestReply Choose(TestQuestion question)
    {
        Questions.Enqueue(question);
        if (!_replies.TryGetValue((question.Name, question.Type, question.OverTcp), out ConcurrentQueue<TestReply>? queue))
        {
            return Choice?.Invoke(question) ?? Otherwise;
        }

        lock (queue)
        {
            return queue.Count > 1 && queue.TryDequeue(out TestReply? next) ? next : queue.First();
        }
    }

    private static (Socket Udp, TcpListener Tcp) Bind()
    {
        for (int attempt = 0; ; attempt++)
        {
            TcpListener tcp = new(IPAddress.Loopback, 0);
            tcp.Start();
            Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 22 };
            try
            {
                udp.Bind(tcp.LocalEndpoint);
                return (udp, tcp);
            }
            catch (SocketException) when (attempt < 20)
            {
                tcp.Stop();
                udp.Dispose();
            }
        }
    }

    private void ReceiveUdp()
    {
        byte[] buffer = new byte[65535];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                EndPoint client = new IPEndPoint(IPAddress.Any, 0);
                int length = _udp.ReceiveFrom(buffer, ref client);
                TestQuestion question = TestQuestion.Read(buffer[..length], false, ((IPEndPoint)client).Port);
                TestReply reply = Choose(question);
                _ = SendAsync(question, reply, client);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // An ICMP error of a client that is gone, or the end.
            }
        }
    }

    private async Task SendAsync(TestQuestion question, TestReply reply, EndPoint client)
    {
        if (reply.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reply.Delay);
        }

        await reply.Until;
        foreach (byte[] message in reply.Messages(question))
        {
            try
            {
                (reply.FromOtherPort ? _other : _udp).SendTo(message, client);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            int port = ((IPEndPoint)client.Client.RemoteEndPoint!).Port;
            using Stream stream = await Wrap(client.GetStream());
            byte[] prefix = new byte[2];
            while (true)
            {
                await stream.ReadExactlyAsync(prefix, _stop.Token);
                byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(message, _stop.Token);
                TestQuestion question = TestQuestion.Read(message, true, port);
                TestReply reply = Choose(question);
                if (reply.Close)
                {
                    return;
                }

                _ = Task.Run(async () =>
                {
                    await Task.Delay(reply.Delay);
                    foreach (byte[] answer in reply.Messages(question))
                    {
                        byte[] framed = [.. DnsMessageBuilder.Number16(answer.Length), .. answer];
                        await stream.WriteAsync(framed);
                    }
                });
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client left, or the end.
        }
    }
}
