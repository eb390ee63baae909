using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>
/// What the readers of one input share: the limits and how much of them is used up, what is asked for, and the way back to the
/// reading for what stands inside.
/// </summary>
internal sealed class ReadingContext(FileReading reading, DecompressionBudget budget)
{
    /// <summary>What an input may cost at most.</summary>
    public required ReportReadLimits Limits { get; init; }

    /// <summary>The kinds of reports that are asked for.</summary>
    public required ReportTypes Types { get; init; }

    /// <summary>What the parsers of aggregate reports keep from one report to the next.</summary>
    public required AggregateParseContext Parse { get; init; }

    public required IOrganizationalDomainSource OrganizationalDomains { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>What may still be decompressed.</summary>
    public DecompressionBudget Budget => budget;

    /// <summary>How many rows, and reports without rows, were given out.</summary>
    public long Rows { get; set; }

    /// <summary>How messages are read.</summary>
    public MailReadOptions MailOptions => new()
    {
        MaximumMessageBytes = (int)Math.Min(Limits.MaxHeldBytes, int.MaxValue / 2),
        MaximumPartCount = Limits.MaxContainerEntries,
        MaximumDepth = Limits.MaxMessageDepth,
    };

    /// <summary>Why a container that holds more entries than may be read is not read to its end.</summary>
    public ReportLimitException TooManyEntries() =>
        new(nameof(ReportReadLimits.MaxContainerEntries), Limits.MaxContainerEntries, Strings.Reports_Limit_Entries);

    /// <summary>True if reports of this kind are asked for.</summary>
    public bool Wants(ReportTypes type) => Types.HasFlag(type);

    /// <summary>Reads what stands inside, whatever it is.</summary>
    public IEnumerable<ReportReadItem> Read(ReportSource source, int depth, ExpectedContent expected) => reading.Read(source, depth, expected);

    /// <summary>Reads what is known to be of a kind. What nobody thought of costs this content and no other.</summary>
    public IEnumerable<ReportReadItem> ReadGuarded(ReportSource source, ReportKind kind, Func<IEnumerable<ReportReadItem>> read) =>
        reading.ReadGuarded(source, kind, read);

    /// <summary>The whole content, up to what may be held.</summary>
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

    /// <summary>The whole content; null if it cannot be read, or is more than may be held, which is then the problem.</summary>
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
