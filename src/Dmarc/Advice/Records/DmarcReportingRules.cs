using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The rules about the report destinations in a DMARC record.</summary>
internal static class DmarcReportingRules
{
    private const int MaximumReasons = 5;

    public static Rule<DmarcInspection>[] All { get; } =
    [
        new(nameof(MissingAggregateReports), MissingAggregateReports),
        new(DmarcFindings.FailureOptionsUnused,
            inspection => inspection.ValidRecord is { FailureReportUris.Count: 0 } && inspection.PositionOf(DmarcTags.FailureOptions) is not null,
            _ => [],
            DmarcInspection.At(DmarcTags.FailureOptions)),
        new(nameof(MissingDestinations), MissingDestinations),

        // Another organisation has not authorized the reports, or this is unknown (RFC 9990 §4).
        new(nameof(Authorization), inspection => inspection.Authorizations
            .Select(each => Authorization(each, inspection.PositionOf(each.Tag)))
            .OfType<Finding>()),
        new(DmarcFindings.DestinationsNotChecked,
            inspection => inspection.Authorizations.Count > 0 && CountDestinations(inspection) > DmarcLimits.ReportDestinations,
            inspection => [CountDestinations(inspection), DmarcLimits.ReportDestinations]),
    ];

    /// <summary>No address receives aggregate reports: none requested, or no rua address can receive any.</summary>
    private static Finding? MissingAggregateReports(DmarcInspection inspection)
    {
        if (inspection.ValidRecord is not { } record)
        {
            return null;
        }

        if (record.AggregateReportUris.Count == 0)
        {
            return DmarcFindings.AggregateReportsMissing.Create(Strings.Policy_NoReportsAsked);
        }

        string?[] reasons = [.. record.AggregateReportUris.Select(uri => WhyNot(uri, inspection))];
        string text = Sentences.List(reasons.Distinct(StringComparer.Ordinal).Take(MaximumReasons));
        return !Array.TrueForAll(reasons, reason => reason is not null) ? null
            : DmarcFindings.AggregateReportsMissing.CreateAt(
                inspection.PositionOf(DmarcTags.AggregateReports), Sentences.Fill(Strings.Policy_NoReportsUsable, text));
    }

    /// <summary>
    /// Whether an address in rua can receive reports: null, with how the look-up failed, if no one is known to and one
    /// may, or if there is no record.
    /// </summary>
    public static (bool? Come, DnsFailure? Failure) FindReception(DmarcInspection inspection)
    {
        if (inspection.Record is not { } record)
        {
            return (null, null);
        }

        DnsFailure?[] open =
        [
            .. record.AggregateReportUris
                .Where(uri => WhyNot(uri, inspection) is null)
                .Select(uri => CheckOf(uri, inspection)?.DnsFailure),
        ];
        return open.Contains(null) ? (true, null) : (open.Length == 0 ? false : null, open.FirstOrDefault());
    }

    private static DmarcReportAuthorization? CheckOf(DmarcReportUri uri, DmarcInspection inspection) =>
        inspection.Authorizations.FirstOrDefault(each =>
            each.Tag == DmarcTags.AggregateReports && each.Uri == uri.Text);

    /// <summary>Why reports cannot reach an address; null if they can, or it is unknown.</summary>
    private static string? WhyNot(DmarcReportUri uri, DmarcInspection inspection)
    {
        if (!uri.IsValid || uri.Scheme != "mailto")
        {
            return Sentences.Fill(uri.IsValid ? Strings.Policy_ReasonNoMail : Strings.Policy_ReasonNotValid, uri.Text);
        }

        DmarcReportAuthorization? check = CheckOf(uri, inspection);
        return check is null ? null
            : check.Reception switch
            {
                ReportReception.Missing => Sentences.Fill(Strings.Policy_ReasonMissing, check.Host),
                ReportReception.NullMx => Sentences.Fill(Strings.Policy_ReasonNullMx, check.Host),
                ReportReception.ExchangesWithoutAddress => Sentences.Fill(Strings.Policy_ReasonNoMxAddress, check.Host),
                ReportReception.Nothing => Sentences.Fill(Strings.Policy_ReasonNoMx, check.Host),
                _ => check.Status switch
                {
                    ReportAuthorizationStatus.NotAuthorized => Sentences.Fill(Strings.Policy_ReasonNotAgreed, check.Host),
                    ReportAuthorizationStatus.RedirectRefused => Sentences.Fill(Strings.Policy_ReasonRedirected, check.Host),
                    ReportAuthorizationStatus.NameTooLong => Sentences.Fill(Strings.Policy_ReasonNameTooLong, check.Host),
                    _ => null,
                },
            };
    }

    private static Finding? Authorization(DmarcReportAuthorization each, int? position) => each.Status switch
    {
        // The finding that the domain does not exist suffices.
        ReportAuthorizationStatus.NotAuthorized when each.DestinationExists != false =>
            DmarcFindings.DestinationUnauthorized.CreateAt(position, each.Uri, each.QueryName, each.Host),
        ReportAuthorizationStatus.RedirectRefused =>
            DmarcFindings.DestinationRedirectRefused.CreateAt(position, each.Uri, each.QueryName, each.Redirection),
        ReportAuthorizationStatus.NameTooLong => DmarcFindings.DestinationNameTooLong.CreateAt(position, each.Uri),
        ReportAuthorizationStatus.DnsFailure =>
            DmarcFindings.DestinationCheckFailed.CreateAt(position, each.Uri, each.QueryName, each.DnsStatus),
        ReportAuthorizationStatus.Authorized when each.Redirection.Count > 0 =>
            DmarcFindings.DestinationRedirected.CreateAt(position, each.Uri, each.QueryName, each.Redirection),
        _ => null,
    };

    /// <summary>The domain of a destination does not exist, accepts no mail, or has only an address.</summary>
    private static IEnumerable<Finding> MissingDestinations(DmarcInspection inspection)
    {
        foreach (DmarcReportAuthorization each in inspection.Authorizations)
        {
            if (each.DestinationExists == false)
            {
                yield return DmarcFindings.DestinationDomainMissing.CreateAt(inspection.PositionOf(each.Tag), each.Uri, each.Host);
            }
            else if (!each.Uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }
            else if (each.Reception.Explain() is { } reason)
            {
                yield return DmarcFindings.DestinationTakesNoMail.CreateAt(inspection.PositionOf(each.Tag), each.Uri, each.Host, reason);
            }
            else if (each.Reception == ReportReception.AddressOnly && each.Authorized != false)
            {
                yield return DmarcFindings.DestinationWithoutMx.CreateAt(inspection.PositionOf(each.Tag), each.Uri, each.Host);
            }
        }
    }

    private static int CountDestinations(DmarcInspection inspection) => inspection.ValidRecord is not { } record ? 0
        : record.AggregateReportUris.Concat(record.FailureReportUris).Count(uri => uri is { IsValid: true, Host: not null });
}
