#if !NETFRAMEWORK
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dmarc.Tests.Dns.Transports;

namespace Dmarc.Tests.Mail.Mailboxes;

/// <summary>One message of the server.</summary>
internal sealed class TestMessage(uint uid, byte[] content)
{
    public uint Uid { get; } = uid;

    public byte[] Content { get; } = content;

    public bool Seen { get; set; }

    public bool Deleted { get; set; }

    /// <summary>What the server says of the size.</summary>
    public long? SaidSize { get; set; }
}

/// <summary>
/// A mail server in the process, with as much of IMAP as the library asks for, and with the faults of bad ones: what <see cref="Intercept"/>
/// does instead of an answer.
/// </summary>
internal sealed class TestImapServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate = TestCertificate.Create("localhost");
    private readonly List<TcpClient> _clients = [];

    public TestImapServer()
    {
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>True to begin without TLS, and offer STARTTLS as <see cref="Capabilities"/> say.</summary>
    public bool IsPlain { get; init; }

    public string Capabilities { get; set; } = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2 UIDPLUS MOVE NAMESPACE";

    public string Secret { get; init; } = "secret-word";

    public uint Validity { get; set; } = 7;

    public Dictionary<string, List<TestMessage>> Folders { get; } = new(StringComparer.Ordinal) { ["INBOX"] = [] };

    /// <summary>All commands, in order, without their tags.</summary>
    public List<string> Commands { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Gets tag and command and does something else instead of an answer: true to go on as usual, false if it has answered; throws IOException to drop the connection.</summary>
    public Func<string, string, Stream, bool>? Intercept { get; set; }

    /// <summary>Gets each command that was carried out, before the end of its answer; throws IOException to drop the connection.</summary>
    public Action<string>? AfterAnswer { get; set; }

    public void Add(params byte[][] messages)
    {
        foreach (byte[] message in messages)
        {
            Folders["INBOX"].Add(new TestMessage((uint)(Folders["INBOX"].Count + 1), message));
        }
    }

    public int Count(string command)
    {
        lock (Commands)
        {
            return Commands.Count(said => said.StartsWith(command, StringComparison.OrdinalIgnoreCase));
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        lock (_clients)
        {
            _clients.ForEach(client => client.Dispose());
        }

        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                lock (_clients)
                {
                    _clients.Add(client);
                }

                _ = Task.Run(() => Talk(client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Talk(TcpClient client)
    {
        try
        {
            using (client)
            {
                Stream stream = client.GetStream();
                stream = IsPlain ? stream : Encrypt(stream);
                Write(stream, "* OK ready");
                string folder = "";
                while (ReadLine(stream) is { } line)
                {
                    string tag = line.Split(' ')[0];
                    string command = line[(tag.Length + 1)..];
                    lock (Commands)
                    {
                        Commands.Add(command);
                    }

                    if (Intercept?.Invoke(tag, command, stream) == false)
                    {
                        continue;
                    }

                    if (command == "STARTTLS")
                    {
                        Write(stream, tag + " OK go");
                        stream = Encrypt(stream);
                        continue;
                    }

                    string state = Answer(stream, command, ref folder);
                    AfterAnswer?.Invoke(command);
                    Write(stream, tag + " " + state);
                    if (command == "LOGOUT")
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            // The connection ended, as some are meant to.
        }
    }

    private SslStream Encrypt(Stream stream)
    {
        SslStream encrypted = new(stream);
        encrypted.AuthenticateAsServer(_certificate);
        return encrypted;
    }

    /// <summary>Writes what answers a command, and gives the state to end with.</summary>
    private string Answer(Stream stream, string command, ref string folder)
    {
        string[] words = command.Split(' ');
        List<TestMessage> messages = Folders.GetValueOrDefault(folder) ?? [];
        switch (words[0] + (words[0] == "UID" ? " " + words[1] : ""))
        {
            case "CAPABILITY":
                Write(stream, "* CAPABILITY " + Capabilities);
                return "OK done";
            case "AUTHENTICATE":
                string given = words.Length > 2 ? words[2] : Challenge(stream);
                bool isRight = Encoding.UTF8.GetString(Convert.FromBase64String(given)).Contains(Secret, StringComparison.Ordinal);
                return isRight ? "OK [CAPABILITY " + Capabilities + "] logged in" : "NO [AUTHENTICATIONFAILED] not you: " + given;
            case "LOGIN":
                return command.Contains(Secret, StringComparison.Ordinal) ? "OK logged in" : "NO [AUTHENTICATIONFAILED] not you";
            case "NAMESPACE":
                Write(stream, "* NAMESPACE ((\"\" \"/\")) NIL NIL");
                return "OK done";
            case "LIST":
                string pattern = words[^1].Trim('"').Replace("%", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
                foreach (string name in Folders.Keys.Where(name => words[^1].Contains('%', StringComparison.Ordinal) ? name.StartsWith(pattern, StringComparison.Ordinal) : name == pattern))
                {
                    Write(stream, "* LIST () \"/\" \"" + name + "\"");
                }

                return "OK done";
            case "CREATE":
                Folders[words[1].Trim('"')] = [];
                return "OK done";
            case "SELECT" or "EXAMINE":
                folder = words[1].Trim('"');
                Write(stream, $"* {Folders[folder].Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Deleted)\r\n* OK [UIDVALIDITY {Validity}] ok\r\n* OK [UIDNEXT {Next(folder)}] ok");
                return words[0] == "SELECT" ? "OK [READ-WRITE] done" : "OK [READ-ONLY] done";
            case "UID SEARCH":
                IEnumerable<TestMessage> found = messages.Where(message => !message.Deleted && (!command.Contains("UNSEEN", StringComparison.Ordinal) || !message.Seen));
                Write(stream, "* SEARCH " + string.Join(' ', found.Select(message => message.Uid)));
                return "OK done";
            case "UID FETCH":
                foreach (TestMessage message in Chosen(messages, words[2]))
                {
                    int number = messages.IndexOf(message) + 1;
                    if (command.Contains("BODY.PEEK[]", StringComparison.Ordinal))
                    {
                        Write(stream, $"* {number} FETCH (UID {message.Uid} BODY[] {{{message.Content.Length}}}", end: "\r\n");
                        stream.Write(message.Content);
                        Write(stream, ")");
                    }
                    else
                    {
                        Write(stream, $"* {number} FETCH (UID {message.Uid} RFC822.SIZE {message.SaidSize ?? message.Content.Length} INTERNALDATE \"01-Jul-2025 00:00:00 +0000\")");
                    }
                }

                return "OK done";
            case "UID STORE":
                foreach (TestMessage message in Chosen(messages, words[2]))
                {
                    message.Seen |= command.Contains("\\Seen", StringComparison.Ordinal);
                    message.Deleted |= command.Contains("\\Deleted", StringComparison.Ordinal);
                }

                return "OK done";
            case "UID EXPUNGE":
                Chosen(messages, words[2]).Where(message => message.Deleted).ToList().ForEach(message => messages.Remove(message));
                return "OK done";
            case "STATUS":
                string asked = words[1].Trim('"');
                Write(stream, $"* STATUS {words[1]} (UIDNEXT {Next(asked)} UIDVALIDITY {Validity})");
                return "OK done";
            case "UID COPY":
                string target = words[3].Trim('"');
                foreach (TestMessage message in Chosen(messages, words[2]))
                {
                    Folders[target].Add(new TestMessage(Next(target), message.Content));
                }

                return "OK done";
            case "UID MOVE":
                foreach (TestMessage message in Chosen(messages, words[2]))
                {
                    Folders[words[3].Trim('"')].Add(message);
                    messages.Remove(message);
                }

                return "OK done";
            case "LOGOUT":
                Write(stream, "* BYE");
                return "OK done";
            default:
                return "OK done";
        }
    }

    private uint Next(string folder) => Folders[folder].Select(message => message.Uid).DefaultIfEmpty(0u).Max() + 1;

    private static List<TestMessage> Chosen(List<TestMessage> messages, string set)
    {
        HashSet<uint> uids = [];
        foreach (string range in set.Split(','))
        {
            string[] ends = range.Split(':');
            uint last = ends[^1] is "*" or "4294967295" ? 100_000 : uint.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (uint uid = uint.Parse(ends[0], CultureInfo.InvariantCulture); uid <= last; uid++)
            {
                uids.Add(uid);
            }
        }

        return [.. messages.Where(message => uids.Contains(message.Uid))];
    }

    private static string Challenge(Stream stream)
    {
        Write(stream, "+ ");
        return ReadLine(stream) ?? "";
    }

    public static void Write(Stream stream, string text, string end = "\r\n")
    {
        stream.Write(Encoding.Latin1.GetBytes(text + end));
        stream.Flush();
    }

    private static string? ReadLine(Stream stream)
    {
        List<byte> line = [];
        int octet;
        while ((octet = stream.ReadByte()) >= 0)
        {
            if (octet == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add((byte)octet);
        }

        return null;
    }
}
#endif
