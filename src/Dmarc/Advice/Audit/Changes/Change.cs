namespace Dmarc.Advice.Audit.Changes;

/// <summary>Creates changes.</summary>
internal static class Change
{
    /// <summary>A change. Placeholders of the explanation: 0 domain, 1 old, 2 new value, from 3 the rest.</summary>
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
