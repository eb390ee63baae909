using Dmarc.Advice.Audit.Changes;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>Looks for one kind of change.</summary>
internal interface IChangeRule
{
    IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after);
}
