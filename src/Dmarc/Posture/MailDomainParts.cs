namespace Dmarc.Posture;

/// <summary>Which parts are looked at.</summary>
public static class MailDomainParts
{
    /// <summary>
    /// The parts that are named, without those that are left out. Where none is named, all; without what is fetched over HTTPS where
    /// zone files stand in for DNS, because these have no web servers.
    /// </summary>
    /// <param name="included">The parts to look at; empty for all.</param>
    /// <param name="excluded">The parts to leave out.</param>
    /// <param name="hasZones">True where zone files answer in place of DNS.</param>
    public static MailDomainPart Select(IEnumerable<MailDomainPart> included, IEnumerable<MailDomainPart> excluded, bool hasZones)
    {
        MailDomainPart named = included.Aggregate(MailDomainPart.None, (all, part) => all | part);
        MailDomainPart parts = named != MailDomainPart.None ? named
            : hasZones ? MailDomainPart.All & ~MailDomainPart.Https
            : MailDomainPart.All;
        return excluded.Aggregate(parts, (all, part) => all & ~part);
    }
}
