using System.Xml;
using Dmarc.Dns;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>
/// The domains done by earlier runs, from their files: CSV with a column Domain, JSON objects with a member Domain (one
/// per line, a list, or one over many lines), or CLIXML. Files are read and never changed. Each complete result counts
/// once; one with failed look-ups does not count, because its data is unknown.
/// </summary>
internal sealed class EarlierResults
{
    /// <summary>Deeper than the limit of <c>ConvertTo-Json</c>.</summary>
    private const int MaximumDepth = 200;

    private readonly Dictionary<string, int> _domains = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of complete results in all files.</summary>
    public long Count { get; private set; }

    /// <summary>Reads a file. A missing file has no results.</summary>
    /// <param name="path">The file; UTF-8, or with a byte order mark.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="InvalidDataException">The file has other content.</exception>
    public EarlierFile Read(string path)
    {
        if (!File.Exists(path))
        {
            return new EarlierFile(0, null, 0, 0);
        }

        using FileStream stream = RegularFile.Open(path);
        using StreamReader reader = new(stream, Encoding.UTF8, true);
        ResultJsonReader json = new(reader);
        EarlierFile file = json.SkipSpace() switch
        {
            '<' => ReadClixml(stream, path),
            '{' or '[' => ReadJson(json, path),
            _ => ReadCsv(stream, path),
        };
        Count += file.Count;
        return file.Count + file.FailedCount > 0 || file.BrokenCount == 0
            ? file
            : throw Invalid(Strings.Bulk_ResumeBadLine, path, file.FirstBrokenLine);
    }

    /// <summary>Removes one result of a domain from the list.</summary>
    /// <param name="domain">The domain as in results.</param>
    /// <returns>False if none is left.</returns>
    public bool TryTake(string domain)
    {
        if (!_domains.TryGetValue(domain, out int count) || count == 0)
        {
            return false;
        }

        _domains[domain] = count - 1;
        return true;
    }

    private EarlierFile ReadJson(ResultJsonReader json, string path)
    {
        FileTally tally = new();
        foreach (ResultJson piece in json.Read())
        {
            if (piece.Kind == ResultJsonKind.TooLong)
            {
                throw Invalid(Strings.Bulk_ResumeBadLine, path, piece.Line);
            }

            bool isObject = TryRead(piece.Text, out string? domain, out string? status, out bool isDamaged);
            if (piece.Kind == ResultJsonKind.Incomplete && !isDamaged && MayBegin(piece.Text))
            {
                return tally.ToFile(piece.Line);
            }

            if (isObject && domain is not null && piece.Kind == ResultJsonKind.Whole)
            {
                Add(domain, status, tally);
            }
            else
            {
                tally.NoteBroken(piece.Line);
            }
        }

        return tally.ToFile(null);
    }

    /// <summary>True for the beginning of an object, and for an empty text.</summary>
    private static bool MayBegin(string text)
    {
        string rest = text.TrimStart();
        string inside = rest.Length > 0 ? rest.Substring(1).TrimStart() : "";
        return rest.Length == 0 || (rest[0] == '{' && (inside.Length == 0 || inside[0] is '"' or '}'));
    }

    /// <summary>Reads the members Domain and Status of an object; false if the text is not a complete object.</summary>
    private static bool TryRead(string text, out string? domain, out string? status, out bool isDamaged)
    {
        JsonTokenReader json = new(new StringReader(text), int.MaxValue, MaximumDepth, () => new InvalidDataException());
        domain = status = null;
        isDamaged = false;
        try
        {
            if (json.Read() != JsonToken.StartObject)
            {
                isDamaged = text.Length > 0;
                return false;
            }

            while (json.Peek() == JsonToken.Name)
            {
                json.Read();
                if (json.Text == nameof(MailDomainResult.Domain) && json.Peek() == JsonToken.Text)
                {
                    json.Read();
                    domain = json.Text;
                }
                else if (json.Text == nameof(MailDomainResult.Status) && json.Peek() is JsonToken.Text or JsonToken.Literal)
                {
                    json.Read();
                    status = json.Text;
                }
                else
                {
                    json.Skip();
                }
            }

            bool isWhole = json.Read() == JsonToken.EndObject && json.Read() == JsonToken.End;
            isDamaged = json.DamagedLine > 0 && json.CutOffLine == 0;
            return isWhole && json.DamagedLine == 0 && json.CutOffLine == 0;
        }
        catch (InvalidDataException)
        {
            isDamaged = true;
            return false;
        }
    }

