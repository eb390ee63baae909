using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Audit;

/// <summary>The next DMARC step of a domain, which the rules about DMARC share.</summary>
internal static class DmarcGradeSteps
{
    /// <summary>
    /// Adds the next step to the verdicts: that of the rollout for a sending domain, the final one at once for others.
    /// All share one record, so that no step undoes an earlier one. If an inherited record applies, the step makes an
    /// own record from it: the inherited one covers more names, whose mail a change could lose.
    /// </summary>
    public static GradeVerdict[] AddTo(MailDomainResult domain, GradeVerdict[] verdicts)
    {
        if (domain.Dmarc is not { } dmarc
            || !Array.Exists(verdicts, verdict => verdict.DmarcStep != DmarcStepWording.None))
        {
            return verdicts;
        }

        bool sends = domain.Profile is SendingProfile.Sends or SendingProfile.Unknown;
        bool wantsReports = domain.Profile != SendingProfile.Parked;
        NextStep? step = sends ? NextStep.Of(dmarc) : NextStep.OfSilent(dmarc, wantsReports);
        string? change = sends && step is { Present: { } present }
            ? Describe(step.Advice, present, domain.Domain)
            : null;
        string? mailbox = wantsReports
            && dmarc is { EffectivePolicy: null, LacksReportDomain: true }
            && step?.Draft is { } draft
            && !DmarcRecordParser.Parse(draft.Value).AsksForReports
            ? Sentences.Fill(Strings.Policy_NoReportMailbox, domain.Domain)
            : null;
        return [.. verdicts.Select(verdict => verdict.DmarcStep == DmarcStepWording.None ? verdict : Add(verdict))];

        GradeVerdict Add(GradeVerdict verdict)
        {
            string? remedy = !sends && verdict.DmarcStep == DmarcStepWording.OfPolicy
                ? Sentences.Fill(Strings.Grade_SendsNothing_Action, domain.Domain)
                : change;
            verdict = verdict with { Remedy = Sentences.Join(remedy ?? verdict.Remedy, mailbox) };
            return step?.Draft is { } record ? verdict.WithText(record.FullName, record.Value) : verdict;
        }
    }

    private static string Describe(RolloutAdvice advice, RolloutRecord present, string domain)
    {
        string format = advice.AddsReportAddress ? Strings.Grade_DmarcReports_Action
            : (advice.PublishSubdomains ?? advice.PublishNonexistent) is not null ? Strings.Grade_DmarcSubdomains_Action
            : advice.Publish == present.Stage ? Strings.Grade_DmarcPercentage_Action
            : Strings.Grade_NextStage_Action;
        return Sentences.Fill(
            format,
            domain,
            advice.PublishSubdomains is null && advice.PublishNonexistent is not null
                ? "np"
                : advice.PublishSubdomains is not null ? "sp"
                : (advice.Publish ?? present.Stage).ToTags(),
            "",
            (advice.PublishSubdomains ?? advice.PublishNonexistent)?.ToKeyword());
    }
}
