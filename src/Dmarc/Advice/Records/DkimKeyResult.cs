using Dmarc.Dns;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Records;

/// <summary>The DKIM key at one selector of a domain, or the status of the search if none was found.</summary>
public sealed record DkimKeyResult
{
    /// <summary>The domain, in its A-label form; the input if it is not a domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>The selector; <c>*</c> for a wildcard for every selector; empty for the whole domain.</summary>
    public required string Selector { get; init; }

    /// <summary>The status.</summary>
    public required DkimKeyStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The algorithm of the key; null if there is no record.</summary>
    public DkimKeyType? KeyType => Key?.KeyType;

    /// <summary>The size in bits: of the modulus for RSA, 256 for Ed25519; null if there is no key.</summary>
    public int? KeySize => Key is { KeySize: > 0 and int size } ? size : null;

    /// <summary>True if the record revokes the key; null if there is no record, or it is unknown.</summary>
    public bool? Revoked => Key?.IsRevoked;

    /// <summary>True if DKIM is being tested (<c>t=y</c>), so signatures count as missing; null if unknown.</summary>
    public bool? Testing => Key?.IsTesting;

    /// <summary>The CNAME target of the selector, as published; null if it is not an alias.</summary>
    public string? Target { get; init; }

    /// <summary>The service of the key, by its target or selector; null if unknown.</summary>
    public string? Service { get; init; }

    /// <summary>The queried name, such as <c>selector1._domainkey.contoso.com</c>; empty for the domain.</summary>
    public string Name { get; init; } = "";

    /// <summary>The published record, a usable one if there are several; null if there is none.</summary>
    public string? Record => Key?.Text;

    /// <summary>Problems, possible improvements, and remedies.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The parsed record; null if there is none.</summary>
    internal DkimKeyRecord? Key { get; init; }

    /// <summary>True if the domain can have no key at any selector, according to DNS.</summary>
    internal bool IsDomainWithoutKeys { get; init; }

    /// <summary>The result for an invalid domain name.</summary>
    /// <param name="input">The input.</param>
    /// <param name="error">Why it is not a domain name, according to <see cref="Domains.DomainInput.TryRead"/>.</param>
    public static DkimKeyResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Selector = "",
        Status = DkimKeyStatus.InvalidDomainName,
        Findings = [DkimSelectorFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">The error in a sentence.</param>
    public static DkimKeyResult ForUnexpectedError(string domain, string error) => new()
    {
        Domain = domain,
        Selector = "",
        Status = DkimKeyStatus.UnexpectedError,
        Findings = [UnexpectedFindings.Error.Create(error) with { Domain = domain }],
    };

    /// <summary>The name and the status.</summary>
    public override string ToString() => (Name.Length > 0 ? Name : Domain) + ": " + Status.ToStatusText(DnsFailure);
}
