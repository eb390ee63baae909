using Dmarc.Posture.Changes.Rules;

namespace Dmarc.Posture.Changes;

/// <summary>
/// Compares two looks at many domains. The second one may be of any length: only the first is held. A look-up that fails now is told as
/// that, and never as a record that is gone.
/// </summary>
public sealed class MailDomainComparer
{
    private static readonly IChangeRule[] Rules =
    [
        new LookupRule(),
        new DmarcRule(),
        new SpfRecordRule(),
        new SpfSenderRule(),
        new KeyRule(),
        new MxRule(),
        new MtaStsModeRule(),
        new OtherPartRule(),
        new GradeRule(),
    ];

    private readonly Dictionary<string, MailDomainSnapshot> _before = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A comparer.</summary>
    /// <param name="before">The first look; of a domain that is there twice, the last counts.</param>
    public MailDomainComparer(IEnumerable<MailDomainSnapshot> before)
    {
        foreach (MailDomainSnapshot snapshot in before ?? throw new ArgumentNullException(nameof(before)))
        {
            if (!_before.ContainsKey(snapshot.Domain))
            {
                _order.Add(snapshot.Domain);
            }

            _before[snapshot.Domain] = snapshot;
        }
    }

    /// <summary>What changed for a domain of the second look; nothing for one that was there before, so that nothing is told twice.</summary>
    /// <param name="after">The domain now.</param>
    public IReadOnlyList<MailDomainChange> Compare(MailDomainSnapshot after)
    {
        if (after is null)
        {
            throw new ArgumentNullException(nameof(after));
        }

        if (!_met.Add(after.Domain))
        {
            return [];
        }

        if (!_before.TryGetValue(after.Domain, out MailDomainSnapshot? before))
        {
            return [Change.Make(after, MailDomainChangeKind.DomainAdded, MailDomainPart.None, Diagnostics.Severity.Information, "", after.Status.ToString(), Strings.Change_DomainAdded)];
        }

        return DomainRule.Check(before, after) is { } change
            ? [change]
            : [.. Rules.SelectMany(rule => rule.Check(before, after))];
    }

    /// <summary>The domains of the first look that the second has not, once all of it was compared.</summary>
    public IReadOnlyList<MailDomainChange> Complete() =>
    [
        .. _order.Where(domain => !_met.Contains(domain)).Select(domain => Change.Make(
            _before[domain], MailDomainChangeKind.DomainRemoved, MailDomainPart.None, Diagnostics.Severity.Warning, _before[domain].Status.ToString(), "", Strings.Change_DomainRemoved)),
    ];
}
