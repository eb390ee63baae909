using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Conservation;

/// <summary>
/// Holds what was read from an edited report against what was put in: rows are whole and true, what is missing is told by a
/// warning or an error that names the file, and the report is no copy of itself.
/// </summary>
internal static class RowConservation
{
    /// <summary>What is wrong; null if nothing is.</summary>
    public static string? Check(GeneratedReport report, IReadOnlyList<Edit> edits, IEnumerable<ReportReadItem> items, string file)
    {
        List<AggregateReportRow> rows = [];
        bool isTold = false;
        ReportDeduplicator known = new();
        foreach (ReportReadItem item in items)
        {
            if (!known.IsNew(item, out _))
            {
                return "the report is taken for a copy of itself";
            }

            if (item.Row is { } row)
            {
                rows.Add(row);
            }

            string? path = item.Problem?.Path ?? (item.Notice?.Finding.Severity > Severity.Information ? item.Notice.Path : null);
            if (path is not null && !path.StartsWith(file, StringComparison.Ordinal))
            {
                return "what is told does not name the file: " + path;
            }

            isTold |= path is not null;
        }

        List<GeneratedRecord> left = [.. report.Records];
        List<AggregateReportRow> changed = [.. rows.Where(row => !Take(left, record => IsOf(row, record, [], false)))];
        foreach (AggregateReportRow row in changed)
        {
            if (!Take(left, record => IsOf(row, record, edits, isTold)))
            {
                return $"nobody put in {row.SourceIP} {row.Count} {row.CountText} {row.HeaderFrom}";
            }
        }

        bool isDomainTouched = edits.Any(edit => edit.Touches(report.Domain));
        if (rows.Exists(row => row.Domain != report.Domain.Value && !(isDomainTouched || row.Domain.Length == 0 && isTold)))
        {
            return "the policy is said to be of another domain: " + rows.First(row => row.Domain != report.Domain.Value).Domain;
        }

        return (left.Count > 0 || rows.Exists(row => row.CountText is not null || row.SourceIP.Length == 0 || row.HeaderFrom.Length == 0)) && !isTold
            ? $"{left.Count} records are missing, and nothing tells it"
            : null;
    }

    private static bool Take(List<GeneratedRecord> left, Predicate<GeneratedRecord> match)
    {
        int at = left.FindIndex(match);
        if (at >= 0)
        {
            left.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <summary>True for a row of the record: each value is what was put in, was edited, or could not be read and is told to be missing.</summary>
    private static bool IsOf(AggregateReportRow row, GeneratedRecord record, IReadOnlyList<Edit> edits, bool isTold)
    {
        return IsSame(row.SourceIP, record.SourceIP, "")
            && IsSame(row.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), record.Count, "0")
            && IsSame(row.HeaderFrom, record.HeaderFrom, "");

        bool IsSame(string read, PlacedValue put, string missing) => read == put.Value || edits.Any(edit => edit.Touches(put)) || (isTold && read == missing);
    }
}
