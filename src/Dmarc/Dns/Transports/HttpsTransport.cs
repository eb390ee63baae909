using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Security;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>DNS over HTTPS by POST (RFC 8484), with HTTP/2 if the platform supports it.</summary>
internal sealed class HttpsTransport : IDnsTransport
{
    private const int MaximumMessage = 65535;
    private const string MediaType = "application/dns-message";

    private readonly HttpClient _client;
    private readonly Uri _uri;
    private readonly ServerHealth _health;

    /// <summary>A transport.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler.")]
    public HttpsTransport(Uri uri, ServerHealth health, RemoteCertificateValidationCallback? validation)
    {
        _health = health;
        _uri = uri;
#if NETSTANDARD2_0
        HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 16 };
        if (validation is not null)
        {
            handler.ServerCertificateCustomValidationCallback =
                (request, certificate, chain, errors) => validation(request, certificate, chain, errors);
        }
#else
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 16,
            SslOptions = TlsHandshake.Options(null, validation),
        };
#endif

        _client = new HttpClient(handler, true) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaximumMessage };
    }

    public async ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        byte[] message = new byte[DnsQuery.MaximumLength];

        // RFC 8484 §4.1: the id is zero, so that caches on the path recognise identical requests.
        int length = query.Write(message, 0);
        using CancellationTokenSource deadline =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _health.Down);
        deadline.CancelAfter(timeout > TimeSpan.Zero ? timeout : TimeSpan.FromMilliseconds(1));
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _uri) { Version = new Version(2, 0) };
            using ByteArrayContent content = new(message, 0, length);
            content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
            request.Content = content;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
            using HttpResponseMessage response = await _client.SendAsync(request, deadline.Token).ConfigureAwait(false);
            _health.Heard();
            return await ReadAsync(response, query).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return query.Failed(DnsStatus.Timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return query.Failed(DnsStatus.NetworkError, exception.InnerException?.Message ?? exception.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<DnsResponse> ReadAsync(HttpResponseMessage response, DnsQuery query)
    {
        if (!response.IsSuccessStatusCode)
        {
            return query.Failed(
                DnsStatus.NetworkError, Sentences.Insert(Strings.Dns_HttpStatus, (int)response.StatusCode));
        }

        string mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!string.Equals(mediaType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return query.Failed(DnsStatus.Malformed, Sentences.Insert(Strings.Dns_HttpMediaType, mediaType));
        }

        byte[] message = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (!query.IsAnsweredBy(message))
        {
            return query.Failed(DnsStatus.Malformed, Strings.Dns_AnswerUnreadable);
        }

        DnsResponse answer = AnswerReader.Read(message, query);
        return answer.Retry == DnsRetry.OverTcp ? answer with { Retry = DnsRetry.None } : answer;
    }
}
