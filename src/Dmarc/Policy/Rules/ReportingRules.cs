using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>Nobody receives aggregate reports: none are asked for, or no address that rua names can receive them.</summary>
internal sealed class MissingAggregateReportsRule : IDmarcRule
{
    private const int MaximumReasons = 5;

    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is not { } record)
        {
            return;
        }

        if (record.AggregateReportUris.Count == 0)
        {
            findings.Add(DmarcFindings.AggregateReportsMissing, null, Strings.Policy_NoReportsAsked);
            return;
        }

        string?[] reasons = [.. record.AggregateReportUris.Select(uri => WhyNot(uri, inspection))];
        if (Array.TrueForAll(reasons, reason => reason is not null))
        {
            string text = string.Join(", ", reasons.Distinct(StringComparer.Ordinal).Take(MaximumReasons));
            findings.Add(
                DmarcFindings.AggregateReportsMissing,
                inspection.PositionOf(DmarcTags.AggregateReports),
                string.Format(CultureInfo.InvariantCulture, Strings.Policy_NoReportsUsable, text));
        }
    }

    /// <summary>Why reports cannot come to an address; null if they can, or it is not known.</summary>
    private static string? WhyNot(DmarcReportUri uri, DmarcInspection inspection)
    {
        if (!uri.IsValid || uri.Scheme != "mailto")
        {
            return Say(uri.IsValid ? Strings.Policy_ReasonNoMail : Strings.Policy_ReasonNotValid, uri.Text);
        }

        DmarcReportAuthorization? check = inspection.Authorizations.FirstOrDefault(each => each.Tag == DmarcTags.AggregateReports && each.Uri == uri.Text);
        return check is null ? null
            : check.Reception switch
            {
                ReportReception.Missing => Say(Strings.Policy_ReasonMissing, check.Host),
                ReportReception.NullMx => Say(Strings.Policy_ReasonNullMx, check.Host),
                ReportReception.AddressOnly or ReportReception.Nothing when check.Status == ReportAuthorizationStatus.NotRequired =>
                    Say(Strings.Policy_ReasonNoMx, check.Host),
                _ => check.Authorized == false ? Say(Strings.Policy_ReasonNotAgreed, check.Host) : null,
            };
    }

    private static string Say(string format, string what) => string.Format(CultureInfo.InvariantCulture, format, what);
}

/// <summary>fo stands without ruf.</summary>
internal sealed class UnusedFailureOptionsRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { FailureReportUris.Count: 0 } && inspection.PositionOf(DmarcTags.FailureOptions) is { } position)
        {
            findings.Add(DmarcFindings.FailureOptionsUnused, position);
        }
    }
}

/// <summary>A destination of another organisation has not agreed, or it could not be found out (RFC 9990 §4).</summary>
internal sealed class DestinationAuthorizationRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        foreach (DmarcReportAuthorization each in inspection.Authorizations)
        {
            int? position = inspection.PositionOf(each.Tag);
            switch (each.Status)
            {
                // The one finding that the domain is not there says enough.
                case ReportAuthorizationStatus.NotAuthorized when each.DestinationExists != false:
                    findings.Add(DmarcFindings.DestinationUnauthorized, position, each.Uri, each.QueryName, each.Host);
                    break;
                case ReportAuthorizationStatus.RedirectRefused:
                    findings.Add(DmarcFindings.DestinationRedirectRefused, position, each.Uri, each.QueryName, each.Redirection);
                    break;
                case ReportAuthorizationStatus.NameTooLong:
                    findings.Add(DmarcFindings.DestinationNameTooLong, position, each.Uri);
                    break;
                case ReportAuthorizationStatus.DnsFailure:
                    findings.Add(DmarcFindings.DestinationCheckFailed, position, each.Uri, each.QueryName, each.DnsStatus);
                    break;
                case ReportAuthorizationStatus.Authorized when each.Redirection.Count > 0:
                    findings.Add(DmarcFindings.DestinationRedirected, position, each.Uri, each.QueryName, each.Redirection);
                    break;
            }
        }
    }
}

/// <summary>The domain of a destination does not exist, or takes no mail.</summary>
internal sealed class MissingDestinationRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        foreach (DmarcReportAuthorization each in inspection.Authorizations)
        {
            if (each.DestinationExists == false)
            {
                findings.Add(DmarcFindings.DestinationDomainMissing, inspection.PositionOf(each.Tag), each.Uri, each.Host);
            }
            else if (each.Reception is ReportReception.NullMx or ReportReception.Nothing
                && each.Uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                findings.Add(
                    DmarcFindings.DestinationTakesNoMail,
                    inspection.PositionOf(each.Tag),
                    each.Uri,
                    each.Host,
                    each.Reception == ReportReception.NullMx ? Strings.Policy_NullMx : Strings.Policy_NoMxNoAddress);
            }
        }
    }
}

/// <summary>There are more destinations than are checked.</summary>
internal sealed class ManyDestinationsRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        int count = inspection.ValidRecord is not { } record ? 0
            : record.AggregateReportUris.Concat(record.FailureReportUris).Count(uri => uri is { IsValid: true, Host: not null });
        if (inspection.Authorizations.Count > 0 && count > DmarcReportAuthorizer.MaximumDestinations)
        {
            findings.Add(DmarcFindings.DestinationsNotChecked, null, count, DmarcReportAuthorizer.MaximumDestinations);
        }
    }
}
