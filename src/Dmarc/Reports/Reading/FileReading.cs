using Dmarc.Mail;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading.Containers;
using static Dmarc.Reports.Reading.ReadItems;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Reads one input: content is recognised, and the reader of its kind opens or reads it. The readers share the limits
/// and their use, and the requested kinds.
/// </summary>
internal sealed class FileReading
{
    private readonly Dictionary<ReportKind, ContentReader> _readers;

    public FileReading(ReportReadLimits limits)
    {
        Limits = limits;
        Budget = new DecompressionBudget(limits);
        PackedTextContentReader packed = new(this);
        MessageContentReader messages = new(this, packed);
        _readers = new Dictionary<ReportKind, ContentReader>
        {
            [ReportKind.Xml] = new XmlContentReader(this).Read,
            [ReportKind.Tls] = new TlsContentReader(this).Read,
            [ReportKind.Failure] = ReadFailure,
            [ReportKind.Gzip] = ReadGzip,
            [ReportKind.Zip] = new ZipContentReader(this).Read,
            [ReportKind.Base64] = ReadBase64,
            [ReportKind.Message] = messages.Read,
            [ReportKind.Mailbox] = new MailboxContentReader(this, messages).Read,
            [ReportKind.CompoundFile] = new OutlookContentReader(this).Read,
            [ReportKind.Tnef] = new TnefContentReader(this).Read,
            [ReportKind.Cms] = new CmsContentReader(this).Read,
            [ReportKind.Uuencode] = packed.Read,
            [ReportKind.Yenc] = packed.Read,
        };
    }

    public ReportReadLimits Limits { get; }

    /// <summary>The requested kinds of reports.</summary>
    public required ReportTypes Types { get; init; }

    /// <summary>The data that aggregate report parsers reuse between reports.</summary>
    public required AggregateParseContext Parse { get; init; }

    public required IOrganizationalDomainSource OrganizationalDomains { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Replaces the reading of each content before it begins. For tests of failures.</summary>
    public Func<ReportKind, ReportSource, IEnumerable<ReportReadItem>, IEnumerable<ReportReadItem>>? Intercept
    {
        get;
        init;
    }

    /// <summary>The remaining decompression budget.</summary>
    public DecompressionBudget Budget { get; }

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

    /// <summary>Reads an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="open">Opens the content.</param>
    /// <param name="expected">The content whose absence is a problem.</param>
    public IEnumerable<ReportReadItem> Read(string name, Func<ReportSource> open, ExpectedContent expected)
    {
        ReportSource? source = null;
        try
        {
            foreach (ReportReadItem item in Guarded(name, () => Read(source = open(), 0, expected)))
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
    /// Reads content of any kind. An exception affects only this content: it becomes a problem, and the reading of the
    /// container continues, unless too much was decompressed.
    /// </summary>
    /// <param name="source">The content.</param>
    /// <param name="depth">The number of containers around it.</param>
    /// <param name="expected">The content whose absence is a problem.</param>
    public IEnumerable<ReportReadItem> Read(ReportSource source, int depth, ExpectedContent expected)
    {
        if (Budget.IsExhausted)
        {
            yield break;
        }

        bool any = false;
        foreach (ReportReadItem item in Guarded(source.Path, () => ReadContent(source, depth, expected)))
        {
            any |= item.IsOfReport;
            yield return item;
        }

        if (source.Damage is string damage)
        {
            // Nothing readable comes before the damage: a lost report, not junk to skip.
            yield return any
                ? Notice(source.Path, ReportFindings.CompressionDamaged.Create(damage))
                : Unreadable(source.Path, Sentences.Fill(Strings.Reports_Reason_Compression, damage));
        }
    }

    /// <summary>Reads content of a known kind. An unforeseen exception affects only this content.</summary>
    public IEnumerable<ReportReadItem> ReadGuarded(
        ReportSource source, ReportKind kind, Func<IEnumerable<ReportReadItem>> read) =>
        Guarded(source.Path, () => Intercept?.Invoke(kind, source, read()) ?? read());

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
                throw new ReportLimitException(
                    nameof(Limits.MaxHeldBytes), Limits.MaxHeldBytes, Strings.Reports_Limit_Held);
            }

            CancellationToken.ThrowIfCancellationRequested();
            held.Write(buffer, 0, read);
        }

        return held.ToArray();
    }

