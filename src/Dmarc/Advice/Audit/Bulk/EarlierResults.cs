using System.Globalization;
using System.Text;
using System.Xml;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>
/// The domains that earlier runs have done, by the files that they left: CSV with a column Domain, JSON objects with a member Domain
/// (one a line, a list, or one over many lines), or CLIXML. Files are read and never changed. A domain counts as often as it is there
/// whole; a result that tells of look-ups that failed does not count, because nobody knows what they would have found.
/// </summary>
internal sealed class EarlierResults
{
    /// <summary>Deeper than <c>ConvertTo-Json</c> can write.</summary>
    private const int MaximumDepth = 200;

    private readonly Dictionary<string, int> _domains = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many whole results there are in all files.</summary>
    public long Count { get; private set; }

    /// <summary>Reads a file. One that is not there has no results.</summary>
    /// <param name="path">The file; UTF-8, or with a byte order mark.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
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

    /// <summary>Takes a result of a domain off the list.</summary>
    /// <param name="domain">The domain as results show it.</param>
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

    /// <summary>True for the beginning of an object, and for nothing.</summary>
    private static bool MayBegin(string text)
    {
        string rest = text.TrimStart();
        string inside = rest.Length > 0 ? rest.Substring(1).TrimStart() : "";
        return rest.Length == 0 || (rest[0] == '{' && (inside.Length == 0 || inside[0] is '"' or '}'));
    }

    /// <summary>Reads the members Domain and Status of an object; false if the text is no whole object.</summary>
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
    /// Reads CSV. The last record does not count where its line has no end, because its last value may go on; nor do the lines after a
    /// quotation mark that is not closed until the file ends.
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
        return tally.ToFile(incomplete) with { BrokenCount = whole, FirstBrokenLine = whole > 0 ? broken[0] : 0, LacksStatus = !HasColumn(nameof(MailDomainResult.Status)) };

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

    /// <summary>True for the status of a result of which some or all look-ups failed, or that an error of this program took.</summary>
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

    /// <summary>Counts what a file holds.</summary>
    private sealed class FileTally
    {
        private long _count;
        private long _failed;
        private long _broken;
        private long _firstBroken;
        private bool _hasStatus;

        /// <summary>How many results there are.</summary>
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
