using System.Net;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Standards.Dane;
using Dmarc.Standards.MtaSts;

namespace Dmarc.Advice.Audit.Tls;

/// <summary>Inspects the encryption offered by a domain's mail exchanges.</summary>
/// <param name="seam">The endpoints of connections.</param>
/// <param name="timeout">The maximum total time for the connection to one host.</param>
/// <param name="allowsPrivate">True to connect to addresses that are not public too.</param>
/// <param name="clock">The clock for the validity of certificates.</param>
internal sealed class TlsInspector(TlsSeam seam, TimeSpan timeout, bool allowsPrivate, IClock clock)
{
    /// <summary>The maximum number of hosts.</summary>
    public const int MaximumHosts = 10;

    /// <summary>The number of days before expiry from which a certificate is reported.</summary>
    public const int ExpiringDays = 14;

    /// <summary>The minimum size of an RSA key in bits (RFC 9325 §4.5).</summary>
    public const int RecommendedKeySize = 2048;

    /// <summary>Below this size in bits, anyone can break a key with enough time.</summary>
    public const int MinimumKeySize = 1024;

    private readonly SmtpTlsProbe _probe = new(seam, timeout);

    /// <summary>Connects to the hosts of a domain concurrently.</summary>
    public async Task<TlsResult> InspectAsync(
        DomainName domain, MxResult? exchanges, MtaStsResult? mtaSts, DaneResult? dane, CancellationToken cancellationToken)
    {
        MxHost[] hosts = exchanges is null ? [] : [.. exchanges.Hosts.Take(MaximumHosts)];
        TlsHost[] found = await Task.WhenAll(hosts.Select(host => LookAsync(host, mtaSts, dane, cancellationToken))).ConfigureAwait(false);
        TlsHost[] tried = [.. found.Where(host => host.Status != TlsHostStatus.NotChecked)];
        TlsHost[] answered = [.. tried.Where(host => host.Status != TlsHostStatus.Unreachable)];
        List<Finding> findings = [];
        if (tried.Length > 0 && answered.Length == 0)
        {
            findings.Add(TlsFindings.PortClosed.Create(tried[0].Name, tried[0].Detail));
        }

        foreach (TlsHost host in found)
        {
            findings.AddRange(Check(domain, host, answered.Length > 0, mtaSts?.Mode, Records(dane, host.Name)?.IsAuthenticated == true));
        }

        return new TlsResult
        {
            Status = tried.Length == 0 ? PartStatus.NotChecked
                : answered.Length == 0 ? PartStatus.Unreachable
                : answered.All(host => host.Status == TlsHostStatus.NotOffered) ? PartStatus.NotFound
                : findings.Any(finding => finding.Severity >= Severity.Warning) ? PartStatus.Invalid
                : PartStatus.Found,
            Hosts = found.ToPrintableList(),
            Findings = findings.ToFindingList(),
        };
    }

    private async Task<TlsHost> LookAsync(MxHost host, MtaStsResult? mtaSts, DaneResult? dane, CancellationToken cancellationToken)
    {
        IPAddress? address = host.Addresses.Select(AddressText.Read).FirstOrDefault(candidate =>
            allowsPrivate || HttpsFetcher.IsPublic(candidate));
        if (address is null)
        {
            return new TlsHost { Name = host.Name, Status = TlsHostStatus.NotChecked, Detail = host.Addresses.Count > 0 ? host.Addresses[0] : "" };
        }

        SmtpTlsAnswer answer = await _probe.ProbeAsync(host.Name, address, cancellationToken).ConfigureAwait(false);
        TlsHost seen = new()
        {
            Name = host.Name,
            Address = address.ToString(),
            Status = answer.Status,
            StartTls = answer.Status switch
            {
                TlsHostStatus.Encrypted or TlsHostStatus.HandshakeFailed => true,
                TlsHostStatus.NotOffered => false,
                _ => null,
            },
            Protocol = answer.Protocol,
            Detail = answer.Detail,
        };
        if (answer.Certificate is { } certificate)
        {
            DateTime now = clock.UtcNow.UtcDateTime;
            bool isTimeValid = now >= certificate.NotBefore && now <= certificate.NotAfter;
            bool?[] records =
            [
                .. (Records(dane, host.Name)?.Records ?? [])
                    .Select(record => certificate.Matches(record, isTimeValid)).Where(match => match is not null),
            ];
            seen = seen with
            {
                IsTrusted = certificate.IsTrusted,
                IsNameValid = certificate.IsNameValid,
                IsTimeValid = isTimeValid,
                NotAfter = certificate.NotAfter,
                DaysLeft = (int)Math.Floor((certificate.NotAfter - now).TotalDays),
                Subject = certificate.Subject,
                Issuer = certificate.Issuer,
                KeySize = certificate.KeySize,
                KeyProblem = certificate.KeyProblem,
                MatchesDane = records.Length == 0 ? null : records.Contains(true),
            };
        }

        // A host that did not answer may still satisfy the policy.
        return mtaSts?.Mode is MtaStsMode.Enforce or MtaStsMode.Testing && seen.StartTls is not null
            ? seen with { MatchesMtaSts = Problem(seen, mtaSts) is null }
            : seen;
    }

