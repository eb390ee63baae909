using System.Collections.Concurrent;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading.Containers;

namespace Dmarc.Reports.Reading;

/// <summary>
/// Reads reports from files, streams, bytes and text. The first bytes determine the kind: XML, JSON, gzip, zip, an
/// e-mail message, a mailbox, or any of these in base64, nested in any way. Rows are returned while they are read, and
/// memory does not grow with the size of a report. Content never causes an exception: unreadable content becomes a
/// <see cref="ReportProblem"/>. Thread-safe.
/// </summary>
/// <param name="organizationalDomains">The source of Organizational Domains for evaluating alignment.</param>
/// <param name="limits">The limits; null for <see cref="ReportReadLimits.Default"/>.</param>
/// <param name="types">The kinds to read; others become a notice (<see cref="ReportNotice.OtherType"/>).</param>
internal sealed class DmarcReportReader(
    IOrganizationalDomainSource organizationalDomains,
    ReportReadLimits? limits = null,
    ReportTypes types = ReportTypes.Aggregate)
{
    private readonly ConcurrentBag<AggregateParseContext> _contexts = [];

    /// <summary>The kinds of reports to read.</summary>
    public ReportTypes Types => types;

    /// <summary>The limits of this reader.</summary>
    public ReportReadLimits Limits { get; } = limits ?? ReportReadLimits.Default;

    /// <summary>Replaces the items of a parser, to test failures.</summary>
    internal Func<ReportKind, ReportSource, IEnumerable<ReportReadItem>, IEnumerable<ReportReadItem>>? Intercept { get; init; }

    /// <summary>
    /// Reads a file. A missing or unreadable file is a problem item too. A Maildir message without a report is a
    /// notice, as in a mailbox file, because other mail may be there; any other file without a report is a problem.
    /// </summary>
    /// <param name="path">The file system path.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadFile(string path, CancellationToken cancellationToken = default) =>
        Read(path, () => new FileSource(path, path), cancellationToken, required: !ReportFiles.IsInMaildir(path));

    /// <summary>Reads bytes.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">The file name in rows and problems.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadBytes(
        byte[] content, string name, CancellationToken cancellationToken = default) =>
        Read(name, () => new HeldSource(name, content), cancellationToken);

    /// <summary>Reads a mailbox message. One without a report is a notice, because other mail is normal.</summary>
    /// <param name="content">The message.</param>
    /// <param name="name">The file name in rows and problems.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadMessage(
        byte[] content, string name, CancellationToken cancellationToken = default) =>
        Read(name, () => new HeldSource(name, content), cancellationToken, required: false);

    /// <summary>
    /// Reads a stream from its position. A non-seekable stream is buffered while it is read, in a temporary file if it
    /// is large. The stream is left open.
    /// </summary>
    /// <param name="stream">The content.</param>
    /// <param name="name">The file name in rows and problems.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadStream(
        Stream stream, string name, CancellationToken cancellationToken = default) => Read(
        name,
        () => !stream.CanRead ? throw new IOException(Strings.Reports_StreamClosed)
            : stream.CanSeek ? new SeekableSource(name, stream)
            : new SpooledSource(name, stream),
        cancellationToken);

    /// <summary>Reads text: base64 (<c>contentBytes</c> of a Graph attachment), or a report or message.</summary>
    /// <param name="text">The content.</param>
    /// <param name="name">The file name in rows and problems.</param>
    /// <param name="cancellationToken">Ends the reading between two rows.</param>
    public IEnumerable<ReportReadItem> ReadText(string text, string name, CancellationToken cancellationToken = default)
    {
        // As UTF-16 with a mark, an encoding declaration cannot mislead; base64 and messages are ASCII by nature.
        string head = text.Substring(0, Math.Min(text.Length, ContentSniffer.HeadLength));
        bool isXml = ContentSniffer.Sniff(Encoding.UTF8.GetBytes(head)) == ReportKind.Xml;
        byte[] content = isXml ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)] : Encoding.UTF8.GetBytes(text);
        return ReadBytes(content, name, cancellationToken);
    }

    private IEnumerable<ReportReadItem> Read(
        string name, Func<ReportSource> open, CancellationToken cancellationToken, bool required = true)
    {
        if (!_contexts.TryTake(out AggregateParseContext? context))
        {
            context = new AggregateParseContext(Limits);
        }

        try
        {
            FileReading reading = new(Limits)
            {
                Types = types,
                Parse = context,
                OrganizationalDomains = organizationalDomains,
                CancellationToken = cancellationToken,
                Intercept = Intercept,
            };
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
