namespace Dmarc.Policy.Rules;

/// <summary>Nobody receives aggregate reports.</summary>
internal sealed class MissingAggregateReportsRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { AggregateReportUris.Count: 0 })
        {
            findings.Add(DmarcFindings.AggregateReportsMissing, null);
        }
    }
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

/// <summary>The domain of a destination does not exist.</summary>
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
        }
    }
}
