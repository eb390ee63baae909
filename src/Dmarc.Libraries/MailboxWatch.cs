using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dmarc.Mail.Mailboxes;
using Dmarc.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Dmarc.Libraries;

/// <summary>
/// Watches a connection: limits the size and duration of each command, logs the dialogue without secrets, and converts
/// the library's exceptions to those of the core.
/// </summary>
internal sealed class MailboxWatch : IProtocolLogger
{
    /// <summary>The maximum size in bytes of an answer without a message or list.</summary>
    public const long SmallAnswer = 8L << 20;

    /// <summary>The maximum size in bytes of a list of messages or folders.</summary>
    public const long LongAnswer = 128L << 20;

    private const int MaximumLineLength = 300;
    private const string Hidden = "********";

    private readonly MailboxOptions _options;
    private readonly string[] _secrets;
    private readonly StringBuilder _line = new();
    private CancellationTokenSource? _operation;
    private long _left = long.MaxValue;
    private bool _isOver;
    private long _literal;
    private bool _authenticates;

    public MailboxWatch(MailboxOptions options, string secret)
    {
        _options = options;

        // In plain form, and as written by SASL (RFC 4616, RFC 7628, XOAUTH2).
        string[] forms =
        [
            secret,
            "\0" + options.UserName + "\0" + secret,
            "user=" + options.UserName + "\u0001auth=Bearer " + secret + "\u0001\u0001",
        ];
        _secrets =
        [
            .. forms.Concat(forms.Select(form => Convert.ToBase64String(Encoding.UTF8.GetBytes(form))))
                .Where(form => form.Length > 0)
                .OrderByDescending(form => form.Length),
        ];
    }

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>Removes the secrets from a text.</summary>
    public string Clean(string text) => _secrets.Aggregate(text, (cleaned, secret) => cleaned.Replace(secret, Hidden));

    /// <summary>Runs a command on the server.</summary>
    /// <param name="time">The maximum duration in total.</param>
    /// <param name="bytes">The maximum number of bytes from the server.</param>
    /// <param name="work">The command.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="MailboxException">The command failed.</exception>
    public T Do<T>(TimeSpan time, long bytes, Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource operation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        operation.CancelAfter(time);
        _left = bytes;
        _isOver = false;
        _operation = operation;
        try
        {
            return work(operation.Token);
        }
        catch (Exception exception) when (exception is not MailboxException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Translate(exception);
        }
        finally
        {
            _operation = null;
        }
    }

    /// <inheritdoc/>
    public void LogConnect(Uri uri) => _options.Log?.Invoke(Sentences.Fill(Strings.Mailbox_Connected, uri.Host, uri.Port));

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        if (_options.Log is null)
        {
            return;
        }

        string text = Encoding.ASCII.GetString(buffer, offset, count);
        foreach (string line in text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            // The following lines belong to the login until the server has answered.
            bool isSecret = _authenticates;
            string shown = line.TrimEnd('\r');
            string[] words = shown.Split([' '], 4);
            if (words.Length > 1 && words[1].Equals("AUTHENTICATE", StringComparison.OrdinalIgnoreCase))
            {
                _authenticates = true;
                shown = string.Join(" ", words.Take(3)) + (words.Length > 3 ? " " + Hidden : "");
            }
            else if (words.Length > 1 && words[1].Equals("LOGIN", StringComparison.OrdinalIgnoreCase))
            {
                _authenticates = true;
                shown = words[0] + " LOGIN " + Hidden;
            }

            _options.Log("C: " + (isSecret ? Hidden : PrintableText.Shorten(Clean(shown), MaximumLineLength)));
        }
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        _left -= count;
        if (_left < 0 && !_isOver)
        {
            _isOver = true;
            _operation?.Cancel();
        }

        if (_options.Log is null)
        {
            return;
        }

        int end = offset + count;
        while (offset < end)
        {
            if (_literal > 0)
            {
                // Message content is not logged.
                int passed = (int)Math.Min(_literal, end - offset);
                _literal -= passed;
                offset += passed;
                continue;
            }

            byte octet = buffer[offset++];
            if (octet == '\n')
            {
                TellLine();
            }
            else if (octet != '\r' && _line.Length < MaximumLineLength * 8)
            {
                _line.Append((char)octet);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The caller owns the listener.
    }

    private void TellLine()
    {
        string line = _line.ToString();
        _line.Clear();
        int brace = line.EndsWith("}", StringComparison.Ordinal) ? line.LastIndexOf('{') : -1;
        if (brace >= 0
            && long.TryParse(
                line.Substring(brace + 1, line.Length - brace - 2),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out long literal))
        {
            _literal = literal;
        }

        if (line.Length > 0 && line[0] != '*' && line[0] != '+')
        {
            _authenticates = false;
        }

        _options.Log!("S: " + (line.StartsWith("+ ", StringComparison.Ordinal) && _authenticates ? "+" : PrintableText.Shorten(Clean(line), MaximumLineLength)));
    }

    private MailboxException Translate(Exception exception)
    {
        string reason = Clean(exception.Message);
        (MailboxFailure failure, string message) = exception switch
        {
            OperationCanceledException when _isOver => (MailboxFailure.TooLarge, Strings.Mailbox_TooMuch),
            OperationCanceledException or TimeoutException => (MailboxFailure.Connection, Sentences.Fill(Strings.Mailbox_Silent, _options.Host)),
            MailKit.Security.AuthenticationException or ServiceNotAuthenticatedException =>
                (MailboxFailure.Credential, Sentences.Fill(Strings.Mailbox_Credential, _options.UserName, _options.Host, reason)),
            SslHandshakeException => (MailboxFailure.Tls, Sentences.Fill(
                Strings.Mailbox_Tls,
                _options.Host,
                _options.Port,
                FirstLine(exception.InnerException is { } cause ? Clean(cause.Message) : reason))),
            NotSupportedException => (MailboxFailure.Tls, Sentences.Fill(Strings.Mailbox_Tls, _options.Host, _options.Port, reason)),
            FolderNotFoundException folder => (MailboxFailure.FolderMissing, Sentences.Fill(Strings.Mailbox_FolderMissing, folder.FolderName)),
            ImapCommandException command => (MailboxFailure.Refused, Clean(command.ResponseText is { Length: > 0 } text ? text : command.Message)),
            SocketException or IOException or ProtocolException or ServiceNotConnectedException or ObjectDisposedException =>
                (MailboxFailure.Connection, reason),
            _ => (MailboxFailure.Connection, exception.GetType().Name + ": " + reason),
        };
        return new MailboxException(failure, message, IsSafe(exception) ? exception : null);
    }

    /// <summary>False for an exception whose text, or that of a cause, contains a secret: it is not shown.</summary>
    private bool IsSafe(Exception exception)
    {
        string text = exception.ToString();
        return Array.TrueForAll(_secrets, secret => text.IndexOf(secret, StringComparison.Ordinal) < 0);
    }

    private static string FirstLine(string text)
    {
        int end = text.IndexOfAny(['\r', '\n']);
        return end < 0 ? text : text.Substring(0, end);
    }
}
