using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Saved;

/// <summary>
/// Restores rows of aggregate reports from copies by <c>Import-Clixml</c>, <c>Import-Csv</c>, <c>ConvertFrom-Json</c>,
/// jobs and remote sessions. All data used by totals, sources and rollouts must exist; computed data is computed again.
/// Not thread-safe.
/// </summary>
/// <param name="organizationalDomains">The source of Organizational Domains.</param>
/// <param name="culture">The culture of times in a table.</param>
internal sealed class SavedAggregateRows(IOrganizationalDomainSource organizationalDomains, CultureInfo culture)
{
    private static readonly string[] Required =
    [
        nameof(AggregateReportRow.SourceIP), nameof(AggregateReportRow.Count), nameof(AggregateReportRow.HeaderFrom),
        nameof(AggregateReportRow.DkimResult),
        nameof(AggregateReportRow.SpfResult), nameof(AggregateReportRow.Disposition), nameof(AggregateReportRow.OverrideReasons),
        nameof(AggregateReportRow.Dkim), nameof(AggregateReportRow.Spf), nameof(AggregateReportRow.EnvelopeFrom),
        nameof(AggregateReportRow.Domain),
        nameof(AggregateReportRow.Policy), nameof(AggregateReportRow.SubdomainPolicy), nameof(AggregateReportRow.Percentage),
        nameof(AggregateReportRow.Testing), nameof(AggregateReportRow.DkimAlignmentMode), nameof(AggregateReportRow.SpfAlignmentMode),
        nameof(AggregateReportRow.OrganizationName), nameof(AggregateReportRow.ReportId),
        nameof(AggregateReportRow.Begin), nameof(AggregateReportRow.End),
    ];

    private readonly StringPool _strings = new();
    private readonly RecordValues _values = new();
    private readonly SourceAddress _addresses = new();
    private (string Key, AggregateReport Report)? _last;

    /// <summary>True for an object that represents a row of an aggregate report, though perhaps incompletely.</summary>
    public static bool IsRow(ISavedObject item) =>
        item.Has(nameof(AggregateReportRow.SourceIP)) && item.Has(nameof(AggregateReportRow.HeaderFrom))
        && item.Has(nameof(AggregateReportRow.DkimResult)) && item.Has(nameof(AggregateReportRow.SpfResult));

    /// <summary>Restores a row; null if a property is missing or not readable.</summary>
    public AggregateReportRow? Read(ISavedObject item, out SavedProblem? problem) =>
        new SavedValues(item, culture, _strings).Restore(Required, Read, out problem);

    private AggregateReportRow Read(SavedValues saved)
    {
        AggregateReport report = ReadReport(saved);
        RecordValues values = _values;
        values.Clear();
        values.SourceIP = _addresses.Canonicalize(saved.Text(nameof(AggregateReportRow.SourceIP)));
        values.Count = saved.Number(nameof(AggregateReportRow.Count));
        values.CountText = saved.TextOrNull(nameof(AggregateReportRow.CountText))
            ?? (values.Count == 0 && saved.HasFinding(ReportFindings.CountInvalid) ? "" : null);
        values.HeaderFrom = saved.Text(nameof(AggregateReportRow.HeaderFrom));
        values.EnvelopeFrom = saved.TextOrNull(nameof(AggregateReportRow.EnvelopeFrom));
        values.EnvelopeTo = saved.TextOrNull(nameof(AggregateReportRow.EnvelopeTo));
        values.Disposition = saved.Word<ReportedDisposition>(nameof(AggregateReportRow.Disposition), SavedParts.WordOf);
        values.DkimResult = saved.Word<ReportedOutcome>(nameof(AggregateReportRow.DkimResult), SavedParts.WordOf);
        values.SpfResult = saved.Word<ReportedOutcome>(nameof(AggregateReportRow.SpfResult), SavedParts.WordOf);
        foreach ((RecordFlags flag, FindingDescriptor finding) in RowValueRules.Flags)
        {
            values.Flags |= saved.HasFinding(finding) ? flag : RecordFlags.None;
        }

        SavedParts parts = new(saved, culture, _strings);
        parts.Dkim().ForEach(values.Dkim.Add);
        parts.Spf().ForEach(values.Spf.Add);
        parts.OverrideReasons().ForEach(values.OverrideReasons.Add);
        parts.Extensions().ForEach(values.Extensions.Add);
        return new AggregateReportRow(report, values);
    }

    /// <summary>The data common to all rows of a report: the same object for consecutive rows of one report.</summary>
    private AggregateReport ReadReport(SavedValues saved)
    {
        AggregateReport report = new(saved.Text(nameof(AggregateReportRow.Path)), organizationalDomains)
        {
            OrganizationName = saved.Text(nameof(AggregateReportRow.OrganizationName)),
            OrganizationEmail = saved.Text(nameof(AggregateReportRow.OrganizationEmail)),
            ExtraContactInfo = saved.Text(nameof(AggregateReportRow.ExtraContactInfo)),
            ReportId = saved.Text(nameof(AggregateReportRow.ReportId)),
            Generator = saved.Text(nameof(AggregateReportRow.Generator)),
            ReportErrors = saved.Texts(nameof(AggregateReportRow.ReportErrors)),
            Schema = saved.OptionalMember<ReportSchema>(nameof(AggregateReportRow.Schema)) ?? ReportSchema.Unknown,
            Domain = saved.Text(nameof(AggregateReportRow.Domain)),
            FailureOptions = saved.Text(nameof(AggregateReportRow.FailureOptions)),
            WrittenBegin = saved.Seconds(nameof(AggregateReportRow.Begin)),
            WrittenEnd = saved.Seconds(nameof(AggregateReportRow.End)),
            WrittenPolicy = Optional(saved.OptionalMember<ReportedPolicy>(nameof(AggregateReportRow.Policy))),
            WrittenSubdomainPolicy = Optional(saved.OptionalMember<ReportedPolicy>(nameof(AggregateReportRow.SubdomainPolicy))),
            WrittenNonexistentSubdomainPolicy =
                Optional(saved.OptionalMember<ReportedPolicy>(nameof(AggregateReportRow.NonexistentSubdomainPolicy))),
            WrittenDkimAlignmentMode = Optional(saved.OptionalMember<ReportedAlignmentMode>(nameof(AggregateReportRow.DkimAlignmentMode))),
            WrittenSpfAlignmentMode = Optional(saved.OptionalMember<ReportedAlignmentMode>(nameof(AggregateReportRow.SpfAlignmentMode))),
            WrittenPercentage = Percentage(saved),
            WrittenTesting = saved.OptionalTruth(nameof(AggregateReportRow.Testing)) switch
            {
                true => AggregateWords.Testing("y"),
                false => AggregateWords.Testing("n"),
                null => default,
            },
            WrittenDiscoveryMethod = Optional(saved.OptionalMember<ReportedDiscoveryMethod>(nameof(AggregateReportRow.DiscoveryMethod))),
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
        long? number = saved.OptionalNumber(nameof(AggregateReportRow.Percentage));
        if (number is < 0 or > 100)
        {
            saved.Fail(nameof(AggregateReportRow.Percentage), number);
        }

        return number is { } value ? AggregateWords.Percentage(value.ToString(CultureInfo.InvariantCulture)) : default;
    }

    private static WrittenValue<T?> Optional<T>(T? value)
        where T : struct, Enum => value is { } member ? WrittenValue.Word<T>(value, SavedParts.WordOf(member)) : default;
}
