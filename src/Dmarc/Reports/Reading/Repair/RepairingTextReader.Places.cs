using V = Dmarc.Reports.ReportVocabulary;

namespace Dmarc.Reports.Reading.Repair;

/// <content>Finds the place of an element with damaged surroundings.</content>
internal sealed partial class RepairingTextReader
{
    /// <summary>Closes and opens elements so that an element is in its proper place.</summary>
    private void MakePlace(string known, ReadOnlySpan<char> after)
    {
        if (!InLeaf && V.MayContain(Parent, known) && !(Parent == V.PolicyEvaluated && HoldsElements(known, after) == true))
        {
            return;
        }

        if (Top is { Kind: ElementKind.Foreign } foreign && !Shows(foreign.Name, known)
            || !FindPlace(known, after, out int keep, out IReadOnlyList<string> path))
        {
            return;
        }

        Stack<string> taken = new();
        while (_open.Count > keep && Top is { Kind: ElementKind.Foreign })
        {
            taken.Push(TakeBack());
        }

        if (taken.Count > 0 || path.Count > 0)
        {
            _log.Add(RepairKind.Misplaced, _line);
        }

        if (path.Contains(V.Record)
            || known == V.Record && _open.FindLastIndex(element => element.Name == V.Record) >= keep)
        {
            _log.Add(RepairKind.RecordBoundary, _line);
        }

        CloseDownTo(keep);
        TakeText();
        OpenAll(path, Math.Max(0, taken.Count - path.Count), taken);
        if (taken.Count + path.Count > 0)
        {
            Mark();
        }
    }

    private void OpenAll(IReadOnlyList<string> path, int passed, Stack<string>? writtenAs = null)
    {
        for (; passed > 0; passed--)
        {
            writtenAs!.Pop();
        }

        for (int i = 0; i < path.Count; i++)
        {
            // The innermost written names belong to the innermost elements.
            string? written = writtenAs?.Count >= path.Count - i ? writtenAs.Pop() : null;
            Open(path[i], ElementKind.Container, written);
        }
    }

    /// <summary>True if a known element shows that the one around it is misspelt or a wrapper, no extension.</summary>
    private static bool Shows(string foreign, string known)
    {
        if (foreign == V.Extension)
        {
            return known is V.Feedback or V.Record or V.Row or V.ReportMetadata or V.PolicyPublished;
        }

        return V.IsStructural(known)
            || V.Names.Any(name => V.MayContain(name, known) && TagResidue.IsLike(foreign.AsSpan(), name));
    }

    /// <summary>
    /// Finds how many elements stay open, and which to open in them, so that an element is in its proper place. An
    /// unambiguous name may change many levels; <c>domain</c> or <c>type</c> must not begin or leave a record.
    /// </summary>
    private bool FindPlace(string known, ReadOnlySpan<char> after, out int keep, out IReadOnlyList<string> path)
    {
        string? last = V.MayContain(V.Dkim, known) ? NextOf(after, V.Dkim, V.Spf) : null;
        bool? holdsElements = HoldsElements(known, after);
        bool isTelling = V.IsTelling(known);
        for (keep = _open.Count; keep >= 0; keep--)
        {
            if (keep > 0 && _open[keep - 1].Kind != ElementKind.Container)
            {
                continue;
            }

            string parent = keep == 0 ? "" : _open[keep - 1].Name;
            if (holdsElements == true && (parent is V.Row or V.PolicyEvaluated))
            {
                continue;
            }

            if (V.Path(parent, known, last) is { } found && MayOpen(found, parent, known, isTelling)
                && !(holdsElements == false && parent is V.AuthResults or V.Record))
            {
                path = found;
                return true;
            }

            if (!isTelling && parent == V.Record)
            {
                break;
            }
        }

        path = [];
        return false;
    }

    private bool MayOpen(IReadOnlyList<string> path, string parent, string known, bool isTelling) =>
        path.Count == 0
        || (isTelling || !path.Contains(V.Record) && !path.Contains(V.Row)
            && !(_hasPolicy && path.Contains(V.PolicyPublished)) && !(_hasMetadata && path.Contains(V.ReportMetadata)))
        && (parent.Length > 0 || V.IsStructural(known));

    /// <summary>Whether a <c>dkim</c> or <c>spf</c> contains elements, not text; null if other or unknown.</summary>
    private static bool? HoldsElements(string known, ReadOnlySpan<char> after)
    {
        if (known is not (V.Dkim or V.Spf))
        {
            return null;
        }

        after = after.TrimStart();
        return after.IsEmpty || StartsWith(after, "</") ? null : after[0] == '<';
    }

    /// <summary>Which of two names has the next end tag; null if none is in the visible text.</summary>
    private static string? NextOf(ReadOnlySpan<char> after, string one, string other)
    {
        int first = after.IndexOf(("</" + one).AsSpan(), StringComparison.OrdinalIgnoreCase);
        int second = after.IndexOf(("</" + other).AsSpan(), StringComparison.OrdinalIgnoreCase);
        return first < 0 && second < 0 ? null : second < 0 || first >= 0 && first < second ? one : other;
    }

    /// <summary>What may stand in an element.</summary>
    private enum ElementKind
    {
        /// <summary>Elements of ours.</summary>
        Container,

        /// <summary>Text.</summary>
        Leaf,

        /// <summary>Whatever there is: the element is in no standard.</summary>
        Foreign,
    }

    private sealed class OpenElement(string name, ElementKind kind, string? writtenAs)
    {
        public string Name { get; } = name;

        public ElementKind Kind { get; } = kind;

        /// <summary>The name that its tags have, where that is another one.</summary>
        public string? WrittenAs { get; } = writtenAs;

        /// <summary>True if the start tag is known by the end tag only: what is left of it may stand in the text.</summary>
        public bool IsStartDamaged { get; set; }

        /// <summary>True once the start tag of a foreign element was written.</summary>
        public bool IsWritten { get; set; }
    }
}
