namespace Dmarc.Advice.Audit;

/// <summary>Selects the parts to inspect.</summary>
internal static class MailDomainParts
{
    /// <summary>The parts with which <see cref="MailDomainPart.Tls"/> is compared.</summary>
    private const MailDomainPart TlsNeeds = MailDomainPart.Mx | MailDomainPart.MtaSts | MailDomainPart.MtaStsPolicy | MailDomainPart.Dane;

    /// <summary>
    /// The included parts without the excluded ones. By default all, except those fetched over HTTPS if zone files
    /// replace DNS, because these have no web servers. <see cref="MailDomainPart.Tls"/> must be named and adds the
    /// parts with which it is compared. Excluding a part excludes its dependants.
    /// </summary>
    /// <param name="included">The parts to include; empty for all.</param>
    /// <param name="excluded">The parts to exclude.</param>
    /// <param name="hasZones">True if zone files answer instead of DNS.</param>
    public static MailDomainPart Select(IEnumerable<MailDomainPart> included, IEnumerable<MailDomainPart> excluded, bool hasZones)
    {
        MailDomainPart named = included.Aggregate(MailDomainPart.None, (all, part) => all | part);
        MailDomainPart parts = named != MailDomainPart.None ? named
            : hasZones ? MailDomainPart.All & ~MailDomainPart.Https
            : MailDomainPart.All;
        MailDomainPart selected = (parts & MailDomainPart.Tls) != 0 ? parts | TlsNeeds : parts;
        return excluded.Aggregate(selected, (all, part) => all & ~WithDependants(part));
    }

    /// <summary>Several parts as a list, in order.</summary>
    internal static PrintableList<MailDomainPart> Split(MailDomainPart parts) => Enumerable.Range(0, 32)
        .Select(bit => (MailDomainPart)(1 << bit))
        .Where(part => (parts & part) != 0)
        .ToPrintableList();

    /// <summary>A part with those that cannot be inspected without it.</summary>
    private static MailDomainPart WithDependants(MailDomainPart part) =>
        part
        | ((part & MailDomainPart.Mx) != 0 ? MailDomainPart.ReverseDns | MailDomainPart.Tls : MailDomainPart.None)
        | ((part & MailDomainPart.MtaSts) != 0 ? MailDomainPart.MtaStsPolicy : MailDomainPart.None)
        | ((part & MailDomainPart.Bimi) != 0 ? MailDomainPart.BimiFiles : MailDomainPart.None);
}
