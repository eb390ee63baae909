using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>The grade, where both looks could give one and looked at the same: what one did not look at costs its grade nothing.</summary>
internal sealed class GradeRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.Grade == after.Grade
            || before.Grade == MailDomainGrade.Unknown || after.Grade == MailDomainGrade.Unknown
            || before.FailedParts != MailDomainPart.None || after.FailedParts != MailDomainPart.None
            || !before.IsAsDeepAs(after, MailDomainPart.All)
            || !before.Keys.Keys.All(after.Tried) || !after.Keys.Keys.All(before.Tried))
        {
            yield break;
        }

        yield return after.Grade > before.Grade
            ? Change.Make(after, MailDomainChangeKind.GradeDown, MailDomainPart.None, Severity.Warning, before.Grade.ToString(), after.Grade.ToString(), Strings.Change_GradeDown)
            : Change.Make(after, MailDomainChangeKind.GradeUp, MailDomainPart.None, Severity.Information, before.Grade.ToString(), after.Grade.ToString(), Strings.Change_GradeUp);
    }
}