    private IEnumerable<ReportReadItem> ReadContent(ReportSource source, int depth, ExpectedContent expected)
    {
        if (depth > Limits.MaxContainerDepth)
        {
            throw new ReportLimitException(
                nameof(Limits.MaxContainerDepth), Limits.MaxContainerDepth, Strings.Reports_Limit_ContainerDepth);
        }

        byte[] head;
        try
        {
            head = ReadHead(source);
        }
        catch (Exception exception) when (depth == 0 && IsInputFailure(exception))
        {
            return [CannotOpen(source.Path, exception)];
        }

        ReportKind kind = ContentSniffer.Sniff(head);
        if ((kind is ReportKind.Unknown or ReportKind.Base64 || IsMail(kind))
            && PlainTextStream.OpenerFor(head, lines => IsMail(ContentSniffer.Sniff(lines))) is { } opener)
        {
            return Read(new DerivedSource(source.Path, _ => opener(source.Open())), depth + 1, expected);
        }

        IEnumerable<ReportReadItem> items = Dispatch(new FoundContent(source, kind, head, depth, expected));
        return Intercept?.Invoke(kind, source, items) ?? items;
    }

    private static bool IsMail(ReportKind kind) => kind is ReportKind.Message or ReportKind.Mailbox or ReportKind.Failure;

    private IEnumerable<ReportReadItem> Dispatch(FoundContent found)
    {
        (ReportSource source, ReportKind kind, byte[] head, _, ExpectedContent expected) = found;
        if (TypeOf(kind) is { } type && !Wants(type))
        {
            // XML other than reports is treated as unknown content.
            if (kind != ReportKind.Xml || ContentSniffer.IsAggregateReport(head))
            {
                return [OtherKind(source.Path, type)];
            }
        }
        else if (_readers.TryGetValue(kind, out ContentReader? read))
        {
            return read(found);
        }

        // Damage explains the absence better than the content; a file expected to be a container must be one.
        return source.Damage is not null ? []
            : expected != ExpectedContent.Anything || UnreadableKinds.IsContainer(kind)
                ? [Unreadable(source.Path, UnreadableKinds.Describe(kind, head))]
                : [Notice(source.Path, ReportFindings.EntryIgnored.Create(source.Path, kind))];
    }

    private IEnumerable<ReportReadItem> ReadBase64(FoundContent found) => Read(
        new DerivedSource(found.Source.Path, _ => new Base64TextStream(found.Source.Open())),
        found.Depth + 1,
        found.Expected);

    private IEnumerable<ReportReadItem> ReadGzip(FoundContent found) => Read(
        new DerivedSource(found.Source.Path, damage =>
        {
            GzipDecodingStream content = new(found.Source.Open(), damage);
            return new DecompressedStream(content, () => content.CompressedLength, Budget);
        }),
        found.Depth + 1,
        found.Expected);

    /// <summary>Reads the machine-readable part of a failure report that was saved without the message.</summary>
    private ReportReadItem[] ReadFailure(FoundContent found)
    {
        FailureReport report = FeedbackReportParser.Parse(Charsets.DecodeLenient(ReadHeld(found.Source)), Limits);
        Rows++;
        return [new ReportReadItem(FailureReportFinder.Complete(report, null, found.Source.Path))];
    }

    /// <summary>The kind of report of content itself; null for a container and for content without reports.</summary>
    private static ReportTypes? TypeOf(ReportKind kind) => kind switch
    {
        ReportKind.Xml => ReportTypes.Aggregate,
        ReportKind.Tls => ReportTypes.Tls,
        ReportKind.Failure => ReportTypes.Failure,
        _ => null,
    };

    /// <summary>Returns what is read up to an exception, which becomes a problem.</summary>
    private IEnumerable<ReportReadItem> Guarded(string path, Func<IEnumerable<ReportReadItem>> read)
    {
        IEnumerator<ReportReadItem>? items = null;
        Exception? failure = null;
        long before = Rows;
        try
        {
            while (MoveNext())
            {
                yield return items!.Current;
            }

            if (failure is not null)
            {
                yield return Unexpected(path, failure, Rows - before);
            }
        }
        finally
        {
            Release(items);
        }

        bool MoveNext()
        {
            try
            {
                items ??= read().GetEnumerator();
                return items.MoveNext();
            }
#pragma warning disable CA1031 // No exception may affect other content.
            catch (Exception exception)
                when (!(exception is OperationCanceledException && CancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
            {
                failure = exception;
                return false;
            }
        }
    }

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
        int read;
        using Stream stream = source.Open();
        while (length < head.Length && (read = stream.Read(head, length, head.Length - length)) > 0)
        {
            length += read;
        }

        Array.Resize(ref head, length);
        return head;
    }
}
