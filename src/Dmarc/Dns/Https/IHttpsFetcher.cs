namespace Dmarc.Dns.Https;

/// <summary>The one way in which the rest of the code fetches from the web.</summary>
internal interface IHttpsFetcher
{
    /// <summary>
    /// Fetches one file. Whatever happens on the way is a status of the answer and never an exception; only cancellation throws.
    /// </summary>
    /// <param name="uri">Where it stands. Anything but https on port 443 is refused.</param>
    /// <param name="maximumBytes">The most that the file may hold.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<HttpsAnswer> FetchAsync(Uri uri, int maximumBytes, CancellationToken cancellationToken = default);
}

/// <summary>How a fetch ended.</summary>
public enum HttpsStatus
{
    /// <summary>The file came whole, with status 200.</summary>
    Ok,

    /// <summary>The address is not one that is fetched from: not https, another port, a literal address.</summary>
    NotAllowed,

    /// <summary>DNS answered that the host has no address.</summary>
    HostNotFound,

    /// <summary>The look-up of the host's address failed.</summary>
    DnsFailure,

    /// <summary>The host's address is private, of the machine itself or of the link.</summary>
    AddressRefused,

    /// <summary>No connection came about.</summary>
    ConnectionFailed,

    /// <summary>The certificate is not valid for the host, or not trusted.</summary>
    CertificateInvalid,

    /// <summary>The server answered with another status than 200; a redirection is one.</summary>
    HttpError,

    /// <summary>The file is larger than it may be.</summary>
    TooLarge,

    /// <summary>The answer could not be read as HTTP, or broke off.</summary>
    Malformed,

    /// <summary>It took too long.</summary>
    Timeout,
}

/// <summary>What came of a fetch.</summary>
/// <param name="Status">How it ended.</param>
internal sealed record HttpsAnswer(HttpsStatus Status)
{
    /// <summary>How the look-up of the host failed; null unless the status is DnsFailure.</summary>
    public DnsStatus? DnsStatus { get; init; }

    /// <summary>The same as a failure; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure => DnsStatus?.ToDnsFailure();

    /// <summary>The media type in lower case without its parameters; empty if it is not said.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>The file; empty unless the status is Ok.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What went wrong, in words; empty if nothing did.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What the fetch says of the part that the file belongs to: a look-up that failed is not the host's fault.</summary>
    internal PartStatus PartStatus =>
        Status == HttpsStatus.Ok ? PartStatus.Found : DnsFailure is null ? PartStatus.Unreachable : PartStatus.DnsFailure;

}
