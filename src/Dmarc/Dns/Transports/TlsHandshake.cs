using System.Net.Security;
using System.Security.Authentication;
#if !NETSTANDARD2_0
using System.Security.Cryptography.X509Certificates;
#endif

namespace Dmarc.Dns.Transports;

/// <summary>
/// Begins TLS with untrusted servers. Their certificates contain URLs of their choice (issuers, revocation lists), and
/// none is contacted: a missing intermediate certificate is the server's fault. .NET Framework has no switch for
/// issuers.
/// </summary>
internal static class TlsHandshake
{
    /// <summary>Encrypts a connection and verifies the certificate.</summary>
    /// <param name="plain">The connection; the result owns it.</param>
    /// <param name="host">The name that the certificate must have.</param>
    /// <param name="validation">Validates the certificate; null for the system's trust.</param>
    /// <param name="cancellationToken">Ends the wait, even while the certificate chain is built.</param>
    public static async Task<SslStream> OpenAsync(
        Stream plain,
        string host,
        RemoteCertificateValidationCallback? validation,
        CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        SslStream secure = new(plain, false, validation);
#else
        SslStream secure = new(plain, false);
#endif
        try
        {
#if NETSTANDARD2_0
            Task handshake = Task.Run(() => secure.AuthenticateAsClientAsync(host, null, SslProtocols.None, false), CancellationToken.None);
#else
            Task handshake = Task.Run(
                () => secure.AuthenticateAsClientAsync(Options(host, validation), cancellationToken),
                CancellationToken.None);
#endif

            // The code that builds the chain ignores the token and runs on any thread.
            await TaskDeadline.WaitAsync(handshake, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            secure.Dispose();
            throw;
        }
    }

#if !NETSTANDARD2_0
    /// <summary>The options of a client handshake.</summary>
    public static SslClientAuthenticationOptions Options(string? host, RemoteCertificateValidationCallback? validation) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.None,
        RemoteCertificateValidationCallback = validation,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
#endif
}
