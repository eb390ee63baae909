using Dmarc.Diagnostics;
using Dmarc.Dkim;
using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.Posture.TlsReporting;

/// <summary>Looks at the TLS reporting record of a domain.</summary>
/// <param name="resolver">Where it asks.</param>
internal sealed class TlsRptInspector(IDnsResolver resolver)
{
    /// <summary>Looks at a domain.</summary>
    public async Task<TlsRptResult> InspectAsync(DomainName domain, CancellationToken cancellationToken)
    {
        string name = "_smtp._tls." + domain;
        DnsResponse response = await resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        VersionedRecord record = VersionedRecord.Select(response, "v=TLSRPTv1");
        string[] destinations = record.Status is PartStatus.Found or PartStatus.Multiple
            ? [.. (TagList.Parse(record.Text)["rua"]?.Value ?? "").Split(',').Select(uri => uri.Trim()).Where(uri => uri.Length > 0)]
            : [];
        string[] invalid = [.. destinations.Where(uri => !IsDestination(uri))];
        List<Finding> findings = [];
        switch (record.Status)
        {
            case PartStatus.NotFound:
                findings.Add(TlsRptFindings.Missing.Create(domain));
                break;
            case PartStatus.Multiple:
                findings.Add(TlsRptFindings.Multiple.Create(name, record.Count));
                break;
            case PartStatus.Invalid:
                findings.Add(TlsRptFindings.VersionWrong.Create(name));
                break;
            case PartStatus.Found when destinations.Length == 0:
                findings.Add(TlsRptFindings.DestinationMissing.Create(name));
                break;
            case PartStatus.Found:
                findings.AddRange(invalid.Select(uri => TlsRptFindings.DestinationInvalid.Create(name, uri)));
                break;
            case PartStatus failed when failed.IsDnsFailure():
                findings.Add(MailDomainFindings.LookupFailed.Create(name, failed.ToDnsStatus(), domain));
                break;
        }

        return new TlsRptResult
        {
            Status = record.Status == PartStatus.Found && invalid.Length == destinations.Length ? PartStatus.Invalid : record.Status,
            Record = record.Text,
            ReportUri = destinations.Except(invalid).ToPrintableList(),
            Findings = findings.ToPrintableList(),
        };
    }

    private static bool IsDestination(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeMailto ? text.IndexOf('@') > "mailto:".Length : uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0);
}
