using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dmarc.Dns.Transports;

namespace Dmarc.Dns.Https;

/// <summary>
/// Fetches one small file over HTTPS as RFC 8461 §3.3 requires: a valid certificate, no redirections, no caches.
/// Untrusted DNS records name the host, so the address is checked before connecting, and exactly that address is used.
/// Therefore HTTP is done here: HttpClient of .NET Standard resolves names itself. Proxies are not used.
/// </summary>
/// <param name="resolver">The resolver for addresses.</param>
/// <param name="timeout">The maximum duration of one fetch, including DNS.</param>
/// <param name="allowsPrivateAddresses">True to allow addresses that are not public.</param>
/// <param name="port">The port; only tests use another one.</param>
/// <param name="validation">Validates the certificate; null for the system's trust.</param>
internal sealed class HttpsFetcher(
    IDnsResolver resolver,
    TimeSpan timeout,
    bool allowsPrivateAddresses = false,
    int port = 443,
    RemoteCertificateValidationCallback? validation = null) : IHttpsFetcher
{
    private const int MaximumAddresses = 3;

    public async Task<HttpsAnswer> FetchAsync(Uri uri, int maximumBytes, CancellationToken cancellationToken = default)
    {
        if (!IsAllowed(uri))
        {
            return new HttpsAnswer(HttpsStatus.NotAllowed) { Detail = Strings.Https_NotAllowed };
        }

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            (IPAddress[] addresses, HttpsAnswer? problem) = await LookUpAsync(uri.IdnHost, deadline.Token).ConfigureAwait(false);
            if (problem is not null)
            {
                return problem;
            }

            HttpsAnswer? last = null;
            foreach (IPAddress address in addresses)
            {
                last = await FetchFromAsync(uri, address, maximumBytes, deadline.Token).ConfigureAwait(false);
                if (last.Status != HttpsStatus.ConnectionFailed)
                {
                    break;
                }
            }

            return last!;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string detail = Sentences.Insert(Strings.Https_Timeout, timeout.TotalSeconds);
            return new HttpsAnswer(HttpsStatus.Timeout) { Detail = detail };
        }
    }

    private static bool IsAllowed(Uri uri) =>
        uri.IsAbsoluteUri
        && uri.Scheme == Uri.UriSchemeHttps
        && uri.IsDefaultPort
        && uri.UserInfo.Length == 0
        && uri.HostNameType == UriHostNameType.Dns;

    /// <summary>True if connecting is allowed; an embedded IPv4 address decides (RFC 6052, RFC 3056).</summary>
    internal static bool IsPublic(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        if (octets.Length == 4)
        {
            return PublicAddress.Is(address) && octets[0] < 224;
        }

        int embedded = (octets[0], octets[1], octets[2], octets[3]) switch
        {
            (0x00, 0x64, 0xFF, 0x9B) => 12,
            (0x20, 0x02, _, _) => 2,
            _ => -1,
        };
        return embedded < 0
            ? PublicAddress.Is(address) && octets[0] != 0xFF
            : IsPublic(new IPAddress([octets[embedded], octets[embedded + 1], octets[embedded + 2], octets[embedded + 3]]));
    }

    private async Task<(IPAddress[] Addresses, HttpsAnswer? Problem)> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(host, DnsRecordType.A, cancellationToken).AsTask(),
            resolver.QueryAsync(host, DnsRecordType.AAAA, cancellationToken).AsTask()).ConfigureAwait(false);
        IPAddress[] found = [.. answers.SelectMany(answer => answer.Records).OfType<AddressRecord>().Select(record => record.Address)];
        if (found.Length == 0)
        {
            DnsResponse? failed = Array.Find(answers, answer => !answer.Status.IsAnswer());
            return ([], failed is null
                ? new HttpsAnswer(HttpsStatus.HostNotFound)
                {
                    Detail = Sentences.Insert(Strings.Https_HostNotFound, host),
                }
                : new HttpsAnswer(HttpsStatus.DnsFailure)
                {
                    DnsStatus = failed.Status,
                    Detail = Sentences.Insert(Strings.Https_DnsFailure, host, failed.Status),
                });
        }

        IPAddress[] allowed =
            [.. found.Where(address => allowsPrivateAddresses || IsPublic(address)).Take(MaximumAddresses)];
        return allowed.Length > 0
            ? (allowed, null)
            : ([], new HttpsAnswer(HttpsStatus.AddressRefused)
            {
                Detail = Sentences.Insert(Strings.Https_AddressRefused, host, found[0]),
            });
    }

    private async Task<HttpsAnswer> FetchFromAsync(Uri uri, IPAddress address, int maximumBytes, CancellationToken cancellationToken)
    {
        HttpsAnswer failure = new(HttpsStatus.ConnectionFailed);
        SslPolicyErrors errors = SslPolicyErrors.None;
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        // Older frameworks take no token here; disposing the socket ends every wait.
        using CancellationTokenRegistration registration = cancellationToken.Register(socket.Dispose);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port)).ConfigureAwait(false);
            failure = new HttpsAnswer(HttpsStatus.CertificateInvalid);
            using SslStream stream = await TlsHandshake
                .OpenAsync(new NetworkStream(socket, false), uri.IdnHost, Validate, cancellationToken)
                .ConfigureAwait(false);
            failure = new HttpsAnswer(HttpsStatus.Malformed);
            byte[] request = Encoding.ASCII.GetBytes(
                "GET " + uri.PathAndQuery + " HTTP/1.1\r\nHost: " + uri.IdnHost
                + "\r\nUser-Agent: Dmarc\r\nAccept: */*\r\nAccept-Encoding: identity\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n");
            await stream.WriteAsync(request, 0, request.Length, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            return await new HttpAnswerReader(stream, maximumBytes).ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return exception is AuthenticationException
                || errors != SslPolicyErrors.None
                || failure.Status != HttpsStatus.CertificateInvalid
                ? failure with { Detail = Describe(errors) ?? exception.InnerException?.Message ?? exception.Message }
                : new HttpsAnswer(HttpsStatus.ConnectionFailed) { Detail = exception.Message };
        }

        bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors found)
        {
            bool valid = validation?.Invoke(sender, certificate, chain, found) ?? found == SslPolicyErrors.None;
            errors = valid ? SslPolicyErrors.None : found;
            return valid;
        }
    }

    private static string? Describe(SslPolicyErrors errors) =>
        (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 ? Strings.Https_CertificateName
        : (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0 ? Strings.Https_CertificateChain
        : null;

}