    private static DaneHost? Records(DaneResult? dane, string host) =>
        dane?.Hosts.FirstOrDefault(entry => string.Equals(entry.Name, host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Why senders with MTA-STS do not deliver to a host; null if they do.</summary>
    private static string? Problem(TlsHost host, MtaStsResult policy) =>
        !policy.MxPatterns.Any(pattern => MtaStsPolicy.Matches(pattern, host.Name)) ? Strings.Tls_NotInPolicy : Problem(host);

    private static string? Problem(TlsHost host) =>
        host.Status == TlsHostStatus.NotOffered ? Strings.Tls_NoStartTls
        : host.Status == TlsHostStatus.HandshakeFailed ? Strings.Tls_NoHandshake
        : host.IsTimeValid == false ? Strings.Tls_Expired
        : host.IsNameValid == false ? Strings.Tls_WrongName
        : host.IsTrusted == false ? Strings.Tls_Untrusted
        : null;

    private static IEnumerable<Finding> Check(DomainName domain, TlsHost host, bool anyAnswered, MtaStsMode? mode, bool isSigned)
    {
        FindingDescriptor? problem = host.Status switch
        {
            TlsHostStatus.NotChecked when host.Detail.Length > 0 => TlsFindings.AddressRefused,
            TlsHostStatus.Unreachable when anyAnswered => TlsFindings.HostUnreachable,
            TlsHostStatus.NotSmtp => TlsFindings.NotSmtp,
            TlsHostStatus.NotOffered => TlsFindings.NoStartTls,
            TlsHostStatus.HandshakeFailed => TlsFindings.HandshakeFailed,
            _ => null,
        };
        if (problem is not null)
        {
            yield return problem.Create(host.Name, host.Detail);
        }

        foreach (Finding finding in host.Status == TlsHostStatus.Encrypted ? CheckCertificate(host, isSigned) : [])
        {
            yield return finding;
        }

        if (host.MatchesMtaSts == false)
        {
            FindingDescriptor mismatch = mode == MtaStsMode.Enforce ? TlsFindings.MtaStsMismatch : TlsFindings.MtaStsMismatchTesting;
            yield return mismatch.Create(host.Name, domain, Problem(host) ?? Strings.Tls_NotInPolicy);
        }
    }

    /// <summary>The problems of a host's negotiated encryption.</summary>
    /// <param name="host">The host.</param>
    /// <param name="isSigned">True if its TLSA records are validated.</param>
    internal static IEnumerable<Finding> CheckCertificate(TlsHost host, bool isSigned)
    {
        if (host.Protocol is "TLS 1.0" or "TLS 1.1")
        {
            yield return TlsFindings.OldProtocol.Create(host.Name, host.Protocol);
        }

        // A trusted issuer does not make a key stronger.
        if (host.KeyProblem is { } problem)
        {
            yield return TlsFindings.KeyUnsafe.Create(host.Name, problem);
        }
        else if (host.KeySize < RecommendedKeySize)
        {
            yield return (host.KeySize < MinimumKeySize ? TlsFindings.KeyBreakable : TlsFindings.KeyShort).Create(host.Name, host.KeySize);
        }

        if (host.MatchesDane == false)
        {
            yield return (isSigned ? TlsFindings.DaneMismatch : TlsFindings.DaneMismatchUnsigned).Create(host.Name);
        }

        // DANE needs no issuer (RFC 7672 §3.1.1); records that are not validated do not count (§2.2).
        if (host.MatchesDane == true && isSigned)
        {
            yield break;
        }

        if (host.IsTimeValid == false)
        {
            yield return TlsFindings.CertificateExpired.Create(host.Name, Day(host));
        }
        else if (host.DaysLeft < ExpiringDays)
        {
            yield return TlsFindings.CertificateExpiring.Create(host.Name, host.DaysLeft, Day(host));
        }

        if (host.IsNameValid == false)
        {
            yield return TlsFindings.CertificateName.Create(host.Name, host.Subject);
        }

        if (host.IsTrusted == false)
        {
            yield return TlsFindings.CertificateUntrusted.Create(host.Name, host.Issuer);
        }
    }

    private static string Day(TlsHost host) =>
        host.NotAfter?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