    /// <summary>
    /// Reads CSV. A last record without a line end does not count, because its last value may be incomplete; nor do the
    /// lines from an unclosed quotation mark to the end of the file.
    /// </summary>
    private EarlierFile ReadCsv(Stream stream, string path)
    {
        stream.Position = 0;
        using StreamReader text = new(stream, Encoding.UTF8, true, 1024, leaveOpen: true);
        CsvReader reader = new(text);
        CsvItem? last = null;
        List<long> broken = [];
        FileTally tally = new();
        int open = -1;
        foreach (CsvItem item in reader.Read())
        {
            Take(last);
            last = item;
        }

        if (reader.EndsWithLineBreak)
        {
            Take(last);
            last = null;
        }

        if (reader.Lines == 0)
        {
            return new EarlierFile(0, null, 0, 0);
        }

        if (last is null && tally.All == 0 && broken.Count == 0 && !reader.EndsWithLineBreak)
        {
            return new EarlierFile(0, reader.Lines, 0, 0);
        }

        if (!HasColumn(nameof(MailDomainResult.Domain)))
        {
            throw Invalid(Strings.Bulk_ResumeNoColumn, path);
        }

        long? incomplete = open >= 0 ? broken[open] : last?.Row?.Line ?? last?.Problem?.Line;
        int whole = open >= 0 ? open : broken.Count;
        return tally.ToFile(incomplete)
            with { BrokenCount = whole, FirstBrokenLine = whole > 0 ? broken[0] : 0, LacksStatus = !HasColumn(nameof(MailDomainResult.Status)) };

        bool HasColumn(string name) => reader.Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

        void Take(CsvItem? item)
        {
            if (item is null)
            {
                return;
            }

            if (item.Row is CsvRow row && row.CellCount >= reader.Columns.Count && row[nameof(MailDomainResult.Domain)] is string domain)
            {
                Add(domain, row[nameof(MailDomainResult.Status)], tally);
                open = -1;
            }
            else
            {
                open = open < 0 && item.Problem?.Kind == CsvProblemKind.Quote ? broken.Count : open;
                broken.Add(item.Row?.Line ?? item.Problem!.Line);
            }
        }
    }

    private EarlierFile ReadClixml(Stream stream, string path)
    {
        stream.Position = 0;
        FileTally tally = new();
        ClixmlDomainReader reader = new(stream);
        try
        {
            foreach ((string domain, string? status) in reader.Read())
            {
                Add(domain, status, tally);
            }
        }
        catch (XmlException) when (reader.IsClixml)
        {
            return tally.ToFile(reader.Line) with { BrokenCount = reader.OtherCount, FirstBrokenLine = reader.FirstOtherLine };
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        return reader.IsClixml
            ? tally.ToFile(null) with { BrokenCount = reader.OtherCount, FirstBrokenLine = reader.FirstOtherLine }
            : throw Invalid(Strings.Bulk_ResumeNoColumn, path);
    }

    /// <summary>True for the status of a result with failed look-ups or an error in this program.</summary>
    private static bool IsFailed(string? status) =>
        SavedStatus.ReadFailure(status) is not null || SavedStatus.Read<MailDomainStatus>(status)?.IsFailed() == true;

    private void Add(string domain, string? status, FileTally tally)
    {
        bool isFailed = IsFailed(status);
        tally.Add(isFailed, !string.IsNullOrEmpty(status));
        if (isFailed)
        {
            return;
        }

        _domains.TryGetValue(domain, out int count);
        _domains[domain] = count + 1;
    }

    private static InvalidDataException Invalid(string format, params object[] arguments) =>
        new(string.Format(CultureInfo.InvariantCulture, format, arguments));

    /// <summary>Counts the content of a file.</summary>
    private sealed class FileTally
    {
        private long _count;
        private long _failed;
        private long _broken;
        private long _firstBroken;
        private bool _hasStatus;

        /// <summary>The number of results.</summary>
        public long All => _count + _failed;

        public void Add(bool isFailed, bool hasStatus)
        {
            _hasStatus |= hasStatus;
            _count += isFailed ? 0 : 1;
            _failed += isFailed ? 1 : 0;
        }

        public void NoteBroken(long line) => _firstBroken = _broken++ == 0 ? line : _firstBroken;

        public EarlierFile ToFile(long? incompleteLine) =>
            new(_count, incompleteLine, _broken, _firstBroken) { FailedCount = _failed, LacksStatus = All > 0 && !_hasStatus };
    }
}
