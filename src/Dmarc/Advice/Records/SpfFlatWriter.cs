using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>Writes flattened records: one if it fits, otherwise several, included by the first.</summary>
internal sealed class SpfFlatWriter(string domain, IReadOnlyList<SpfFlatPart> parts, string? ending, string? explanation)
{
    private const string Version = "v=spf1";

    /// <summary>The number of includes in the first record.</summary>
    public int Includes { get; private set; }

    public PrintableList<SpfZoneRecord> Write()
    {
        string single = Join(parts.SelectMany(part => part.Blocks is null
            ? [part.Term]
            : part.Blocks.Select(block => Prefix(part.Qualifier) + Mechanism(block))));
        if (domain.Length + single.Length <= SpfLimits.RecordLength)
        {
            return [new SpfZoneRecord(domain, single)];
        }

        List<SpfZoneRecord> others = [];
        List<string> terms = [];
        foreach (SpfFlatPart part in parts)
        {
            if (part.Blocks is null)
            {
                terms.Add(part.Term);
                continue;
            }

            foreach (SpfZoneRecord record in Chunk(part.Blocks, others.Count))
            {
                others.Add(record);
                terms.Add(Prefix(part.Qualifier) + "include:" + record.Name);
            }
        }

        Includes = others.Count;
        return [new SpfZoneRecord(domain, Join(terms)), .. others];
    }

    private IEnumerable<SpfZoneRecord> Chunk(PrintableList<AddressBlock> blocks, int written)
    {
        string name = NameOf(written);
        List<string> terms = [];
        int length = name.Length + Version.Length;
        foreach (AddressBlock block in blocks)
        {
            string term = Mechanism(block);
            if (terms.Count > 0 && length + 1 + term.Length > SpfLimits.RecordLength)
            {
                yield return new SpfZoneRecord(name, Version + " " + string.Join(" ", terms));
                name = NameOf(++written);
                terms.Clear();
                length = name.Length + Version.Length;
            }

            terms.Add(term);
            length += 1 + term.Length;
        }

        yield return new SpfZoneRecord(name, Version + " " + string.Join(" ", terms));
    }

    private string NameOf(int written) => "_spf" + (written + 1).ToString(CultureInfo.InvariantCulture) + "." + domain;

    private string Join(IEnumerable<string> terms)
    {
        List<string> all = [Version, .. terms];
        if (ending is not null)
        {
            all.Add(ending);
        }

        if (explanation is not null)
        {
            all.Add(explanation);
        }

        return string.Join(" ", all);
    }

    private static string Mechanism(AddressBlock block) => (block.IsIPv6 ? "ip6:" : "ip4:") + block;

    private static string Prefix(SpfQualifier qualifier) => qualifier switch
    {
        SpfQualifier.Fail => "-",
        SpfQualifier.SoftFail => "~",
        SpfQualifier.Neutral => "?",
        _ => "",
    };
}
