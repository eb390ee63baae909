using Dmarc.Text;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// Compares two looks at many domains. The second one may be of any length: only the first is held. A look-up that fails now is told as
/// that, and never as a record that is gone.
/// </summary>
internal sealed class MailDomainComparer
{
    private readonly Dictionary<string, MailDomainSnapshot> _before = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private readonly LostRows _lostBefore = new();
    private readonly LostRows _lostAfter = new();
    private readonly List<string> _undecided = [];

    /// <summary>What was told of domains whose look-ups failed: a later row of the same look may know more.</summary>
    private readonly Dictionary<string, IReadOnlyList<MailDomainChange>> _toldOfFailed = new(StringComparer.OrdinalIgnoreCase);

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

    /// <summary>
    /// The domains that are in one look only and are told neither as added nor as removed, because rows of the other look could not be read.
    /// </summary>
    public IReadOnlyList<string> Undecided => _undecided;

    /// <summary>Takes notice of a row of the first look that could not be read.</summary>
    /// <param name="text">What is left of it.</param>
    public void AddLostBefore(string text) => _lostBefore.Add(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>Takes notice of a row of the second look that could not be read.</summary>
    /// <param name="text">What is left of it.</param>
    public void AddLostAfter(string text) => _lostAfter.Add(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>
    /// What changed for a domain of the second look; nothing for one that was there before, so that nothing is told twice. Where look-ups had
    /// failed then, as before a run that went on after an outage, what is new.
    /// </summary>
    /// <param name="after">The domain now.</param>
    public IReadOnlyList<MailDomainChange> Compare(MailDomainSnapshot after)
    {
        if (after is null)
        {
            throw new ArgumentNullException(nameof(after));
        }

        if (!_met.Add(after.Domain))
        {
            return !_toldOfFailed.TryGetValue(after.Domain, out IReadOnlyList<MailDomainChange>? told) || !_before.TryGetValue(after.Domain, out MailDomainSnapshot? first)
                ? []
                : Note(after, [.. ChangeRules.Check(first, after).Where(change => !told.Contains(change))], told);
        }

        if (!_before.TryGetValue(after.Domain, out MailDomainSnapshot? before))
        {
            if (_lostBefore.MayHold(after.Domain))
            {
                _undecided.Add(after.Domain);
                return [];
            }

            return [Change.Make(after, MailDomainChangeKind.DomainAdded, MailDomainPart.None, Severity.Information, "", after.StatusText, Strings.Change_DomainAdded)];
        }

        return Note(after, ChangeRules.Check(before, after), []);
    }

    private IReadOnlyList<MailDomainChange> Note(MailDomainSnapshot after, IReadOnlyList<MailDomainChange> changes, IReadOnlyList<MailDomainChange> told)
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

    /// <summary>The domains of the first look that the second has not, once all of it was compared.</summary>
    public IReadOnlyList<MailDomainChange> Complete()
    {
        List<MailDomainChange> removed = [];
        foreach (string domain in _order.Where(domain => !_met.Contains(domain)))
        {
            if (_lostAfter.MayHold(domain))
            {
                _undecided.Add(domain);
                continue;
            }

            removed.Add(Change.Make(
                _before[domain], MailDomainChangeKind.DomainRemoved, MailDomainPart.None, Severity.Warning, _before[domain].Status, "", Strings.Change_DomainRemoved));
        }

        return removed;
    }
}
