using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Standards.Bimi;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>Inspects the BIMI record of a domain, its DMARC policy and, if they can be fetched, the files.</summary>
/// <param name="resolver">The resolver.</param>
/// <param name="fetcher">Fetches the files; null to inspect only the record.</param>
/// <param name="clock">The clock for the validity of certificates.</param>
internal sealed class BimiInspector(IDnsResolver resolver, IHttpsFetcher? fetcher, IClock clock)
{
    private const string Selector = "default._bimi.";

    private readonly RecordLookup _records = new(resolver, new RecordProtocol(
        "BIMI", Selector, VersionedRecordKind.Bimi, BimiFindings.Multiple, BimiFindings.VersionWrong));

    /// <summary>The maximum number of bytes read of a file; a logo should have at most 32 KB.</summary>
    private const int MaximumFile = 256 * 1024;

    /// <summary>Inspects a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="policy">The applicable DMARC record; null if it is not inspected.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<BimiResult> InspectAsync(DomainName domain, Task<DmarcRecordResult?> policy, CancellationToken cancellationToken)
    {
        DomainName owner = domain;
        (VersionedRecord record, Finding? alias) =
            await _records.LookAsync(domain, cancellationToken).ConfigureAwait(false);
        DmarcRecordResult? dmarc = await policy.ConfigureAwait(false);
        DomainName organization = DomainName.TryParse(dmarc?.OrganizationalDomain, out DomainName? known)
            ? known
            : PublicSuffixList.Default.GetOrganizationalDomain(domain);
        if ((record.Status == PartStatus.NotFound || record.Text.Length == 0) && record.DnsFailure is null && organization != domain)
        {
            (VersionedRecord above, Finding? aliasAbove) =
                await _records.LookAsync(organization, cancellationToken).ConfigureAwait(false);
            if (alias is null || above.Status != PartStatus.NotFound)
            {
                record = above;
                alias ??= aliasAbove;
                owner = organization;
            }
        }

        FindingCollector findings = _records.Describe(domain, owner, record, alias);
        return record.Status == PartStatus.Found
            ? await InspectRecordAsync(domain, owner, organization, record.Text, dmarc, findings, cancellationToken)
                .ConfigureAwait(false)
            : new BimiResult
            {
                Status = record.Status,
                DnsFailure = record.DnsFailure,
                Record = record.KnownText,
                Findings = findings.ToList(),
            };
    }

