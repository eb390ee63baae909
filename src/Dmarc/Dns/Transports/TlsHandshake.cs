using System.Net.Security;
using System.Security.Authentication;
#if !NETSTANDARD2_0
using System.Security.Cryptography.X509Certificates;
#endif

namespace Dmarc.Dns.Transports;

/// <summary>
/// How TLS is begun with servers of others. Their certificates name addresses of their choice (issuers to fetch, lists of what was revoked),
/// and nothing of that is contacted: a missing intermediate certificate is the server's fault. .NET Framework has no switch for the issuers.
/// </summary>
internal static class TlsHandshake
{
    /// <summary>Encrypts a connection after the certificate was found to be the host's.</summary>
    /// <param name="plain">The connection; the result owns it.</param>
    /// <param name="host">The name on the certificate.</param>
    /// <param name="validation">Decides about the certificate; null to trust what the system trusts.</param>
    /// <param name="cancellationToken">Ends the wait, for the chain of certificates too.</param>
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
            Task handshake = Task.Run(() => secure.AuthenticateAsClientAsync(Options(host, validation), cancellationToken), CancellationToken.None);
#endif

            // The chain is built by code that looks at no token, on whatever thread comes along.
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
    /// <summary>What a handshake as a client is set to.</summary>
    public static SslClientAuthenticationOptions Options(string? host, RemoteCertificateValidationCallback? validation) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.None,
        RemoteCertificateValidationCallback = validation,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = ChainPolicy(),
    };

    /// <summary>How the chain of a certificate is built: from what the server sent and the system has.</summary>
    public static X509ChainPolicy ChainPolicy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };
#endif
}
