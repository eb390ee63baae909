using Dmarc.Advice.Records;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The policy of a record, as far as a report repeats it.</summary>
internal sealed record ReportedRecord(
    DmarcPolicy Policy,
    DmarcPolicy? SubdomainPolicy,
    DmarcPolicy? NonexistentSubdomainPolicy,
    bool Testing,
    int Percentage)
{
    public RolloutStage Stage => RolloutStages.Of(Policy, Testing);

    /// <summary>The policy in a report; null if it has no valid one.</summary>
    public static ReportedRecord? Of(AggregateReport report) => ToPolicy(report.Policy) is { } policy
        ? new ReportedRecord(
            policy,
            ToPolicy(report.SubdomainPolicy),
            ToPolicy(report.NonexistentSubdomainPolicy),
            report.Testing == true,
            report.Percentage ?? 100)
        : null;

    private static DmarcPolicy? ToPolicy(ReportedPolicy? policy) => policy switch
    {
        ReportedPolicy.None => DmarcPolicy.None,
        ReportedPolicy.Quarantine => DmarcPolicy.Quarantine,
        ReportedPolicy.Reject => DmarcPolicy.Reject,
        _ => null,
    };
}
