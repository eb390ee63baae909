using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Dns.Transports;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>
/// Connects to a mail exchange like a sender: greeting, EHLO, STARTTLS, handshake, and nothing more. One connection,
/// with limits on the server's lines and on the total time.
/// </summary>
/// <param name="seam">The endpoints and the trusted certificates.</param>
/// <param name="timeout">The maximum total time for one host.</param>
internal sealed class SmtpTlsProbe(TlsSeam seam, TimeSpan timeout)
{
    /// <summary>Connects to a host.</summary>
    /// <param name="host">The name of the host, for which the certificate must be valid.</param>
    /// <param name="address">The address to connect to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<SmtpTlsAnswer> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        SmtpTlsAnswer answer = new(TlsHostStatus.Unreachable);
        SmtpConversation? conversation = null;
        try
        {
            conversation = await SmtpConversation.ConnectAsync(seam.EndpointOf(address), timeout, deadline.Token).ConfigureAwait(false);
            answer = new SmtpTlsAnswer(TlsHostStatus.NotSmtp);
            SmtpReply reply = await conversation.SayAsync(null).ConfigureAwait(false);
            reply = reply.IsPositive
                ? await conversation.SayAsync(
                    "EHLO " + SmtpConversation.Literal(conversation.LocalAddress)).ConfigureAwait(false)
                : reply;
            if (!reply.IsPositive)
            {
                return answer with { Detail = reply.Code + " " + reply.Text };
            }

            if (!reply.Lines.Any(line => string.Equals(line.Trim(), "STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                return new SmtpTlsAnswer(TlsHostStatus.NotOffered);
            }

            answer = new SmtpTlsAnswer(TlsHostStatus.HandshakeFailed);
            reply = await conversation.SayAsync("STARTTLS").ConfigureAwait(false);
            if (!reply.IsPositive)
            {
                return answer with { Detail = reply.Code + " " + reply.Text };
            }

            return await EncryptAsync(host, conversation.ToStream(), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return answer with { Detail = Strings.DirectSend_ProbeTimeout };
        }
        catch (SmtpProblemException exception)
        {
            return answer with { Detail = exception.Message };
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return answer with { Detail = PrintableText.Escape((exception.InnerException?.Message ?? exception.Message).TrimEnd('.')) };
        }
        finally
        {
            conversation?.Dispose();
        }
    }

    private async Task<SmtpTlsAnswer> EncryptAsync(string host, NetworkStream plain, CancellationToken cancellationToken)
    {
        PresentedCertificate? presented = null;
        using SslStream secure = await TlsHandshake.OpenAsync(plain, host, Keep, cancellationToken).ConfigureAwait(false);
        return new SmtpTlsAnswer(TlsHostStatus.Encrypted, Name(secure.SslProtocol), presented);

        // Nothing secret is sent, so any certificate may be accepted here.
        bool Keep(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            presented = certificate is null ? null : PresentedCertificate.Read(certificate, chain, errors, seam.Trusts);
            return certificate is not null;
        }
    }

    private static string Name(SslProtocols protocol) => protocol.ToString() switch
    {
        "Tls" => "TLS 1.0",
        "Tls11" => "TLS 1.1",
        "Tls12" => "TLS 1.2",
        "Tls13" => "TLS 1.3",
        string other => other,
    };
}

/// <summary>The answer of a mail exchange.</summary>
internal sealed record SmtpTlsAnswer(
    TlsHostStatus Status, string Protocol = "", PresentedCertificate? Certificate = null, string Detail = "");

/// <summary>The endpoints of connections to mail exchanges, and additional trust; replaced by tests.</summary>
internal sealed class TlsSeam
{
    /// <summary>Port 25 of the address.</summary>
    public Func<IPAddress, IPEndPoint> EndpointOf { get; init; } = static address => new IPEndPoint(address, 25);

    /// <summary>True for a certificate trusted in addition to the system's; null for none.</summary>
    public Func<X509Certificate2, bool>? Trusts { get; init; }
}
