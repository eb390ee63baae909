using Dmarc.Services;

namespace Dmarc.Posture.Exchanges;

/// <summary>The services that mail exchanges belong to.</summary>
internal static class MxProviders
{
    /// <summary>The service that a host belongs to; null where none is known.</summary>
    public static string? Find(string host) => SendingServices.Default.All
        .FirstOrDefault(service => service.MxDomains.Any(domain => IsEqualToOrBelow(host, domain)))?.Name;

    private static bool IsEqualToOrBelow(string name, string ancestor) =>
        name.EndsWith(ancestor, StringComparison.OrdinalIgnoreCase)
        && (name.Length == ancestor.Length || name[name.Length - ancestor.Length - 1] == '.');
}
