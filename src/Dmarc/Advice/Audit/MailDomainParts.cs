using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>Which parts are looked at.</summary>
internal static class MailDomainParts
{
    /// <summary>What <see cref="MailDomainPart.Tls"/> is compared with, and looked at together with it.</summary>
    private const MailDomainPart TlsNeeds = MailDomainPart.Mx | MailDomainPart.MtaSts | MailDomainPart.MtaStsPolicy | MailDomainPart.Dane;

    /// <summary>
    /// The parts that are named, without those that are left out. Where none is named, all; without what is fetched over HTTPS where
    /// zone files stand in for DNS, because these have no web servers. With <see cref="MailDomainPart.Tls"/>, which has to be named,
    /// comes what it is compared with. What depends on a part that is left out is left out too.
    /// </summary>
    /// <param name="included">The parts to look at; empty for all.</param>
    /// <param name="excluded">The parts to leave out.</param>
    /// <param name="hasZones">True where zone files answer instead of DNS.</param>
    public static MailDomainPart Select(IEnumerable<MailDomainPart> included, IEnumerable<MailDomainPart> excluded, bool hasZones)
    {
        MailDomainPart named = included.Aggregate(MailDomainPart.None, (all, part) => all | part);
        MailDomainPart parts = named != MailDomainPart.None ? named
            : hasZones ? MailDomainPart.All & ~MailDomainPart.Https
            : MailDomainPart.All;
        MailDomainPart selected = (parts & MailDomainPart.Tls) != 0 ? parts | TlsNeeds : parts;
        return excluded.Aggregate(selected, (all, part) => all & ~WithDependants(part));
    }

    /// <summary>Several parts one by one, in their order.</summary>
    internal static PrintableList<MailDomainPart> Split(MailDomainPart parts)
    {
        List<MailDomainPart> single = [];
        for (int bit = 1; bit <= (int)MailDomainPart.Tls; bit <<= 1)
        {
            if (((int)parts & bit) != 0)
            {
                single.Add((MailDomainPart)bit);
            }
        }

        return single.ToPrintableList();
    }

    /// <summary>A part with those that cannot be looked at without it.</summary>
    private static MailDomainPart WithDependants(MailDomainPart part) =>
        part
        | ((part & MailDomainPart.Mx) != 0 ? MailDomainPart.ReverseDns | MailDomainPart.Tls : MailDomainPart.None)
        | ((part & MailDomainPart.MtaSts) != 0 ? MailDomainPart.MtaStsPolicy : MailDomainPart.None)
        | ((part & MailDomainPart.Bimi) != 0 ? MailDomainPart.BimiFiles : MailDomainPart.None);
}
