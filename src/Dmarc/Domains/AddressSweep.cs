namespace Dmarc.Domains;

/// <summary>
/// Assigns each address to the first of several sets that contains it, as the terms of a record apply in order. One
/// pass over all sorted ranges: the time grows with their number, not with its square.
/// </summary>
internal static class AddressSweep
{
    /// <summary>The addresses of each label: an address belongs to the label of the first set that has it.</summary>
    /// <param name="sets">The sets in order of precedence.</param>
    /// <param name="labels">The label of each set, from 0.</param>
    /// <param name="labelCount">The number of labels.</param>
    public static AddressSet[] Split(List<AddressSet> sets, List<int> labels, int labelCount)
    {
        List<(AddressRange Range, int Set)> starts = Collect(sets);
        List<AddressRange>[] won = new List<AddressRange>[labelCount];
        for (int label = 0; label < labelCount; label++)
        {
            won[label] = [];
        }

        // The sets that contain the current address, or contained an earlier one: each contributes one range at a time.
        SortedSet<int> active = [];
        AddressNumber[] ends = new AddressNumber[sets.Count];
        AddressNumber at = default;
        int next = 0;
        while (active.Count > 0 || next < starts.Count)
        {
            if (active.Count == 0)
            {
                at = starts[next].Range.First;
            }

            while (next < starts.Count && starts[next].Range.First.CompareTo(at) <= 0)
            {
                (AddressRange range, int set) = starts[next++];
                active.Add(set);
                ends[set] = range.Last;
            }

            int winner = active.Min;
            if (ends[winner].CompareTo(at) < 0)
            {
                active.Remove(winner);
                continue;
            }

            AddressNumber end = ends[winner];
            if (next < starts.Count && starts[next].Range.First.CompareTo(end) <= 0)
            {
                starts[next].Range.First.TryPrevious(out end);
            }

            Append(won[labels[winner]], at, end);
            if (!end.TryNext(out at))
            {
                active.Clear();
            }
        }

        return Array.ConvertAll(won, AddressSet.OfSorted);
    }

    private static List<(AddressRange Range, int Set)> Collect(List<AddressSet> sets)
    {
        List<(AddressRange Range, int Set)> starts = [];
        for (int index = 0; index < sets.Count; index++)
        {
            foreach (AddressRange range in sets[index].Ranges)
            {
                starts.Add((range, index));
            }
        }

        starts.Sort((left, right) => left.Range.First.CompareTo(right.Range.First));
        return starts;
    }

    private static void Append(List<AddressRange> ranges, AddressNumber first, AddressNumber last)
    {
        if (ranges.Count > 0
            && ranges[ranges.Count - 1] is AddressRange before
            && before.Last.TryNext(out AddressNumber next)
            && next.Equals(first))
        {
            ranges[ranges.Count - 1] = new AddressRange(before.First, last);
        }
        else
        {
            ranges.Add(new AddressRange(first, last));
        }
    }
}
