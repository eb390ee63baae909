using System.Globalization;
using System.Text;
using System.Xml;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>
/// The domains that earlier runs have done, by the files that they left: CSV with a column Domain, a JSON object a line with a
/// member Domain, or CLIXML. Files are read and never changed. A domain counts as often as it is there whole, whatever became
/// of it: a row that tells of a failure is a row.
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
        ResultLineReader lines = new(reader);
        EarlierFile file = lines.First switch
        {
            '<' => ReadClixml(stream, path),
            '{' => ReadJson(lines, path),
            _ => ReadCsv(stream, path),
        };
        Count += file.Count;
        return file.Count > 0 || file.BrokenCount == 0
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

    private EarlierFile ReadJson(ResultLineReader lines, string path)
    {
        (long count, long broken, long firstBroken) = (0, 0, 0);
        while (lines.TryRead())
        {
            if (!lines.IsComplete)
            {
                return new EarlierFile(count, lines.Line, broken, firstBroken);
            }

            if (lines.IsTooLong)
            {
                throw Invalid(Strings.Bulk_ResumeBadLine, path, lines.Line);
            }

            if (lines.Text.Length == 0)
            {
                continue;
            }

            if (DomainOf(lines.Text) is string domain)
            {
                Add(domain);
                count++;
            }
            else
            {
                broken++;
                firstBroken = firstBroken == 0 ? lines.Line : firstBroken;
            }
        }

        return new EarlierFile(count, null, broken, firstBroken);
    }

    /// <summary>The member Domain of an object; null if the line is no whole object, or has no such member with a text.</summary>
    private static string? DomainOf(string line)
    {
        JsonTokenReader json = new(new StringReader(line), int.MaxValue, MaximumDepth, () => new InvalidDataException());
        string? domain = null;
        try
        {
            if (json.Read() != JsonToken.StartObject)
            {
                return null;
            }

            while (json.Peek() == JsonToken.Name)
            {
                json.Read();
                if (json.Text == nameof(MailDomainResult.Domain) && json.Peek() == JsonToken.Text)
                {
                    json.Read();
                    domain = json.Text;
                }
                else
                {
                    json.Skip();
                }
            }

            return json.Read() == JsonToken.EndObject && json.Read() == JsonToken.End && json.DamagedLine == 0 && json.CutOffLine == 0
                ? domain
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
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
        (long count, int open) = (0, -1);
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

        if (last is null && count == 0 && broken.Count == 0 && !reader.EndsWithLineBreak)
        {
            return new EarlierFile(0, reader.Lines, 0, 0);
        }

        if (!HasColumn(nameof(MailDomainResult.Domain)))
        {
            throw Invalid(Strings.Bulk_ResumeNoColumn, path);
        }

        long? incomplete = open >= 0 ? broken[open] : last?.Row?.Line ?? last?.Problem?.Line;
        int whole = open >= 0 ? open : broken.Count;
        return new EarlierFile(count, incomplete, whole, whole > 0 ? broken[0] : 0) { LacksStatus = !HasColumn(nameof(MailDomainResult.Status)) };

        bool HasColumn(string name) => reader.Columns.Contains(name, StringComparer.OrdinalIgnoreCase);

        void Take(CsvItem? item)
        {
            if (item is null)
            {
                return;
            }

            if (item.Row is CsvRow row && row.CellCount >= reader.Columns.Count && row[nameof(MailDomainResult.Domain)] is string domain)
            {
                Add(domain);
                count++;
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
        long count = 0;
        ClixmlDomainReader reader = new(stream);
        try
        {
            foreach (string domain in reader.Read())
            {
                Add(domain);
                count++;
            }
        }
        catch (XmlException) when (reader.IsClixml)
        {
            return new EarlierFile(count, reader.Line, reader.OtherCount, reader.FirstOtherLine);
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        return reader.IsClixml
            ? new EarlierFile(count, null, reader.OtherCount, reader.FirstOtherLine)
            : throw Invalid(Strings.Bulk_ResumeNoColumn, path);
    }

    private void Add(string domain)
    {
        _domains.TryGetValue(domain, out int count);
        _domains[domain] = count + 1;
    }

    private static InvalidDataException Invalid(string format, params object[] arguments) =>
        new(string.Format(CultureInfo.InvariantCulture, format, arguments));
}
