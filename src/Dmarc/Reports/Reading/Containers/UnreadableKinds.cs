namespace Dmarc.Reports.Reading.Containers;

/// <summary>The messages about known but unsupported content.</summary>
internal static class UnreadableKinds
{
    /// <summary>True for a possible container of reports: not reading it is always a problem.</summary>
    public static bool IsContainer(ReportKind kind) =>
        kind is ReportKind.OutlookStore or ReportKind.OtherArchive;

    /// <summary>Why it cannot be read, in words.</summary>
    public static string Describe(ReportKind kind, ReadOnlySpan<byte> head) => kind switch
    {
        ReportKind.OutlookStore => Strings.Reports_Reason_OutlookStore,
        ReportKind.OtherArchive => Sentences.Fill(Strings.Reports_Reason_OtherArchive, ArchiveSignature.NameOf(head)),
        ReportKind.Html => Strings.Reports_Reason_Html,
        ReportKind.Empty => Strings.Reports_Reason_Empty,
        _ => Strings.Reports_Reason_Unknown,
    };
}
