using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;

namespace Dmarc.Reports.Rollout.Rules;

/// <summary>A record that is published and has no effect: to be mended, and begun with at none.</summary>
internal sealed class RecordVoidRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Search?.Status.ToRolloutStatus() == RolloutStatus.RecordVoid
            ? new RolloutAdvice(RolloutVerdict.FixRecord, RolloutFindings.RecordVoid.Create(facts.Domain)) { Publish = RolloutStage.Monitor }
            : null;
}

/// <summary>No record: to begin with one that asks for reports.</summary>
internal sealed class NoRecordRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is null && facts.Search?.Status.ToRolloutStatus() == RolloutStatus.NoRecord
            ? new RolloutAdvice(RolloutVerdict.StartReporting, RolloutFindings.NoRecord.Create(facts.Domain, NextRecordBuilder.ReportAddress(facts.Domain, facts.Record)))
            {
                Publish = RolloutStage.Monitor,
                AddsReportAddress = true,
            }
            : null;
}

/// <summary>A record that asks for no reports.</summary>
internal sealed class NoReportAddressRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Record is { AsksForReports: false }
            ? new RolloutAdvice(RolloutVerdict.StartReporting, RolloutFindings.NoReportAddress.Create(facts.Domain, NextRecordBuilder.ReportAddress(facts.Domain, facts.Record)))
            {
                AddsReportAddress = true,
            }
            : null;
}

/// <summary>No rows, or no policy in them: nothing can be said.</summary>
internal sealed class NoReportsRule : IRolloutRule
{
    public RolloutAdvice? Judge(RolloutFacts facts) =>
        facts.Observations.Messages == 0 || facts.Record is null
            ? new RolloutAdvice(RolloutVerdict.Unknown, RolloutFindings.NoReports.Create(facts.Domain))
            : null;
}
