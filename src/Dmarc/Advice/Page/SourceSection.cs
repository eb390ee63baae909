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
        IReadOnlyList<ChartSeries> series = PassSeries(text);
        Bars(
            html,
            text,
            "SourcesCaption",
            series,
            [.. groups.Select(group => new ChartItem(text["Class_" + group.Kind], [group.Passed, group.Failed]))]);
        PageTable.Write(
            html,
            text["ClassesCaption"],
            groups,
            new PageColumn<SourceGroup>(text["Class"], ColumnStyle.Plain, (cell, group) => cell.Text(text["Class_" + group.Kind]).Element("small", text["ClassHelp_" + group.Kind])),
            new PageColumn<SourceGroup>(
                text["Sources"], ColumnStyle.Number | ColumnStyle.Minor, (cell, group) => cell.Number(group.Sources)),
            new PageColumn<SourceGroup>(text["Messages"], ColumnStyle.Number, (cell, group) => cell.Number(group.Messages)),
            new PageColumn<SourceGroup>(
                text["PassedShare"],
                ColumnStyle.Number,
                (cell, group) => cell.Text(PageText.Share(group.Passed, group.Evaluated))));
        PageTable.Write(
            html,
            text["LargestSources"],
            data.Sources.Take(MaximumRows),
            new PageColumn<PageSource>(text["Source"], ColumnStyle.Plain, (cell, source) => Name(cell, text, source)),
            new PageColumn<PageSource>(
                text["HeaderFrom"], ColumnStyle.Minor, (cell, source) => cell.Domain(source.Evidence.HeaderFrom, 50)),
            new PageColumn<PageSource>(text["Class"], ColumnStyle.Minor, (cell, source) => Kind(cell, text, source)),
            new PageColumn<PageSource>(text["Messages"], ColumnStyle.Number, (cell, source) => cell.Number(source.Evidence.Messages)),
            new PageColumn<PageSource>(
                text["PassedShare"],
                ColumnStyle.Number,
                (cell, source) => cell.Text(PageText.Share(source.Evidence.Passed, source.Evidence.Evaluated))));
        if (data.Sources.Count > MaximumRows || data.RestMessages > 0)
        {
            long messages = Saturating.Add(
                data.RestMessages, Saturating.Sum(data.Sources.Skip(MaximumRows), source => source.Evidence.Messages));
            Paragraph(html, text.Format("MoreSources", PageText.Number(messages)), "note");
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

    private static void Pill(HtmlText cell, PageText text, PageSource source, string cssClass) =>
        cell.Raw("<span class=\"").Raw(cssClass).Raw(KindOf(source) switch
        {
            nameof(SourceClass.AlignedSender) => " good",
            nameof(SourceClass.Unknown) => " bad",
            _ => "",
        }).Raw("\">").Text(text["Class_" + KindOf(source)]).Raw("</span>");
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
