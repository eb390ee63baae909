using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using Dmarc.Text;

namespace Dmarc.Reports.Reading;

/// <summary>The reading of one input: content is recognised, containers are opened, reports are read.</summary>
internal sealed partial class FileReading(
    AggregateParseContext context,
    ReportReadLimits limits,
    IOrganizationalDomainSource organizationalDomains,
    ReportTypes types,
    CancellationToken cancellationToken)
{
    private readonly DecompressionBudget _budget = new(limits);
    private long _rows;

    /// <summary>Called with the reading of each content before it begins: what it gives back is read in its place. For tests of what may go wrong.</summary>
    internal Func<ReportKind, ReportSource, IEnumerable<ReportReadItem>, IEnumerable<ReportReadItem>>? Intercept { get; init; }

    private AggregateParseContext Context => context;

    private ReportReadLimits Limits => limits;

    private IOrganizationalDomainSource OrganizationalDomains => organizationalDomains;

    /// <summary>Reads an input.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="open">Gets at the content.</param>
    /// <param name="expected">What is a problem if it is not there.</param>
    public IEnumerable<ReportReadItem> Read(string name, Func<ReportSource> open, ExpectedContent expected)
    {
        ReportSource? source = null;
        try
        {
            IEnumerable<ReportReadItem> read()
            {
                source = open();
                return Read(source, 0, expected);
            }

            foreach (ReportReadItem item in Guarded(new DerivedSource(name, _ => Stream.Null), read))
            {
                yield return item;
            }
        }
        finally
        {
            Release(source);
        }
    }

    /// <summary>
    /// Reads some content, whatever it is. What nobody thought of costs this content and no other: it is told as a problem, and
    /// the reading of what it stands in goes on.
    /// </summary>
    /// <param name="source">The content.</param>
    /// <param name="depth">How many containers it stands in.</param>
    /// <param name="expected">What is a problem if it is not there.</param>
    public IEnumerable<ReportReadItem> Read(ReportSource source, int depth, ExpectedContent expected)
    {
        bool any = false;
        foreach (ReportReadItem item in Guarded(source, () => ReadContent(source, depth, expected)))
        {
            any |= item.IsOfReport;
            yield return item;
        }

        if (source.Damage is string damage)
        {
            // Nothing that could be read stands before the damage: that is a report lost, not junk to skip.
            yield return any
                ? Notice(source.Path, ReportFindings.CompressionDamaged.Create(damage))
                : Problem(
                    source,
                    ReportErrorIds.Unreadable,
                    Sentences.Fill(Strings.Reports_Reason_Compression, damage),
                    ReportKind.Unknown);
        }
    }

    private IEnumerable<ReportReadItem> ReadContent(ReportSource source, int depth, ExpectedContent expected)
    {
        if (depth > limits.MaxContainerDepth)
        {
            ReportLimitException limit = new(nameof(ReportReadLimits.MaxContainerDepth), limits.MaxContainerDepth, Strings.Reports_Limit_ContainerDepth);
            return [Problem(source, limit, ReportKind.Unknown)];
        }

        byte[] head;
        try
        {
            head = ReadHead(source);
        }
        catch (Exception exception) when (exception is ReportLimitException || IsInputFailure(exception))
        {
            return [depth == 0 && exception is not ReportLimitException ? CannotOpen(source.Path, exception) : Problem(source, exception, ReportKind.Unknown)];
        }

        ReportKind kind = ContentSniffer.Sniff(head);
        IEnumerable<ReportReadItem> items = Dispatch(source, head, kind, depth, expected);
        return Intercept?.Invoke(kind, source, items) ?? items;
    }

    private IEnumerable<ReportReadItem> Dispatch(ReportSource source, byte[] head, ReportKind kind, int depth, ExpectedContent expected)
    {
        bool required = expected == ExpectedContent.Report;
        switch (kind)
        {
            case ReportKind.Xml when types.HasFlag(ReportTypes.Aggregate):
                return ReadXml(source, head, expected);
            case ReportKind.Xml when ContentSniffer.IsAggregateReport(head):
                return [OtherKind(source, ReportTypes.Aggregate)];
            case ReportKind.Gzip:
                return ReadGzip(source, depth, expected);
            case ReportKind.Zip:
                return ReadZip(source, depth, expected);
            case ReportKind.Message:
                return ReadMessage(source, depth, required);
            case ReportKind.Mailbox:
                return ReadMailbox(source, depth, required);
            case ReportKind.Base64:
                return ReadBase64(source, depth, expected);
            case ReportKind.Tls:
                return types.HasFlag(ReportTypes.Tls) ? ReadTls(source, head, required) : [OtherKind(source, ReportTypes.Tls)];
            case ReportKind.Failure:
                return types.HasFlag(ReportTypes.Failure) ? ReadFailure(source) : [OtherKind(source, ReportTypes.Failure)];
            case ReportKind.CompoundFile:
                return ReadOutlook(source, depth, required);
            case ReportKind.Tnef:
                return ReadTnef(source, depth, expected);
            case ReportKind.Cms:
                return ReadCms(source, depth, expected);
            case ReportKind.Uuencode or ReportKind.Yenc:
                return ReadPackedText(source, kind, depth, expected);
        }

        // Damage tells better than the content why there is nothing; a file that is promised as a container must be one.
        return source.Damage is not null ? []
            : expected != ExpectedContent.Anything || UnreadableKinds.IsContainer(kind)
                ? [Problem(source, ReportErrorIds.Unreadable, UnreadableKinds.Describe(kind, head), kind)]
                : [Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind))];
    }

    /// <summary>Gives out what is read, up to an exception that nobody thought of, and that as a problem.</summary>
    private IEnumerable<ReportReadItem> Guarded(ReportSource source, Func<IEnumerable<ReportReadItem>> read)
    {
        IEnumerator<ReportReadItem>? items = null;
        Exception? failure = null;
        long before = _rows;
        try
        {
            while (failure is null)
            {
                ReportReadItem item = default;
                try
                {
                    items ??= read().GetEnumerator();
                    if (!items.MoveNext())
                    {
                        break;
                    }

                    item = items.Current;
                }
#pragma warning disable CA1031 // Whatever it is, it must not take other content with it.
                catch (Exception exception) when (!IsCancellation(exception))
#pragma warning restore CA1031
                {
                    failure = exception;
                }

                if (failure is null)
                {
                    yield return item;
                }
            }

            if (failure is not null)
            {
                yield return Unexpected(source, failure, _rows - before);
            }
        }
        finally
        {
            Release(items);
        }
    }

    private bool IsCancellation(Exception exception) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static void Release(IDisposable? items)
    {
        try
        {
            items?.Dispose();
        }
#pragma warning disable CA1031 // All has been read; closing it can lose nothing.
        catch (Exception)
#pragma warning restore CA1031
        {
            // A stream that cannot be read may not be closed, either.
        }
    }

    private static byte[] ReadHead(ReportSource source)
    {
        byte[] head = new byte[ContentSniffer.HeadLength];
        int length = 0;
        using Stream stream = source.Open();
        while (length < head.Length)
        {
            int read = stream.Read(head, length, head.Length - length);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        Array.Resize(ref head, length);
        return head;
    }

    internal static bool IsInputFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or System.Security.SecurityException;

    internal static ReportReadItem CannotOpen(string path, Exception exception) => new(new ReportProblem(
        ReportErrorIds.FileNotReadable,
        path,
        Sentences.Fill(Strings.Reports_FileNotReadable, path, exception.Message),
        ReportKind.Unknown)
    {
        Exception = exception,
    });

    private static ReportReadItem OtherKind(ReportSource source, ReportTypes type) =>
        new(new ReportNotice(source.Path, ReportFindings.OtherKind.Create(source.Path, ReportTypeTally.NameOf(type), type)) { OtherType = type });

    private static ReportReadItem Notice(string path, Finding finding) => new(new ReportNotice(path, finding));

    private static ReportReadItem Unexpected(ReportSource source, Exception exception, long rowsBefore) =>
        IsInputFailure(exception) || exception is ReportLimitException
            ? Problem(source, exception, ReportKind.Unknown, rowsBefore)
            : Problem(
                source,
                ReportErrorIds.Unexpected,
                Sentences.Fill(Strings.Reports_Reason_Unexpected, exception.GetType().Name, exception.Message),
                ReportKind.Unknown,
                exception,
                rowsBefore);

    private static ReportReadItem Problem(ReportSource source, Exception failure, ReportKind kind, long rowsBefore = 0) =>
        Problem(source, failure is ReportLimitException ? ReportErrorIds.LimitExceeded : ReportErrorIds.Unreadable, failure.Message, kind, failure, rowsBefore);

    private static ReportReadItem Problem(ReportSource source, string errorId, string reason, ReportKind kind, Exception? exception = null, long rowsBefore = 0) =>
        new(new ReportProblem(
            errorId,
            source.Path,
            Sentences.Fill(
                rowsBefore == 0 ? Strings.Reports_Problem : Strings.Reports_ProblemAfterRows,
                source.Path,
                reason,
                rowsBefore),
            kind)
        {
            Exception = exception,
            RowsBefore = rowsBefore,
        });
}
