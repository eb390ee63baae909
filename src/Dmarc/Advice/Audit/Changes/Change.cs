using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>Makes changes.</summary>
internal static class Change
{
    /// <summary>A change; the explanation may have placeholders: 0 the domain, 1 what was, 2 what is, from 3 on what more is given.</summary>
    public static MailDomainChange Make(
        MailDomainSnapshot at,
        MailDomainChangeKind kind,
        MailDomainPart part,
        Severity severity,
        object before,
        object after,
        string explanation,
        params object[] more)
    {
        string old = Convert.ToString(before, CultureInfo.InvariantCulture)!;
        string now = Convert.ToString(after, CultureInfo.InvariantCulture)!;
        return new()
        {
            Domain = at.Domain,
            Kind = kind,
            Part = part,
            Severity = severity,
            Old = old,
            New = now,
            Explanation = Sentences.Fill(explanation, [at.Domain, old, now, .. more]),
        };
    }
}