    private async Task<BimiResult> InspectRecordAsync(
        DomainName domain,
        DomainName owner,
        DomainName organization,
        string record,
        DmarcRecordResult? dmarc,
        FindingCollector findings,
        CancellationToken cancellationToken)
    {
        TagList tags = TagList.Parse(record);
        BimiResult result = new()
        {
            Status = PartStatus.Found,
            RecordDomain = owner.ToString(),
            Record = record,
            LogoUri = tags["l"]?.Value ?? "",
            CertificateUri = tags["a"]?.Value ?? "",
        };
        findings.AddRange(CheckTags(tags, owner));
        if (result.LogoUri.Length == 0 && result.CertificateUri.Length == 0 && tags["l"] is not null)
        {
            return result with
            {
                Status = tags.Problem == TagListProblem.None ? PartStatus.Declined : PartStatus.Invalid,
                Findings = findings.ToList(),
            };
        }

        Uri? logo = BimiLocation.ReadLogo(result.LogoUri, owner, findings);
        Uri? certificate = BimiLocation.ReadCertificate(result.CertificateUri, owner, findings);
        if (result.LogoUri.Length == 0)
        {
            findings.Add(BimiFindings.LogoMissing.Create(owner));
        }
        else if (result.CertificateUri.Length == 0)
        {
            findings.Add(BimiFindings.CertificateMissing.Create(owner));
        }

        string? weakness = WeaknessOf(dmarc);
        if (weakness is not null)
        {
            findings.Add(BimiFindings.PolicyTooWeak.Create(domain, weakness));
        }

        if (fetcher is not null)
        {
            Task<HttpsAnswer?> logoFetch = FetchAsync(logo);
            Task<HttpsAnswer?> certificateFetch = FetchAsync(certificate);
            result = CheckLogo(result, await logoFetch.ConfigureAwait(false), findings);
            result = CheckCertificate(result, [domain, owner, organization], await certificateFetch.ConfigureAwait(false), findings);
        }

        PrintableList<Finding> told = findings.ToList();
        bool broken = told.Any(finding => finding.Severity == Severity.Error && finding.Code != RecordFindings.AliasDangling.Code);
        return result with
        {
            Status = result.Status != PartStatus.Found ? result.Status : broken ? PartStatus.Invalid : PartStatus.Found,
            IsReady = weakness is not null ? false
                : result.Status == PartStatus.DnsFailure ? null
                : broken ? false
                : dmarc is null || dmarc.Status == DmarcRecordStatus.DnsFailure || fetcher is null ? null
                : true,
            Findings = told,
        };

        async Task<HttpsAnswer?> FetchAsync(Uri? uri) =>
            uri is null ? null : await fetcher.FetchAsync(uri, MaximumFile, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<Finding> CheckTags(TagList tags, DomainName owner)
    {
        string? format = tags.Problem switch
        {
            TagListProblem.NoEqualsSign => Strings.Record_FieldWithoutEquals,
            TagListProblem.BadName => Strings.Record_TagName,
            TagListProblem.TooMany => Strings.Record_TagsTooMany,
            _ => null,
        };
        if (format is not null)
        {
            object what = tags.Problem == TagListProblem.TooMany ? TagList.MaximumTags : tags.ProblemText;
            yield return BimiFindings.TagInvalid.Create(Selector + owner, Sentences.Fill(format, what));
        }

        foreach (string name in tags.Repeated.Select(tag => tag.Name).Distinct(StringComparer.Ordinal))
        {
            string problem = Sentences.Fill(Strings.Record_TagDuplicate, PrintableText.Shorten(name));
            yield return BimiFindings.TagInvalid.Create(Selector + owner, problem);
        }

        if (tags["avp"]?.Value is { } preference and not ("brand" or "personal"))
        {
            yield return BimiFindings.PreferenceUnknown.Create(owner, preference);
        }
    }

    /// <summary>
    /// Why DMARC is not enforced for the whole organisation, including subdomains, as a logo requires; null if it is,
    /// or unknown.
    /// </summary>
    private static string? WeaknessOf(DmarcRecordResult? dmarc) =>
        dmarc is null or { Status: DmarcRecordStatus.DnsFailure } ? null
        : dmarc.EffectivePolicy is null ? Strings.Bimi_NoPolicy
        : dmarc.Policy is null or DmarcPolicy.None ? "p=none"
        : dmarc is { EffectivePolicy: DmarcPolicy.None, Testing: true } ? "t=y"
        : dmarc.EffectivePolicy == DmarcPolicy.None ? dmarc.PolicyTag + "=none"
        : WeakAbove(dmarc) is { } above ? above
        : dmarc.SubdomainPolicy == DmarcPolicy.None ? "sp=none"
        : dmarc.Percentage is { } percentage and < 100 ? "pct=" + percentage.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <summary>The weakness of the Organizational Domain's record, which must also be enforced.</summary>
    private static string? WeakAbove(DmarcRecordResult dmarc) =>
        dmarc.OrganizationalDomain is { } organization
        && dmarc.RecordDomain != organization
        && dmarc.Walk.FirstOrDefault(step => step.QueryName == "_dmarc." + organization)?.ValidRecord
            is { Policy: DmarcPolicy.None }
            ? Sentences.Fill(Strings.Bimi_WeakAbove, organization)
            : null;

    private static Finding Unreachable(FindingDescriptor descriptor, string uri, BimiResult result, HttpsAnswer answer) =>
        answer.DnsStatus is { } failure
            ? RecordFindings.LookupFailed.Create(new Uri(uri).IdnHost, failure, result.RecordDomain)
            : descriptor.Create(uri, answer.Detail);

    private static BimiResult CheckLogo(BimiResult result, HttpsAnswer? answer, FindingCollector findings)
    {
        if (answer is null)
        {
            return result;
        }

        if (answer.Status != HttpsStatus.Ok)
        {
            findings.Add(Unreachable(BimiFindings.LogoUnreachable, result.LogoUri, result, answer));
            return result with { LogoStatus = answer.Status, Status = answer.PartStatus, DnsFailure = answer.DnsFailure };
        }

        byte[]? logo = BimiLogo.Unpack(answer.Body.ToArray());
        findings.AddRange(BimiLogo.Check(logo).Select(problem => BimiFindings.LogoInvalid.Create(result.LogoUri, problem)));
        if (logo is { Length: > BimiLimits.LogoLength })
        {
            findings.Add(BimiFindings.LogoLarge.Create(result.LogoUri, logo.Length));
        }

        return result with { LogoStatus = answer.Status };
    }

    private BimiResult CheckCertificate(
        BimiResult result, IReadOnlyList<DomainName> domains, HttpsAnswer? answer, FindingCollector findings)
    {
        if (answer is null)
        {
            return result;
        }

        if (answer.Status != HttpsStatus.Ok)
        {
            findings.Add(Unreachable(BimiFindings.CertificateUnreachable, result.CertificateUri, result, answer));
            return result with { CertificateStatus = answer.Status, Status = answer.PartStatus, DnsFailure = answer.DnsFailure };
        }

        BimiCertificate certificate = BimiCertificate.Read(answer.Body.ToArray());
        findings.AddRange(
            certificate.Check(domains, clock.UtcNow).Select(problem =>
                BimiFindings.CertificateInvalid.Create(result.CertificateUri, problem)));
        if (certificate.NotAfter is { } end && end > clock.UtcNow && end - clock.UtcNow < TimeSpan.FromDays(30))
        {
            findings.Add(
                BimiFindings.CertificateEndsSoon.Create(
                    result.CertificateUri, end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return result with { CertificateStatus = answer.Status, CertificateNotAfter = certificate.NotAfter };
    }
}
