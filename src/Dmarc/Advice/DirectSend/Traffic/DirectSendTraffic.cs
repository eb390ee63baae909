using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Messages;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// The observed mail to a tenant without authentication: rows of aggregate reports, messages and rows of message
/// traces, with equal ones counted together. Fill it before use: adding while domains are inspected is not safe.
/// </summary>
/// <param name="tenant">The recipient tenant; null to count only mail within one organisation.</param>
internal sealed class DirectSendTraffic(TenantFacts? tenant = null)
{
    /// <summary>The maximum number of different observations.</summary>
    public const int MaximumObservations = 200_000;

    private readonly TenantFacts _tenant = tenant ?? TenantFacts.None;
    private readonly Dictionary<TrafficObservation, (long Count, string Source)> _observations = [];
    private readonly Dictionary<DomainName, List<TrafficObservation>> _byDomain = [];

    /// <summary>The number of rows and messages beyond the maximum.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The number of trace rows that are unusable because of an invalid address.</summary>
    public long UnreadableAddresses { get; private set; }

    /// <summary>The first invalid address; null if there is none.</summary>
    public string? UnreadableAddress { get; private set; }

    /// <summary>Adds a row of an aggregate report, by its properties.</summary>
    /// <returns>False if it does not concern mail to the tenant in its own name.</returns>
    public bool AddReport(FactSource row) =>
        ReportTraffic.Read(row, out DomainName? recipient, out long count, out string source) is { } seen
            && Add(seen, [recipient], count, source);

    /// <summary>Adds a message from a mailbox of the tenant.</summary>
    /// <returns>False if it did not reach the tenant without authentication in its own name.</returns>
    public bool AddMessage(AssessedMessage message) =>
        MessageTraffic.Read(message, out IReadOnlyList<DomainName> recipients, out bool isOwn) is { } seen
        && Add(seen, isOwn ? [seen.Author ?? seen.Sender] : (IEnumerable<DomainName?>)recipients, 1, message.Source);

    /// <summary>Adds a row of a message trace.</summary>
    /// <param name="row">The properties, as in Get-MessageTraceV2, a historical search or advanced hunting.</param>
    /// <param name="source">The name of the trace in results.</param>
    /// <returns>False if it does not concern unauthenticated mail to the tenant in its own name.</returns>
    public bool AddTrace(FactSource row, string source)
    {
        if (TraceTraffic.Read(row, out IReadOnlyList<DomainName> recipients, out string unreadable) is { } seen)
        {
            return Add(seen, recipients, 1, source);
        }

        if (unreadable.Length > 0)
        {
            UnreadableAddress ??= unreadable;
            UnreadableAddresses++;
        }

        return false;
    }

    /// <summary>The observations in the name of a domain or its subdomains.</summary>
    internal IEnumerable<(TrafficObservation Seen, long Count, string Source)> Of(DomainName domain) =>
        _byDomain.TryGetValue(domain, out List<TrafficObservation>? list)
            ? list.Select(seen => (seen, _observations[seen].Count, _observations[seen].Source))
            : [];

    private bool Add(TrafficObservation seen, IEnumerable<DomainName?> recipients, long count, string source)
    {
        DomainName[] names =
            [.. new[] { seen.Sender, seen.Author }.OfType<DomainName>().Distinct().Where(name => recipients.Any(to => IsSameTenant(name, to)))];
        if (names.Length == 0 || count <= 0)
        {
            return false;
        }

        if (_observations.TryGetValue(seen, out (long Count, string Source) known))
        {
            _observations[seen] = (known.Count + count, known.Source);
            return true;
        }

        if (_observations.Count >= MaximumObservations)
        {
            LeftOut += count;
            return true;
        }

        _observations.Add(seen, (count, source));
        foreach (DomainName domain in names.SelectMany(name => name.SelfAndAncestors()).Where(name => name.LabelCount > 1).Distinct())
        {
            if (!_byDomain.TryGetValue(domain, out List<TrafficObservation>? list))
            {
                _byDomain.Add(domain, list = []);
            }

            list.Add(seen);
        }

        return true;
    }

    /// <summary>True if sender and recipient are of one tenant: both accepted or, if unknown, related.</summary>
    private bool IsSameTenant(DomainName sender, DomainName? recipient) =>
        recipient is not null
        && (sender == recipient
            || (_tenant.Accepts(recipient) ?? PublicSuffixList.Default.GetOrganizationalDomain(sender) == PublicSuffixList.Default.GetOrganizationalDomain(recipient))
            && (_tenant.Accepts(sender) ?? true));
}
