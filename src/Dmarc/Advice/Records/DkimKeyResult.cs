using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>The DKIM key at one selector of a domain; or, where none was found, what the search came to.</summary>
public sealed record DkimKeyResult
{
    /// <summary>The domain, in its A-label form; the input as given where it is no domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>The selector; <c>*</c> for a record that answers for every selector; empty if the result is about the domain.</summary>
    public required string Selector { get; init; }

    /// <summary>What was found.</summary>
    public required DkimKeyStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The algorithm that the key is for; null if there is no record.</summary>
    public DkimKeyType? KeyType { get; init; }

    /// <summary>How many bits the key has: those of the modulus for RSA, 256 for Ed25519; null if there is no key.</summary>
    public int? KeySize { get; init; }

    /// <summary>True if the record says that the key is revoked; null if there is no record, or it is not known.</summary>
    public bool? Revoked { get; init; }

    /// <summary>True if the record says that DKIM is being tested (<c>t=y</c>): receivers are to take the signatures as none. Null if there is no record, or it is not known.</summary>
    public bool? Testing { get; init; }

    /// <summary>The name that the selector is an alias of (CNAME), as it is published; null if it is none.</summary>
    public string? Target { get; init; }

    /// <summary>The service that the key belongs to, by the target or by the selector; null if none is known.</summary>
    public string? Service { get; init; }

    /// <summary>The name that was asked, such as <c>selector1._domainkey.contoso.com</c>; empty if the result is about the domain.</summary>
    public string Name { get; init; } = "";

    /// <summary>The record as published; null if there is none. Of several, the one that can be used.</summary>
    public string? Record { get; init; }

    /// <summary>What is wrong, what could be better, and what to do.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True if DNS said that the domain can have no key, whichever selectors were looked for.</summary>
    internal bool IsDomainWithoutKeys { get; init; }

    /// <summary>The result for an input that is no domain name.</summary>
    /// <param name="input">What was given.</param>
    /// <param name="error">Why it is no domain name, as <see cref="Domains.DomainInput.TryRead"/> says it.</param>
    public static DkimKeyResult ForInvalidDomainName(string input, string error) => new()
    {
        Domain = input,
        Selector = "",
        Status = DkimKeyStatus.InvalidDomainName,
        Findings = [DkimSelectorFindings.InvalidDomainName.Create(error) with { Domain = input }],
    };

    /// <summary>The result for a domain on which this program failed, so that no row of a list is lost.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="error">What happened, in a sentence.</param>
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
