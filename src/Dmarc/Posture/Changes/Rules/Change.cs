using System.Globalization;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>Makes changes.</summary>
internal static class Change
{
    /// <summary>A change; the explanation may have placeholders: 0 the domain, 1 what was, 2 what is, from 3 on what more is given.</summary>
    public static MailDomainChange Make(
        MailDomainSnapshot at,
        MailDomainChangeKind kind,
        MailDomainPart part,
        Severity severity,
        string before,
        string after,
        string explanation,
        params object[] more) => new()
    {
        Domain = at.Domain,
        Kind = kind,
        Part = part,
        Severity = severity,
        Old = before,
        New = after,
        Explanation = string.Format(CultureInfo.InvariantCulture, explanation, [at.Domain, before, after, .. more]),
    };
}
