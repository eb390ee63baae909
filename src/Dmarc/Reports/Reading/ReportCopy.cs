namespace Dmarc.Reports.Reading;

/// <summary>
/// A copy of a damaged report while it is read: its rows are compared with those returned before. Equal rows are left
/// out at once; the others are held until the end, when it is known which rows lost or changed values.
/// </summary>
internal sealed class ReportCopy
{
    private readonly SeenReport _first;
    private readonly ReportFacts _facts;
    private readonly RowMemory _memory;
    private readonly Dictionary<ulong, int> _expected = [];
    private readonly List<(ReportReadItem Item, RowPrint Print)> _held = [];
    private readonly List<RowPrint> _added = [];

    public ReportCopy(SeenReport first, ReportFacts facts, RowMemory memory)
    {
        (_first, _facts, _memory) = (first, facts, memory);
        foreach (RowPrint row in first.Rows!)
        {
            _expected[row.Full] = _expected.TryGetValue(row.Full, out int count) ? count + 1 : 1;
        }
    }

    /// <summary>The damaged report that was read first.</summary>
    public SeenReport First => _first;

    /// <summary>The file of the copy.</summary>
    public string Path => _facts.Path;

    /// <summary>True if damage cost rows of the copy too.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Adds a row. True if it must be returned at once, because no more rows can be held.</summary>
    public bool Take(ReportReadItem item, RowPrint print)
    {
        if (_expected.TryGetValue(print.Full, out int count) && count > 0)
        {
            _expected[print.Full] = count - 1;
            return false;
        }

        if (_memory.TryTake())
        {
            _held.Add((item, print));
            return false;
        }

        _added.Add(print);
        return true;
    }

    /// <summary>Ends the copy: returns the new rows and the notices.</summary>
    public IEnumerable<ReportReadItem> Finish()
    {
        Dictionary<ulong, int> changed = Changed();
        List<ReportReadItem> rows = [];
        foreach ((ReportReadItem item, RowPrint print) in _held)
        {
            if (changed.TryGetValue(print.Core, out int count) && count > 0)
            {
                changed[print.Core] = count - 1;
                continue;
            }

            _added.Add(print);
            rows.Add(item);
        }

        _memory.Release(_held.Count);
        string before = _first.Path;
        if (IsDamaged)
        {
            _added.ForEach(_first.Remember);
        }
        else
        {
            _first.Complete(_facts);
        }

        return [.. rows, .. Notices(before, changed.Values.Sum()).Select(finding => new ReportReadItem(new ReportNotice(_facts.Path, finding)))];
    }

    private IEnumerable<Finding> Notices(string before, int others)
    {
        string organization = _facts.Organization;
        string id = _facts.Key.ReportId;
        yield return _added.Count > 0 ? ReportFindings.DamagedCompleted.Create(organization, id, before, _added.Count)
            : IsDamaged ? ReportFindings.DuplicateOfDamaged.Create(organization, id, before)
            : ReportFindings.Duplicate.Create(organization, id, before);
        if (others > 0 && !IsDamaged)
        {
            yield return ReportFindings.DamagedDiffers.Create(organization, id, before, others);
        }
    }

    /// <summary>The rows of the damaged report that the copy lacks or changes, by their remaining values.</summary>
    private Dictionary<ulong, int> Changed()
    {
        Dictionary<ulong, int> changed = [];
        foreach (RowPrint row in _first.Rows ?? [])
        {
            if (_expected.TryGetValue(row.Full, out int count) && count > 0)
            {
                _expected[row.Full] = count - 1;
                changed[row.Core] = changed.TryGetValue(row.Core, out int same) ? same + 1 : 1;
            }
        }

        return changed;
    }
}
