using Dmarc.Text;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>What to say of content that is known and not read.</summary>
internal static class UnreadableKinds
{
    /// <summary>True for what may hold a report that nobody sees: it is a problem wherever it stands.</summary>
    public static bool IsContainer(ReportKind kind) =>
        kind is ReportKind.OutlookStore or ReportKind.OtherArchive;

    /// <summary>Why it is not read, in words.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="head">Its first bytes.</param>
    public static string Describe(ReportKind kind, ReadOnlySpan<byte> head) => kind switch
    {
        ReportKind.OutlookStore => Strings.Reports_Reason_OutlookStore,
        ReportKind.OtherArchive => Sentences.Fill(Strings.Reports_Reason_OtherArchive, ArchiveSignature.NameOf(head)),
        ReportKind.Html => Strings.Reports_Reason_Html,
        ReportKind.Empty => Strings.Reports_Reason_Empty,
        _ => Strings.Reports_Reason_Unknown,
    };
}
