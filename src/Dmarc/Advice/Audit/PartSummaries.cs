using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Audit;

/// <summary>One status for parts with several results.</summary>
internal static class PartSummaries
{
    /// <summary>The status of the keys: found if signatures can pass with one of them.</summary>
    public static PartStatus OfDkim(PrintableList<DkimKeyResult> keys)
    {
        if (keys.Count == 0)
        {
            return PartStatus.NotChecked;
        }

        if (keys.Any(key => key.Status == DkimKeyStatus.Valid))
        {
            return PartStatus.Found;
        }

        return keys.Any(key => key.Status == DkimKeyStatus.DnsFailure) ? PartStatus.DnsFailure
            : keys.Any(key => key is { Selector: "*", Status: DkimKeyStatus.Revoked }) ? PartStatus.Declined
            : keys.Any(key => key is { Selector: not "*", Status: DkimKeyStatus.Invalid or DkimKeyStatus.Dangling }) ? PartStatus.Invalid
            : PartStatus.NotFound;
    }

    /// <summary>The status of the PTR names: found if each address has a forward-confirmed one.</summary>
    public static PartStatus OfReverseDns(MxResult? exchanges)
    {
        MxReverseDns[] names = exchanges is null ? [] : [.. exchanges.Hosts.SelectMany(host => host.ReverseDns)];
        return names.Length == 0 ? PartStatus.NotChecked
            : names.Any(name => name.Status == PartStatus.DnsFailure) ? PartStatus.DnsFailure
            : names.Any(name => name.Status == PartStatus.NotFound) ? PartStatus.NotFound
            : exchanges!.Hosts.Any(host => host.DnsFailure is not null) ? PartStatus.DnsFailure
            : names.All(name => name.IsConfirmed == true) ? PartStatus.Found
            : PartStatus.Invalid;
    }
}
