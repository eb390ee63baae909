using Dmarc.Mail;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>Reads one input: content is recognised, and the reader of its kind opens or reads it.</summary>
internal sealed class FileReading
{
    private readonly ReadingContext _context;
    private readonly Dictionary<ReportKind, IContentReader> _readers;

    public FileReading(
        AggregateParseContext parse,
        ReportReadLimits limits,
        IOrganizationalDomainSource organizationalDomains,
        ReportTypes types,
        CancellationToken cancellationToken)
    {
        _context = new ReadingContext(this, new DecompressionBudget(limits))
        {
            Limits = limits,
            Types = types,
            Parse = parse,
            OrganizationalDomains = organizationalDomains,
            CancellationToken = cancellationToken,
        };
        PackedTextContentReader packed = new(_context);
        MessageContentReader messages = new(_context, packed);
        _readers = new Dictionary<ReportKind, IContentReader>
        {
            [ReportKind.Xml] = new XmlContentReader(_context),
            [ReportKind.Tls] = new TlsContentReader(_context),
            [ReportKind.Failure] = new FailureContentReader(_context),
            [ReportKind.Gzip] = new GzipContentReader(_context),
            [ReportKind.Zip] = new ZipContentReader(_context),
            [ReportKind.Base64] = new Base64ContentReader(_context),
            [ReportKind.Message] = messages,
            [ReportKind.Mailbox] = new MailboxContentReader(_context, messages),
            [ReportKind.CompoundFile] = new OutlookContentReader(_context),
            [ReportKind.Tnef] = new TnefContentReader(_context),
            [ReportKind.Cms] = new CmsContentReader(_context),
            [ReportKind.Uuencode] = packed,
            [ReportKind.Yenc] = packed,
        };
    }

    /// <summary>Replaces the reading of each content before it begins. For tests of failures.</summary>
    internal Func<ReportKind, ReportSource, IEnumerable<ReportReadItem>, IEnumerable<ReportReadItem>>? Intercept { get; init; }

    /// <summary>Reads an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="open">Opens the content.</param>
    /// <param name="expected">The content whose absence is a problem.</param>
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
    /// Reads content of any kind. An unforeseen exception affects only this content: it becomes a problem, and the
    /// reading of the container continues.
    /// </summary>
    /// <param name="source">The content.</param>
    /// <param name="depth">The number of containers around it.</param>
    /// <param name="expected">The content whose absence is a problem.</param>
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
            // Nothing readable comes before the damage: a lost report, not junk to skip.
            yield return any
                ? Notice(source.Path, ReportFindings.CompressionDamaged.Create(damage))
                : Problem(
                    source,
                    ReportErrorIds.Unreadable,
                    Sentences.Fill(Strings.Reports_Reason_Compression, damage),
                    ReportKind.Unknown);
        }
    }

    /// <summary>Reads content of a known kind. An unforeseen exception affects only this content.</summary>
    internal IEnumerable<ReportReadItem> ReadGuarded(ReportSource source, ReportKind kind, Func<IEnumerable<ReportReadItem>> read) =>
        Guarded(source, () => Intercept?.Invoke(kind, source, read()) ?? read());

    private IEnumerable<ReportReadItem> ReadContent(ReportSource source, int depth, ExpectedContent expected)
    {
        if (depth > _context.Limits.MaxContainerDepth)
        {
            ReportLimitException limit = new(
                nameof(ReportReadLimits.MaxContainerDepth),
                _context.Limits.MaxContainerDepth,
                Strings.Reports_Limit_ContainerDepth);
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
        if ((kind is ReportKind.Unknown or ReportKind.Base64 || IsMail(kind))
            && PlainTextStream.OpenerFor(head, lines => IsMail(ContentSniffer.Sniff(lines))) is { } opener)
        {
            DerivedSource text = new(source.Path, _ => opener(source.Open()));
            return Read(text, depth + 1, expected);
        }

        IEnumerable<ReportReadItem> items = Dispatch(source, head, kind, depth, expected);
        return Intercept?.Invoke(kind, source, items) ?? items;
    }

    private static bool IsMail(ReportKind kind) => kind is ReportKind.Message or ReportKind.Mailbox or ReportKind.Failure;

    private IEnumerable<ReportReadItem> Dispatch(ReportSource source, byte[] head, ReportKind kind, int depth, ExpectedContent expected)
    {
        if (TypeOf(kind) is { } type && !_context.Wants(type))
        {
            // XML other than reports is treated as unknown content.
            if (kind != ReportKind.Xml || ContentSniffer.IsAggregateReport(head))
            {
                return [OtherKind(source, type)];
            }
        }
        else if (_readers.TryGetValue(kind, out IContentReader? reader))
        {
            return reader.Read(new FoundContent(source, kind, head, depth, expected));
        }

        // Damage explains the absence better than the content; a file expected to be a container must be one.
        return source.Damage is not null ? []
            : expected != ExpectedContent.Anything || UnreadableKinds.IsContainer(kind)
                ? [Problem(source, ReportErrorIds.Unreadable, UnreadableKinds.Describe(kind, head), kind)]
                : [Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind))];
    }

    /// <summary>The kind of report of content itself; null for a container and for content without reports.</summary>
    private static ReportTypes? TypeOf(ReportKind kind) => kind switch
    {
        ReportKind.Xml => ReportTypes.Aggregate,
        ReportKind.Tls => ReportTypes.Tls,
        ReportKind.Failure => ReportTypes.Failure,
        _ => null,
    };

    /// <summary>Returns what is read up to an unforeseen exception, which becomes a problem.</summary>
    private IEnumerable<ReportReadItem> Guarded(ReportSource source, Func<IEnumerable<ReportReadItem>> read)
    {
        IEnumerator<ReportReadItem>? items = null;
        Exception? failure = null;
        long before = _context.Rows;
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
#pragma warning disable CA1031 // No exception may affect other content.
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
                yield return Unexpected(source, failure, _context.Rows - before);
            }
        }
        finally
        {
            Release(items);
        }
    }

    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && _context.CancellationToken.IsCancellationRequested;

    private static void Release(IDisposable? items)
    {
        try
        {
            items?.Dispose();
        }
#pragma warning disable CA1031 // All content has been read; closing it can lose nothing.
        catch (Exception)
#pragma warning restore CA1031
        {
            // A stream that cannot be read may fail to close, too.
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
}
