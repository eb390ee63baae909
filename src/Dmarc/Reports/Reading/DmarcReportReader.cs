using System.Collections.Concurrent;
using System.Text;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Reads reports from files, streams, bytes and text. What the content is, is told by its first bytes: XML, JSON, gzip, zip,
/// an e-mail message, a mailbox, or any of these in base64, nested as reporters nest them. Rows come while they are
/// read, and memory does not grow with the size of a report. Nothing in the content makes a method throw: what cannot be
/// read becomes a <see cref="ReportProblem"/>. A reader may serve several threads.
/// </summary>
internal sealed class DmarcReportReader
{
    private readonly IOrganizationalDomainSource _organizationalDomains;
    private readonly ConcurrentBag<AggregateParseContext> _contexts = [];

    /// <summary>A reader.</summary>
    /// <param name="organizationalDomains">Where Organizational Domains come from when alignment is worked out anew.</param>
    /// <param name="limits">What a report may ask of the reader; null for <see cref="ReportReadLimits.Default"/>.</param>
    /// <param name="types">The kinds of reports to read. One of another kind becomes a <see cref="ReportNotice"/> with <see cref="ReportNotice.OtherType"/>.</param>
    public DmarcReportReader(IOrganizationalDomainSource organizationalDomains, ReportReadLimits? limits = null, ReportTypes types = ReportTypes.Aggregate)
    {
        _organizationalDomains = organizationalDomains ?? throw new ArgumentNullException(nameof(organizationalDomains));
        Limits = limits ?? ReportReadLimits.Default;
        Types = types;
    }

    /// <summary>The kinds of reports that are read.</summary>
    public ReportTypes Types { get; }

    /// <summary>Stands between the reader and its parsers. For tests of what may go wrong.</summary>
    internal Func<ReportKind, ReportSource, IEnumerable<ReportReadItem>, IEnumerable<ReportReadItem>>? Intercept { get; init; }

    /// <summary>What a report may ask of this reader.</summary>
    public ReportReadLimits Limits { get; }

    /// <summary>
    /// Reads a file. A file that is not there or cannot be opened is a problem item, too. A message of a Maildir without a report
    /// is a notice, as it is in a mailbox file, because other mail may stand there; any other file without a report is a problem.
    /// </summary>
    /// <param name="path">The file, as the file system takes it.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadFile(string path, CancellationToken cancellationToken = default)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return Read(path, () => new FileSource(path, path), cancellationToken, required: !ReportFiles.IsInMaildir(path));
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What rows and problems should name as their file.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadBytes(byte[] content, string name, CancellationToken cancellationToken = default)
    {
        if (content is null)
        {
            throw new ArgumentNullException(nameof(content));
        }

        return Read(name, () => new HeldSource(name, content, 0, content.Length), cancellationToken);
    }

    /// <summary>Reads a message of a mailbox. One without a report is a notice, because other mail stands in mailboxes, too.</summary>
    /// <param name="content">The message.</param>
    /// <param name="name">What rows and problems should name as their file.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadMessage(byte[] content, string name, CancellationToken cancellationToken = default)
    {
        if (content is null)
        {
            throw new ArgumentNullException(nameof(content));
        }

        return Read(name, () => new HeldSource(name, content, 0, content.Length), cancellationToken, required: false);
    }

    /// <summary>
    /// Reads a stream from where it stands. A stream that cannot go back is kept while it is read, in a temporary file where it
    /// is large. The stream is not closed.
    /// </summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">What rows and problems should name as their file.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadStream(Stream stream, string name, CancellationToken cancellationToken = default)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        return Read(name, () => !stream.CanRead ? throw new IOException(Strings.Reports_StreamClosed) : stream.CanSeek ? new SeekableSource(name, stream) : new SpooledSource(name, stream), cancellationToken);
    }

    /// <summary>Reads text: base64 (as in the <c>contentBytes</c> of a Graph attachment), or a report or message itself.</summary>
    /// <param name="text">The content.</param>
    /// <param name="name">What rows and problems should name as their file.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadText(string text, string name, CancellationToken cancellationToken = default)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        // As UTF-16 with a mark, no declaration of an encoding inside can mislead; base64 and messages are ASCII by nature.
        bool isXml = ContentSniffer.Sniff(Encoding.UTF8.GetBytes(text.Substring(0, Math.Min(text.Length, ContentSniffer.HeadLength)))) == ReportKind.Xml;
        byte[] content = isXml ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)] : Encoding.UTF8.GetBytes(text);
        return Read(name, () => new HeldSource(name, content, 0, content.Length), cancellationToken);
    }

    private IEnumerable<ReportReadItem> Read(string name, Func<ReportSource> open, CancellationToken cancellationToken, bool required = true)
    {
        if (!_contexts.TryTake(out AggregateParseContext? context))
        {
            context = new AggregateParseContext(Limits);
        }

        try
        {
            FileReading reading = new(context, Limits, _organizationalDomains, Types, cancellationToken) { Intercept = Intercept };
            foreach (ReportReadItem item in reading.Read(name, open, required ? ExpectedContent.Report : ExpectedContent.Container))
            {
                yield return item;
            }
        }
        finally
        {
            _contexts.Add(context);
        }
    }
}
