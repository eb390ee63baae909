namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// The remains of unreadable rows of an audit. A domain whose name appears there was audited, so it is neither removed
/// nor added; if a row has no name left, this is unknown for every domain.
/// </summary>
internal sealed class LostRows
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasNameless;

    public void Add(string text)
    {
        bool hasName = false;
        int start = -1;
        string plain = text.Replace("\"", "");
        for (int at = 0; at <= plain.Length; at++)
        {
            bool isPart = at < plain.Length && (char.IsLetterOrDigit(plain[at]) || plain[at] is '.' or '-' or '_');
            if (isPart)
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                // A name at the very end may be truncated.
                string name = plain.Substring(start, at - start).TrimEnd('.');
                _names.Add(name);
                hasName |= at < plain.Length && name.IndexOf('.') > 0;
                start = -1;
            }
        }

        _hasNameless |= !hasName;
    }

    /// <summary>True if the rows may contain a domain.</summary>
    public bool MayHold(string domain) => _hasNameless || _names.Contains(domain);
}
