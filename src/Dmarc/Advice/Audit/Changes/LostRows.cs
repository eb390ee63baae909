using System.Text.RegularExpressions;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// The remains of unreadable rows of an audit. A domain whose name appears there was audited, so it is neither removed
/// nor added; if a row has no name left, this is unknown for every domain.
/// </summary>
internal sealed class LostRows
{
    private static readonly Regex Names = new(@"[\p{L}\p{Nd}._-]+", RegexOptions.CultureInvariant);

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasNameless;

    public void Add(string text)
    {
        bool hasName = false;
        string plain = text.Replace("\"", "");
        foreach (Match match in Names.Matches(plain))
        {
            // A name at the very end may be truncated.
            string name = match.Value.TrimEnd('.');
            _names.Add(name);
            hasName |= match.Index + match.Length < plain.Length && name.IndexOf('.') > 0;
        }

        _hasNameless |= !hasName;
    }

    /// <summary>True if the rows may contain a domain.</summary>
    public bool MayHold(string domain) => _hasNameless || _names.Contains(domain);
}
