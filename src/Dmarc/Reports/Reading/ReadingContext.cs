using Dmarc.Mail;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>
/// The data shared by the readers of one input: the limits and their use, the requested kinds, and the access to the
/// reading of nested content.
/// </summary>
internal sealed class ReadingContext(FileReading reading, DecompressionBudget budget)
{
    /// <summary>The limits of an input.</summary>
    public required ReportReadLimits Limits { get; init; }

    /// <summary>The requested kinds of reports.</summary>
    public required ReportTypes Types { get; init; }

    /// <summary>The data that aggregate report parsers reuse between reports.</summary>
    public required AggregateParseContext Parse { get; init; }

    public required IOrganizationalDomainSource OrganizationalDomains { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The remaining decompression budget.</summary>
    public DecompressionBudget Budget => budget;

    /// <summary>The number of rows, and reports without rows, returned.</summary>
    public long Rows { get; set; }

    /// <summary>The options for reading messages.</summary>
    public MailReadOptions MailOptions => new()
    {
        MaximumMessageBytes = (int)Math.Min(Limits.MaxHeldBytes, int.MaxValue / 2),
        MaximumPartCount = Limits.MaxContainerEntries,
        MaximumDepth = Limits.MaxMessageDepth,
    };

    /// <summary>The exception for a container with more entries than allowed.</summary>
    public ReportLimitException TooManyEntries() =>
        new(nameof(ReportReadLimits.MaxContainerEntries), Limits.MaxContainerEntries, Strings.Reports_Limit_Entries);

    /// <summary>True if reports of this kind are requested.</summary>
    public bool Wants(ReportTypes type) => Types.HasFlag(type);

    /// <summary>Reads nested content of any kind.</summary>
    public IEnumerable<ReportReadItem> Read(ReportSource source, int depth, ExpectedContent expected) =>
        reading.Read(source, depth, expected);

    /// <summary>Reads content of a known kind. An unexpected exception affects only this content.</summary>
    public IEnumerable<ReportReadItem> ReadGuarded(ReportSource source, ReportKind kind, Func<IEnumerable<ReportReadItem>> read) =>
        reading.ReadGuarded(source, kind, read);

    /// <summary>The whole content, up to the maximum held size.</summary>
    public byte[] ReadHeld(ReportSource source)
    {
        using Stream stream = source.Open();
        using MemoryStream held = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (held.Length + read > Math.Min(Limits.MaxHeldBytes, int.MaxValue / 2))
            {
                throw new ReportLimitException(nameof(ReportReadLimits.MaxHeldBytes), Limits.MaxHeldBytes, Strings.Reports_Limit_Held);
            }

            CancellationToken.ThrowIfCancellationRequested();
            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }

    /// <summary>The whole content; null if it cannot be read or is too large, with the problem.</summary>
    public byte[]? TryReadHeld(ReportSource source, ReportKind kind, out ReportReadItem problem)
    {
        problem = default;
        try
        {
            return ReadHeld(source);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            problem = Problem(source, exception, kind);
            return null;
        }
    }
}
