namespace Dmarc.Dns.Https;

/// <summary>The only interface through which the other code fetches over HTTPS.</summary>
internal interface IHttpsFetcher
{
    /// <summary>
    /// Fetches one file. Every failure is a status of the answer, never an exception; only cancellation throws.
    /// </summary>
    /// <param name="uri">The URL. Only https on port 443 is allowed.</param>
    /// <param name="maximumBytes">The maximum size of the file.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<HttpsAnswer> FetchAsync(Uri uri, int maximumBytes, CancellationToken cancellationToken = default);
}

/// <summary>How a fetch ended.</summary>
public enum HttpsStatus
{
    /// <summary>The complete file was received with status 200.</summary>
    Ok,

    /// <summary>The URL is not allowed: not https, another port, a literal address.</summary>
    NotAllowed,

    /// <summary>DNS answered that the host has no address.</summary>
    HostNotFound,

    /// <summary>The look-up of the host's address failed.</summary>
    DnsFailure,

    /// <summary>The host's address is private, loopback or link-local.</summary>
    AddressRefused,

    /// <summary>The connection failed.</summary>
    ConnectionFailed,

    /// <summary>The certificate is not valid for the host, or is not trusted.</summary>
    CertificateInvalid,

    /// <summary>The server answered with a status other than 200, such as a redirection.</summary>
    HttpError,

    /// <summary>The file exceeds the maximum size.</summary>
    TooLarge,

    /// <summary>The answer is not valid HTTP, or is incomplete.</summary>
    Malformed,

    /// <summary>The fetch timed out.</summary>
    Timeout,
}

/// <summary>The result of a fetch.</summary>
/// <param name="Status">The status.</param>
internal sealed record HttpsAnswer(HttpsStatus Status)
{
    /// <summary>How the look-up of the host failed; null unless the status is DnsFailure.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>The status above as a failure; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure => DnsStatus?.ToDnsFailure();

    /// <summary>The media type in lower case without its parameters; empty if it is missing.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>The file; empty unless the status is Ok.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The error in words; empty if there is none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The status of the part that the file belongs to: a failed look-up is not the host's fault.</summary>
    internal PartStatus PartStatus =>
        Status == HttpsStatus.Ok ? PartStatus.Found : DnsFailure is null ? PartStatus.Unreachable : PartStatus.DnsFailure;

}
