namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// Compares two audits of many domains. The second may have any length: only the first is kept in memory. A failed
/// look-up is reported as such, never as a removed record.
/// </summary>
internal sealed class MailDomainComparer
{
    private readonly Dictionary<string, MailDomainSnapshot> _before = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private readonly LostRows _lostBefore = new();
    private readonly LostRows _lostAfter = new();

    /// <summary>The changes reported for domains with failed look-ups: a later row may add some.</summary>
    private readonly Dictionary<string, IReadOnlyList<MailDomainChange>> _toldOfFailed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A comparer.</summary>
    /// <param name="before">The first audit; of a duplicate domain, the last row counts.</param>
    public MailDomainComparer(IEnumerable<MailDomainSnapshot> before)
    {
        foreach (MailDomainSnapshot snapshot in before)
        {
            if (!_before.ContainsKey(snapshot.Domain))
            {
                _order.Add(snapshot.Domain);
            }

            _before[snapshot.Domain] = snapshot;
        }
    }

    /// <summary>
    /// The domains in only one audit that are not reported, because rows of the other audit are unreadable.
    /// </summary>
    public List<string> Undecided { get; } = [];

    /// <summary>Records an unreadable row of the first audit.</summary>
    public void AddLostBefore(string text) => _lostBefore.Add(text);

    /// <summary>Records an unreadable row of the second audit.</summary>
    public void AddLostAfter(string text) => _lostAfter.Add(text);

    /// <summary>
    /// The changes of a domain in the second audit; none for a duplicate, so that nothing is reported twice. If
    /// look-ups had failed in its earlier row, as in a run resumed after an outage, only the new changes.
    /// </summary>
    public IReadOnlyList<MailDomainChange> Compare(MailDomainSnapshot after)
    {
        if (!_met.Add(after.Domain))
        {
            return !_toldOfFailed.TryGetValue(after.Domain, out IReadOnlyList<MailDomainChange>? told)
                || !_before.TryGetValue(after.Domain, out MailDomainSnapshot? first)
                ? []
                : Note(after, [.. ChangeRules.Check(first, after).Where(change => !told.Contains(change))], told);
        }

        if (!_before.TryGetValue(after.Domain, out MailDomainSnapshot? before))
        {
            if (_lostBefore.MayHold(after.Domain))
            {
                Undecided.Add(after.Domain);
                return [];
            }

            return [Change.Make(after, MailDomainChangeKind.DomainAdded, MailDomainPart.None, Severity.Information, "", after.StatusText, Strings.Change_DomainAdded)];
        }

        return Note(after, ChangeRules.Check(before, after), []);
    }

    private IReadOnlyList<MailDomainChange> Note(
        MailDomainSnapshot after, IReadOnlyList<MailDomainChange> changes, IReadOnlyList<MailDomainChange> told)
    {
        if (after.Status.IsFailed())
        {
            _toldOfFailed[after.Domain] = [.. told, .. changes];
        }
        else
        {
            _toldOfFailed.Remove(after.Domain);
        }

        return changes;
    }

    /// <summary>The domains missing from the second audit, once all of it was compared.</summary>
    public IReadOnlyList<MailDomainChange> Complete()
    {
        List<MailDomainChange> removed = [];
        foreach (string domain in _order.Where(domain => !_met.Contains(domain)))
        {
            if (_lostAfter.MayHold(domain))
            {
                Undecided.Add(domain);
                continue;
            }

            removed.Add(Change.Make(
                _before[domain], MailDomainChangeKind.DomainRemoved, MailDomainPart.None, Severity.Warning, _before[domain].Status, "", Strings.Change_DomainRemoved));
        }

        return removed;
    }
}
