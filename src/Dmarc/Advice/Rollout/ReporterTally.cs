using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Advice.Rollout;

/// <summary>The number of messages of one reporter, and those with temporary look-up errors.</summary>
internal sealed class ReporterTally(string name)
{
    private long _messages;
    private long _spf;
    private long _dkim;

    public void Add(AggregateReportRow row)
    {
        _messages = Saturating.Add(_messages, row.Count);
        foreach (ReportedSpf check in row.Spf.AsSpan())
        {
            if (check.Result == AuthenticationResult.TempError)
            {
                _spf = Saturating.Add(_spf, row.Count);
                break;
            }
        }

        foreach (ReportedDkim signature in row.Dkim.AsSpan())
        {
            if (signature.Result == AuthenticationResult.TempError)
            {
                _dkim = Saturating.Add(_dkim, row.Count);
                break;
            }
        }
    }

    public RolloutTemporaryErrors ToResult() => new(name, _messages, _spf, _dkim);
}
