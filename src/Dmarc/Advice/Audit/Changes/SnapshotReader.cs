using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>Reads saved results whose lists and enums are objects, numbers or text.</summary>
internal static class SnapshotReader
{
    private const int MaximumDepth = 24;

    /// <summary>Reads a saved result.</summary>
    /// <returns>Null if it is not a result: it has no Domain or no Status.</returns>
    public static MailDomainSnapshot? Read(ISnapshotNode? node)
    {
        if (node?.Member(nameof(MailDomainResult.Domain))?.Text is not { Length: > 0 } domain
            || Enum<MailDomainStatus>(node, "Status") is not { } status)
        {
            return null;
        }

        return new MailDomainSnapshot
        {
            Domain = domain,
            Status = status,
            DnsFailure = Enum<DnsFailure>(node, "DnsFailure") ?? SavedStatus.ReadFailure(Text(node, "Status")),
            Grade = Enum<MailDomainGrade>(node, "Grade") ?? MailDomainGrade.Unknown,
            FailedParts = Parts(node, "FailedParts") ?? MailDomainPart.None,
            Parts = new Dictionary<MailDomainPart, PartStatus>
            {
                [MailDomainPart.Mx] = Has(node, "MxHost") ? Part(node, "MxStatus") : PartStatus.NotChecked,
                [MailDomainPart.Dkim] = Has(node, "DkimSelector") || Has(node, "Dkim") ? Part(node, "DkimStatus") : PartStatus.NotChecked,
                [MailDomainPart.MtaSts] = Part(node, "MtaStsStatus"),
                [MailDomainPart.TlsRpt] = Part(node, "TlsRptStatus"),
                [MailDomainPart.Bimi] = Part(node, "BimiStatus"),
                [MailDomainPart.Dane] = Part(node, "DaneStatus"),
            },
            MxHosts = Texts(node, "MxHost").ToPrintableList(),
            SpfStatus = Has(node, "SpfRecord") && Has(node, "SpfAll") ? Enum<SpfRecordStatus>(node, "SpfStatus") : null,
            SpfRecord = Text(node, "SpfRecord"),
            SpfAll = Text(node, "SpfAll").TrimStart('\''),
            SpfLookupCount = int.TryParse(
                Text(node, "SpfLookupCount"), NumberStyles.None, CultureInfo.InvariantCulture, out int lookups)
                ? lookups
                : null,
            SpfNetworks = ReadNetworks(node.Member("Spf")),
            DmarcStatus = Has(node, "DmarcRecord") ? Enum<DmarcRecordStatus>(node, "DmarcStatus") : null,
            DmarcRecord = Text(node, "DmarcRecord"),
            DmarcPolicy = Enum<DmarcPolicy>(node, "DmarcPolicy"),
            Keys = ReadKeys(node),
            TriedSelectors = Texts(node, "DkimSelectorTried").ToPrintableList() is { Count: > 0 } tried ? tried : null,
            DanglingSelectors = ReadDangling(node),
            Profile = Enum<SendingProfile>(node, "Profile"),
            IsProfileGiven = ProfileInference.IsGiven(Text(node, "ProfileReason")),
            CheckedParts = Parts(node, "CheckedParts"),
            MtaStsMode = Enum<MtaStsMode>(node, "MtaStsMode"),
        };
    }

    /// <summary>True if a value was saved, even an empty one. A missing column has no meaning.</summary>
    private static bool Has(ISnapshotNode node, string name) => node.Member(name) is not null;

    private static string Text(ISnapshotNode node, string name) => node.Member(name)?.Text ?? "";

    private static PartStatus Part(ISnapshotNode node, string name) => Enum<PartStatus>(node, name) ?? PartStatus.NotChecked;

    /// <summary>Several parts combined; null if there are none.</summary>
    private static MailDomainPart? Parts(ISnapshotNode node, string name)
    {
        MailDomainPart parts = Texts(node, name).Aggregate(MailDomainPart.None, (all, text) => all | (Parse<MailDomainPart>(text) ?? MailDomainPart.None));
        return parts == MailDomainPart.None ? null : parts;
    }

    private static T? Enum<T>(ISnapshotNode node, string name)
        where T : struct, Enum => Parse<T>(Text(node, name));

    private static T? Parse<T>(string text)
        where T : struct, Enum => SavedStatus.Read<T>(text);

    /// <summary>A list of texts; in a CSV it is one text.</summary>
    private static IEnumerable<string> Texts(ISnapshotNode node, string name)
    {
        ISnapshotNode? list = node.Member(name);
        if (list?.Items is IEnumerable<ISnapshotNode> items)
        {
            return items.Select(item => item.Text).OfType<string>().Where(text => text.Length > 0);
        }

        return (list?.Text ?? "").Split([';', ' '], StringSplitOptions.RemoveEmptyEntries);
    }

    private static PrintableList<AddressBlock>? ReadNetworks(ISnapshotNode? spf)
    {
        if (spf?.Member("Networks") is not { Items: IEnumerable<ISnapshotNode> items }
            || spf.Member("Terms") is not { } terms
            || !AreKnown(terms, 0))
        {
            return null;
        }

        List<AddressBlock> blocks = [];
        foreach (ISnapshotNode item in items)
        {
            string text = item.Member("Network")?.Text is { } network && item.Member("PrefixLength")?.Text is { } length
                ? network + "/" + length
                : item.Text ?? "";
            if (!AddressBlock.TryParse(text, out AddressBlock block))
            {
                return null;
            }

            blocks.Add(block);
        }

        return blocks.ToPrintableList();
    }

    /// <summary>
    /// True if no look-up of the terms failed. Terms saved at a small depth are texts: this is then unknown, and the
    /// networks do not count.
    /// </summary>
    private static bool AreKnown(ISnapshotNode terms, int depth) => depth < MaximumDepth
        && (terms.Items is IEnumerable<ISnapshotNode> items
            ? items.All(term => term.Member("Term") is not null
                && (Enum<DnsStatus>(term, "DnsStatus") ?? DnsStatus.NoError).IsAnswer()
                && (term.Member("Terms") is not { } below || AreKnown(below, depth + 1)))
            : string.IsNullOrEmpty(terms.Text));

    /// <summary>Null if the keys were saved as texts, or not at all.</summary>
    private static PrintableList<string>? ReadDangling(ISnapshotNode node) =>
        node.Member("Dkim")?.Items?.ToList() is { } keys && keys.TrueForAll(key => key.Member("Status") is not null)
            ? keys.Where(key => Enum<DkimKeyStatus>(key, "Status") == DkimKeyStatus.Dangling)
                .Select(key => Text(key, "Selector"))
                .ToPrintableList()
            : null;

    private static Dictionary<string, string?> ReadKeys(ISnapshotNode node)
    {
        Dictionary<string, string?> keys = new(StringComparer.OrdinalIgnoreCase);
        foreach (string selector in Texts(node, "DkimSelector"))
        {
            keys[selector] = null;
        }

        foreach (ISnapshotNode key in node.Member("Dkim")?.Items ?? [])
        {
            if (key.Member("Selector")?.Text is { Length: > 0 } selector
                && key.Member("Record")?.Text is { Length: > 0 } record
                && (!keys.TryGetValue(selector, out string? known) || known is null))
            {
                keys[selector] = record;
            }
        }

        return keys;
    }
}
