namespace Dmarc.Reports.Reading.Containers;

/// <summary>What to say of content that is known and not read.</summary>
internal static class UnreadableKinds
{
    /// <summary>True for what may hold a report that nobody sees: it is a problem wherever it stands.</summary>
    public static bool IsContainer(ReportKind kind) =>
        kind is ReportKind.OutlookStore or ReportKind.Tnef or ReportKind.Cms or ReportKind.Uuencode or ReportKind.OtherArchive;

    /// <summary>Why it is not read, in words.</summary>
    public static string Describe(ReportKind kind) => kind switch
    {
        ReportKind.OutlookStore => Strings.Reports_Reason_OutlookStore,
        ReportKind.Tnef => Strings.Reports_Reason_Tnef,
        ReportKind.Cms => Strings.Reports_Reason_Cms,
        ReportKind.Uuencode => Strings.Reports_Reason_Uuencode,
        ReportKind.OtherArchive => Strings.Reports_Reason_OtherArchive,
        ReportKind.Html => Strings.Reports_Reason_Html,
        ReportKind.Empty => Strings.Reports_Reason_Empty,
        _ => Strings.Reports_Reason_Unknown,
    };
}
