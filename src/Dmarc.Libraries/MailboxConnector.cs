using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Mail.Mailboxes;
using Dmarc.Text;
using MailKit.Net.Imap;
using MailKit.Security;

namespace Dmarc.Libraries;

/// <summary>MailKit's IMAP client. TLS is mandatory: a server without it gets no user name and no secret.</summary>
internal sealed class MailboxConnector : IMailboxConnector
{
    private static readonly string[] TokenMechanisms = ["XOAUTH2", "OAUTHBEARER"];

    /// <inheritdoc/>
    public IMailboxConnection Connect(MailboxOptions options, CancellationToken cancellationToken)
    {
        string secret = new NetworkCredential("", options.Secret).Password;
        MailboxWatch watch = new(options, secret);
        ImapClient client = new Client(watch)
        {
            Timeout = (int)options.Timeout.TotalMilliseconds,

            // As in .NET's own clients: an unresponsive revocation server must not stop the reading.
            CheckCertificateRevocation = false,
        };
        string? refusal = null;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            if (errors == SslPolicyErrors.None || options.SkipCertificateCheck)
            {
                return true;
            }

            refusal = Describe(certificate, chain, errors);
            return false;
        };
        try
        {
            watch.Do(options.Timeout + options.Timeout, MailboxWatch.SmallAnswer, token =>
            {
                SecureSocketOptions tls = options.Tls == MailboxTls.Implicit
                    ? SecureSocketOptions.SslOnConnect
                    : SecureSocketOptions.StartTls;
                client.Connect(options.Host, options.Port, tls, token);
                Authenticate(client, options, secret, token);
                return true;
            }, cancellationToken);
            return new MailboxConnection(client, watch, options);
        }
        catch (MailboxException exception)
        {
            client.Dispose();
            throw refusal is null
                ? exception
                : new MailboxException(
                    MailboxFailure.Certificate,
                    Sentences.Fill(Strings.Mailbox_Certificate, options.Host, refusal),
                    exception);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static void Authenticate(ImapClient client, MailboxOptions options, string secret, CancellationToken cancellationToken)
    {
        if (options.IsToken)
        {
            SaslMechanism mechanism = client.AuthenticationMechanisms.Contains(TokenMechanisms[0])
                || !client.AuthenticationMechanisms.Contains(TokenMechanisms[1])
                ? new SaslMechanismOAuth2(options.UserName, secret)
                : new SaslMechanismOAuthBearer(options.UserName, secret);
            client.Authenticate(mechanism, cancellationToken);
            return;
        }

        client.AuthenticationMechanisms.ExceptWith(TokenMechanisms);
        client.Authenticate(options.UserName, secret, cancellationToken);
    }

    private static string Describe(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        IEnumerable<string> states = chain is null || (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0
            ? []
            : chain.ChainStatus.Select(status => status.Status.ToString()).Distinct();
        string[] words =
            [.. states, .. (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 ? ["RemoteCertificateNameMismatch"] : Array.Empty<string>()];
        return (words.Length > 0 ? string.Join(", ", words) : errors.ToString()) + (certificate is null ? "" : "; " + certificate.Subject);
    }

    /// <summary>The client. It contacts no URL of the server's certificate (no switch in .NET Framework).</summary>
    private sealed class Client(MailboxWatch watch) : ImapClient(watch)
    {
#if NET
        protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
            string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
        {
            SslClientAuthenticationOptions options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            return options;
        }
#endif
    }
}
