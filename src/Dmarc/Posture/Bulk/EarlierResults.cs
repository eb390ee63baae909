using System.Globalization;
using System.Text;
using Dmarc.Views;

namespace Dmarc.Posture.Bulk;

/// <summary>
/// The domains of a file that an earlier, broken-off run left: CSV with a column Domain, or a JSON object a line with a member
/// Domain. A domain counts as often as it is there, whatever became of it: a row that tells of a failure is a row.
/// </summary>
public sealed class EarlierResults
{
    private readonly Dictionary<string, int> _domains = new(StringComparer.OrdinalIgnoreCase);

    private EarlierResults()
    {
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>True where the file is CSV and its header is there.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>True where the last line was not finished, so that it was taken off the file.</summary>
    public bool WasCut { get; private set; }

    /// <summary>
    /// Reads what is there. A last line without its end is taken off the file, so that what is appended begins a line of its own; a
    /// file that is not there is one without rows.
    /// </summary>
    /// <param name="path">The file; UTF-8 or ASCII.</param>
    /// <exception cref="IOException">The file cannot be read, or not be cut.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or not be changed.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static EarlierResults Open(string path)
    {
        EarlierResults results = new();
        if (!File.Exists(path))
        {
            return results;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long end = results.Read(new RecordSplitter(stream, path), path);
        if (end < stream.Length)
        {
            stream.SetLength(end);
            results.WasCut = true;
        }

        return results;
    }

    /// <summary>Takes a row of a domain off the list.</summary>
    /// <param name="domain">The domain as results show it.</param>
    /// <returns>False where none is left.</returns>
    public bool TryTake(string domain)
    {
        string name = domain;
        if (!_domains.TryGetValue(name, out int count))
        {
            // What is no domain name stands in a CSV of the console as its writer made it safe.
            name = CsvText.Defuse(PrintableText.Escape(domain));
            _domains.TryGetValue(name, out count);
        }

        if (count == 0)
        {
            return false;
        }

        _domains[name] = count - 1;
        return true;
    }

    private long Read(RecordSplitter records, string path)
    {
        int column = -1;
        char delimiter = ',';
        while (records.TryRead(out string text))
        {
            if (text.Length == 0 || (!HasHeader && text.StartsWith("#TYPE", StringComparison.Ordinal)))
            {
                continue;
            }

            if (records.IsCsv && !HasHeader)
            {
                (column, delimiter) = CsvRecord.FindColumn(text, nameof(MailDomainResult.Domain));
                HasHeader = column >= 0 ? true : throw Invalid(Strings.Bulk_ResumeNoColumn, path);
                continue;
            }

            string? domain = records.IsCsv ? CsvRecord.Field(text, column, delimiter) : JsonLine.Member(text, nameof(MailDomainResult.Domain));
            if (domain is null)
            {
                throw Invalid(Strings.Bulk_ResumeBadLine, path, records.Line);
            }

            _domains.TryGetValue(domain, out int count);
            _domains[domain] = count + 1;
            Count++;
        }

        return records.End;
    }

    private static InvalidDataException Invalid(string format, params object[] arguments) =>
        new(string.Format(CultureInfo.InvariantCulture, format, arguments));

    /// <summary>Cuts a file into its records, and knows where the last whole one ends.</summary>
    private sealed class RecordSplitter(Stream stream, string path)
    {
        private const int MaximumRecord = 64 * 1024 * 1024;

        private readonly byte[] _buffer = new byte[64 * 1024];
        private readonly List<byte> _record = [];
        private int _at;
        private int _length;
        private long _read;
        private bool _begun;

        public bool IsCsv { get; private set; } = true;

        public long End { get; private set; }

        public long Line { get; private set; } = 1;

        private long _lines;

        public bool TryRead(out string text)
        {
            _record.Clear();
            Line = _lines + 1;
            bool quoted = false;
            while (Next() is int octet and >= 0)
            {
                if (!_begun && octet is not (0xEF or 0xBB or 0xBF or ' ' or '\r' or '\n'))
                {
                    IsCsv = octet != '{';
                    _begun = octet is > 0 and < 0xFE ? true : throw Invalid(Strings.Bulk_ResumeNotUtf8, path);
                }

                _lines += octet == '\n' ? 1 : 0;
                if (octet == '\n' && !quoted)
                {
                    End = _read;
                    text = Encoding.UTF8.GetString(_record.ToArray()).TrimStart('\uFEFF').TrimEnd('\r');
                    return true;
                }

                quoted ^= IsCsv && octet == '"';
                _record.Add((byte)octet);
                if (_record.Count > MaximumRecord)
                {
                    throw Invalid(Strings.Bulk_ResumeBadLine, path, Line);
                }
            }

            text = "";
            return false;
        }

        private int Next()
        {
            if (_at == _length)
            {
                _length = stream.Read(_buffer, 0, _buffer.Length);
                _at = 0;
                if (_length == 0)
                {
                    return -1;
                }
            }

            _read++;
            return _buffer[_at++];
        }
    }
}
