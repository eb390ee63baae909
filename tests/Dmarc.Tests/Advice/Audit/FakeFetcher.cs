using System.Collections.Concurrent;
using System.Text;
using Dmarc.Dns;
using Dmarc.Dns.Https;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>The web from a table: what is not in it has no host.</summary>
internal sealed class FakeFetcher : IHttpsFetcher
{
    private readonly Dictionary<string, HttpsAnswer> _files = [];

    public ConcurrentQueue<string> Fetched { get; } = new();

    public FakeFetcher File(string uri, string text, string mediaType = "text/plain") => File(uri, Encoding.UTF8.GetBytes(text), mediaType);

    public FakeFetcher File(string uri, byte[] body, string mediaType = "text/plain")
    {
        _files[uri] = new HttpsAnswer(HttpsStatus.Ok) { MediaType = mediaType, Body = body };
        return this;
    }

    public FakeFetcher Fails(string uri, HttpsStatus status)
    {
        _files[uri] = new HttpsAnswer(status) { Detail = status.ToString(), DnsStatus = status == HttpsStatus.DnsFailure ? DnsStatus.ServFail : null };
        return this;
    }

    public Task<HttpsAnswer> FetchAsync(Uri uri, int maximumBytes, CancellationToken cancellationToken = default)
    {
        Fetched.Enqueue(uri.ToString());
        return Task.FromResult(_files.TryGetValue(uri.ToString(), out HttpsAnswer? answer) ? answer : new HttpsAnswer(HttpsStatus.HostNotFound) { Detail = "no host" });
    }
}
