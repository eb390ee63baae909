using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>What can be wrong with one host.</summary>
internal static class MxHostRules
{
    /// <summary>The findings about a host.</summary>
    public static IEnumerable<Finding> Check(DomainName domain, MxHost host)
    {
        if (host.Status == PartStatus.Invalid)
        {
            yield return MxFindings.HostIsAddress.Create(domain, host.Name);
        }
        else if (host.Status == PartStatus.NotFound)
        {
            yield return (host.Exists != false ? MxFindings.HostWithoutAddress : MxFindings.HostMissing).Create(domain, host.Name);
        }
        else if (host.Failure is { } failure)
        {
            yield return RecordFindings.DetailLookupFailed.Create(host.Name, failure, domain);
        }

        if (host.Target.Length > 0)
        {
            yield return MxFindings.HostIsAlias.Create(domain, host.Name, host.Target);
        }

        if (host.Addresses.Count > 0 && host.Failure is null && host.Addresses.All(address => !PublicAddress.Is(AddressText.Read(address))))
        {
            yield return MxFindings.PrivateAddress.Create(domain, host.Name, host.Addresses[0]);
        }

        foreach (MxReverseDns name in host.ReverseDns)
        {
            if (name.Status == PartStatus.NotFound)
            {
                yield return MxFindings.ReverseNameMissing.Create(name.Address, host.Name);
            }
            else if (name is { Status: PartStatus.Found, IsConfirmed: false })
            {
                yield return MxFindings.ReverseNameUnconfirmed.Create(name.Address, host.Name, name.Name);
            }
            else if (name.Status.IsDnsFailure())
            {
                yield return RecordFindings.DetailLookupFailed.Create(name.Address, name.Status.ToDnsStatus(), domain);
            }
        }
    }
}
