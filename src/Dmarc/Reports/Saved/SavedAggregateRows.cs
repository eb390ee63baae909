using Dmarc.Reports.Aggregate;
using Row = Dmarc.Reports.Aggregate.AggregateReportRow;

namespace Dmarc.Reports.Saved;

/// <summary>
/// Restores rows of aggregate reports from copies by <c>Import-Clixml</c>, <c>Import-Csv</c>, <c>ConvertFrom-Json</c>,
/// jobs and remote sessions. All data used by totals, sources and rollouts must exist; computed data is computed again.
/// Not thread-safe.
/// </summary>
internal sealed class SavedAggregateRows(IOrganizationalDomainSource organizationalDomains)
{
    public static readonly string[] Required =
    [
        nameof(Row.SourceIP), nameof(Row.Count), nameof(Row.HeaderFrom), nameof(Row.DkimResult), nameof(Row.SpfResult),
        nameof(Row.Disposition), nameof(Row.OverrideReasons), nameof(Row.Dkim), nameof(Row.Spf),
        nameof(Row.EnvelopeFrom), nameof(Row.Domain), nameof(Row.Policy), nameof(Row.SubdomainPolicy),
        nameof(Row.Percentage), nameof(Row.Testing),
        nameof(Row.DkimAlignmentMode), nameof(Row.SpfAlignmentMode), nameof(Row.OrganizationName), nameof(Row.ReportId),
        nameof(Row.Begin), nameof(Row.End),
    ];

    private readonly RecordValues _values = new();
    private readonly SourceAddress _addresses = new();
    private (string Key, AggregateReport Report)? _last;

    /// <summary>True for an object that represents a row of an aggregate report, though perhaps incompletely.</summary>
    public static bool IsRow(ISavedObject item) =>
        item.Has(nameof(Row.SourceIP)) && item.Has(nameof(Row.HeaderFrom))
        && item.Has(nameof(Row.DkimResult)) && item.Has(nameof(Row.SpfResult));

    public AggregateReportRow Read(SavedValues saved)
    {
        AggregateReport report = ReadReport(saved);
        RecordValues values = _values;
        values.Clear();
        values.SourceIP = _addresses.Canonicalize(saved.Text(nameof(Row.SourceIP)));
        values.Count = saved.Number(nameof(Row.Count));
        values.CountText = saved.TextOrNull(nameof(Row.CountText))
            ?? (values.Count == 0 && saved.HasFinding(ReportFindings.CountInvalid) ? "" : null);
        values.HeaderFrom = saved.Text(nameof(Row.HeaderFrom));
        values.EnvelopeFrom = saved.TextOrNull(nameof(Row.EnvelopeFrom));
        values.EnvelopeTo = saved.TextOrNull(nameof(Row.EnvelopeTo));
        values.Disposition = saved.Word<ReportedDisposition>(nameof(Row.Disposition), SavedParts.WordOf);
        values.DkimResult = saved.Word<ReportedOutcome>(nameof(Row.DkimResult), SavedParts.WordOf);
        values.SpfResult = saved.Word<ReportedOutcome>(nameof(Row.SpfResult), SavedParts.WordOf);
        foreach ((RecordFlags flag, FindingDescriptor finding) in RowValueRules.Flags)
        {
            values.Flags |= saved.HasFinding(finding) ? flag : RecordFlags.None;
        }

        SavedParts parts = new(saved);
        parts.Dkim().ForEach(values.Dkim.Add);
        parts.Spf().ForEach(values.Spf.Add);
        parts.OverrideReasons().ForEach(values.OverrideReasons.Add);
        parts.Extensions().ForEach(values.Extensions.Add);
        return new AggregateReportRow(report, values);
    }

    /// <summary>The data common to all rows of a report: the same object for consecutive rows of one report.</summary>
    private AggregateReport ReadReport(SavedValues saved)
    {
        AggregateReport report = new(saved.Text(nameof(Row.Path)), organizationalDomains)
        {
            OrganizationName = saved.Text(nameof(Row.OrganizationName)),
            OrganizationEmail = saved.Text(nameof(Row.OrganizationEmail)),
            ExtraContactInfo = saved.Text(nameof(Row.ExtraContactInfo)),
            ReportId = saved.Text(nameof(Row.ReportId)),
            Generator = saved.Text(nameof(Row.Generator)),
            ReportErrors = saved.Texts(nameof(Row.ReportErrors)),
            Schema = saved.OptionalMember<ReportSchema>(nameof(Row.Schema)) ?? ReportSchema.Unknown,
            Domain = saved.Text(nameof(Row.Domain)),
            FailureOptions = saved.Text(nameof(Row.FailureOptions)),
            WrittenBegin = saved.Seconds(nameof(Row.Begin)),
            WrittenEnd = saved.Seconds(nameof(Row.End)),
            WrittenPolicy = Optional<ReportedPolicy>(saved, nameof(Row.Policy)),
            WrittenSubdomainPolicy = Optional<ReportedPolicy>(saved, nameof(Row.SubdomainPolicy)),
            WrittenNonexistentSubdomainPolicy = Optional<ReportedPolicy>(saved, nameof(Row.NonexistentSubdomainPolicy)),
            WrittenDkimAlignmentMode = Optional<ReportedAlignmentMode>(saved, nameof(Row.DkimAlignmentMode)),
            WrittenSpfAlignmentMode = Optional<ReportedAlignmentMode>(saved, nameof(Row.SpfAlignmentMode)),
            WrittenPercentage = Percentage(saved),
            WrittenTesting = saved.OptionalTruth(nameof(Row.Testing)) is { } isTesting
                ? AggregateWords.Testing(isTesting ? "y" : "n")
                : default,
            WrittenDiscoveryMethod = Optional<ReportedDiscoveryMethod>(saved, nameof(Row.DiscoveryMethod)),
        };
        string key = string.Join(
            "\n",
            report.Path,
            report.OrganizationName,
            report.OrganizationEmail,
            report.ReportId,
            report.Domain,
            report.Begin?.Ticks,
            report.End?.Ticks,
            report.WrittenPolicy,
            report.WrittenSubdomainPolicy,
            report.WrittenNonexistentSubdomainPolicy,
            report.WrittenDkimAlignmentMode,
            report.WrittenSpfAlignmentMode,
            report.WrittenPercentage,
            report.WrittenTesting,
            report.FailureOptions);
        if (_last?.Key != key)
        {
            _last = (key, report);
        }

        return _last!.Value.Report;
    }

    private static WrittenValue<int?> Percentage(SavedValues saved)
    {
        long? number = saved.OptionalNumber(nameof(Row.Percentage));
        if (number is < 0 or > 100)
        {
            saved.Fail(nameof(Row.Percentage), number);
        }

        return number is { } value ? AggregateWords.Percentage(value.ToString(CultureInfo.InvariantCulture)) : default;
    }

    private static WrittenValue<T?> Optional<T>(SavedValues saved, string name)
        where T : struct, Enum => saved.OptionalMember<T>(name) is { } member
            ? WrittenValue.Word((T?)member, SavedParts.WordOf(member))
            : default;
}
