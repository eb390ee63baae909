namespace Dmarc.Reports.Reading;

/// <summary>
/// Counts the reports that were found but not requested, for one message at the end: a mailbox may have thousands. Not
/// thread-safe.
/// </summary>
internal sealed class ReportTypeTally
{
    private static readonly ReportTypes[] Single = [ReportTypes.Aggregate, ReportTypes.Failure, ReportTypes.Tls];

    private readonly Dictionary<ReportTypes, (long Count, string Path)> _counts = [];

    /// <summary>Counts a notice; false if it is about something else.</summary>
    public bool Add(ReportNotice notice)
    {
        if (notice is null)
        {
            throw new ArgumentNullException(nameof(notice));
        }

        if (notice.OtherType is not { } type)
        {
            return false;
        }

        _counts[type] = _counts.TryGetValue(type, out (long Count, string Path) known)
            ? (known.Count + 1, known.Path)
            : (1, notice.Path);
        return true;
    }

    /// <summary>A sentence for each kind found, with the number, the first one, and how to read them.</summary>
    /// <param name="option">How users request a kind, with <c>{0}</c> for its name: <c>-Type {0}</c>.</param>
    public IEnumerable<string> Describe(string option)
    {
        foreach (ReportTypes type in Single)
        {
            if (_counts.TryGetValue(type, out (long Count, string Path) met))
            {
                yield return string.Format(
                    CultureInfo.InvariantCulture,
                    met.Count == 1 ? Strings.Reports_OtherKindOne : Strings.Reports_OtherKindMany,
                    met.Count,
                    NameOf(type, isMany: met.Count != 1),
                    met.Path,
                    string.Format(CultureInfo.InvariantCulture, option, type),
                    string.Format(CultureInfo.InvariantCulture, option, ReportTypes.All));
            }
        }
    }

    /// <summary>The readable name of a kind.</summary>
    internal static string NameOf(ReportTypes type, bool isMany = false) => type switch
    {
        ReportTypes.Failure => isMany ? Strings.Reports_KindFailureMany : Strings.Reports_KindFailure,
        ReportTypes.Tls => isMany ? Strings.Reports_KindTlsMany : Strings.Reports_KindTls,
        _ => isMany ? Strings.Reports_KindAggregateMany : Strings.Reports_KindAggregate,
    };
}
