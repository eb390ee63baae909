using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.TlsReporting;

namespace Dmarc.Advice.Records;

/// <summary>Inspects the TLS reporting record of a domain.</summary>
internal sealed class TlsRptInspector(IDnsResolver resolver)
{
    private readonly RecordLookup _records = new(resolver, new RecordProtocol(
        "TLS reporting",
        "_smtp._tls.",
        VersionedRecordKind.TlsRpt,
        TlsRptFindings.Multiple,
        TlsRptFindings.VersionWrong));

    /// <summary>Inspects a domain.</summary>
    public async Task<TlsRptResult> InspectAsync(DomainName domain, CancellationToken cancellationToken)
    {
        string name = "_smtp._tls." + domain;
        (VersionedRecord record, Finding? alias) =
            await _records.LookAsync(domain, cancellationToken).ConfigureAwait(false);
        RecordFields fields = RecordFields.Parse(record.Text, "rua");
        string[] entries = record.Status is PartStatus.Found or PartStatus.Multiple
            ? [.. (fields["rua"] ?? "").Split(',').Select(uri => uri.Trim(' ', '\t'))]
            : [];
        string[] destinations = [.. entries.Where(uri => uri.Length > 0)];
        string[] invalid = [.. destinations.Where(uri => !IsDestination(uri))];
        FindingCollector findings = _records.Describe(domain, domain, record, alias);
        if (record.Status == PartStatus.NotFound)
        {
            findings.Add(TlsRptFindings.Missing.Create(domain));
        }
        else if (record.Status == PartStatus.Found)
        {
            findings.AddRange(fields.Problems.Select(problem => TlsRptFindings.FieldInvalid.Create(name, problem)));
            findings.AddRange(fields.Repeated.Select(field => TlsRptFindings.FieldRepeated.Create(name, field)));
            if (destinations.Length < entries.Length)
            {
                findings.Add(destinations.Length == 0
                    ? TlsRptFindings.DestinationMissing.Create(name)
                    : TlsRptFindings.DestinationEmpty.Create(name));
            }

            findings.AddRange(invalid.Select(uri => TlsRptFindings.DestinationInvalid.Create(name, uri)));
            findings.AddRange(await ReceptionsAsync(destinations.Except(invalid), cancellationToken).ConfigureAwait(false));
        }

        return new TlsRptResult
        {
            Status = record.Status == PartStatus.Found
                && (invalid.Length == destinations.Length || fields.Problems.Count > 0)
                ? PartStatus.Invalid
                : record.Status,
            DnsFailure = record.DnsFailure,
            Record = record.KnownText,
            ReportUri = destinations.Except(invalid).ToPrintableList(),
            Findings = findings.ToList(),
        };
    }

    /// <summary>Destinations whose domain accepts no mail or has no MX, as for DMARC reports.</summary>
    private async Task<IEnumerable<Finding>> ReceptionsAsync(IEnumerable<string> destinations, CancellationToken cancellationToken)
    {
        (string Uri, DomainName Host)[] mailboxes =
        [
            .. destinations
                .Select(uri => (Uri: uri, Read: DmarcReportUriReader.ReadOne("rua", uri)))
                .Where(each => each.Read is { Scheme: "mailto", Host: not null })
                .Select(each => (each.Uri, each.Read.Host!))
                .Take(DmarcLimits.ReportDestinations),
        ];
        Finding?[] findings = await Task.WhenAll(mailboxes.Select(async each =>
        {
            (ReportReception reception, _) = await ReportReceptions.AskAsync(resolver, each.Host, cancellationToken).ConfigureAwait(false);
            return reception.Explain() is { } reason ? TlsRptFindings.DestinationTakesNoMail.Create(each.Uri, each.Host, reason)
                : reception == ReportReception.AddressOnly ? TlsRptFindings.DestinationWithoutMx.Create(each.Uri, each.Host)
                : null;
        })).ConfigureAwait(false);
        return findings.OfType<Finding>();
    }

    /// <summary>One URI of a known scheme; <c>,</c>, <c>;</c> and <c>!</c> must be encoded (RFC 8460 §3).</summary>
    private static bool IsDestination(string text) =>
        DmarcReportUriReader.ReadOne("rua", text) is { IsValid: true, Host: not null, Size.Length: 0, Scheme: "mailto" or "https" };
}
