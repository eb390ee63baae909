using Dmarc.Advice.Sources;
using Dmarc.Reports;

namespace Dmarc.Advice.Page;

/// <summary>The senders: by class, and the largest individually.</summary>
internal sealed class SourceSection : PageSection
{
    /// <summary>The names of the kinds, ordered by urgency.</summary>
    internal static readonly string[] Kinds =
    [
        nameof(SourceClass.AlignedSender),
        nameof(SourceClass.KnownServiceNotAligned),
        nameof(SourceClass.OwnNetworkMissingFromSpf),
        nameof(SourceClass.Forwarder),
        nameof(SourceClass.Unknown),
        Unevaluated,
    ];

    private const string Unevaluated = "Unevaluated";

    public override string Id => "sources";

    public override void Write(HtmlText html, PageText text, PageData data)
    {
        SourceGroup[] groups = [.. Kinds.Select(kind => SourceGroup.Of(kind, data)).Where(group => group.Sources > 0)];
        Bars(html, text, "SourcesCaption", PassSeries(text),
            [.. groups.Select(group => new ChartItem(text["Class_" + group.Kind], [group.Passed, group.Failed]))]);
        new PageTable<SourceGroup>(text)
            .Column("Class", (cell, group) =>
                cell.Text(text["Class_" + group.Kind]).Element("small", text["ClassHelp_" + group.Kind]))
            .Number("Sources", group => group.Sources, isMinor: true)
            .Number("Messages", group => group.Messages)
            .Share("PassedShare", group => group.Passed, group => group.Evaluated)
            .Write(html, text["ClassesCaption"], groups);
        new PageTable<PageSource>(text)
            .Column("Source", (cell, source) => Name(cell, text, source))
            .Column("HeaderFrom", (cell, source) => cell.Domain(source.Evidence.HeaderFrom, 50), isMinor: true)
            .Column("Class", (cell, source) => Kind(cell, text, source), isMinor: true)
            .Number("Messages", source => source.Evidence.Messages)
            .Share("PassedShare", source => source.Evidence.Passed, source => source.Evidence.Evaluated)
            .Write(html, text["LargestSources"], data.Sources.Take(MaximumRows));
        if (data.Sources.Count > MaximumRows || data.RestMessages > 0)
        {
            long messages = Saturating.Add(
                data.RestMessages, Saturating.Sum(data.Sources.Skip(MaximumRows), source => source.Evidence.Messages));
            Paragraph(html, text.Format("MoreSources", messages), "note");
        }
    }

    /// <summary>The address, with its kind below if there is no room for the column.</summary>
    private static void Name(HtmlText cell, PageText text, PageSource source)
    {
        cell.Value(source.Evidence.Source, 45);
        string more = source.Name.Length > 0 ? source.Name : source.Verdict.Service;
        if (more.Length > 0)
        {
            cell.Raw("<small>").Value(more, 50).Raw("</small>");
        }

        Pill(cell, text, source, "pill narrow");
    }

    private static void Kind(HtmlText cell, PageText text, PageSource source)
    {
        Pill(cell, text, source, "pill");
        cell.Raw("<small>").Value(source.Verdict.Reason, 180).Raw("</small>");
    }

    /// <summary>The kind of a source: its class, unless no message of it was evaluated, so that nothing is known.</summary>
    internal static string KindOf(PageSource source) =>
        source.Evidence is { Messages: > 0, Evaluated: 0 } ? Unevaluated : source.Verdict.Class.ToString();

    private static void Pill(HtmlText cell, PageText text, PageSource source, string cssClass)
    {
        string tone = KindOf(source) switch
        {
            nameof(SourceClass.AlignedSender) => " good",
            nameof(SourceClass.Unknown) => " bad",
            _ => "",
        };
        cell.Add($"<span class=\"{cssClass}{tone}\">{text["Class_" + KindOf(source)]}</span>");
    }
}

/// <summary>The totals of the sources of a kind.</summary>
internal sealed record SourceGroup(string Kind, int Sources, long Messages, long Passed, long Failed)
{
    public long Evaluated => Saturating.Add(Passed, Failed);

    public static SourceGroup Of(string kind, PageData data)
    {
        SourceEvidence[] sources =
            [.. data.Sources.Where(source => SourceSection.KindOf(source) == kind).Select(source => source.Evidence)];
        return new SourceGroup(
            kind,
            sources.Length,
            Saturating.Sum(sources, source => source.Messages),
            Saturating.Sum(sources, source => source.Passed),
            Saturating.Sum(sources, source => source.Failed));
    }
}
