using System.Globalization;
using System.Text;
using System.Xml;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>
/// The domains that earlier runs have done, by the files that they left: CSV with a column Domain, a JSON object a line with a
/// member Domain, or CLIXML. Files are read and never changed. A domain counts as often as it is there whole, whatever became
/// of it: a row that tells of a failure is a row.
/// </summary>
public sealed class EarlierResults
{
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

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream, Encoding.UTF8, true);
        ResultLineReader lines = new(reader);
        EarlierFile file = lines.First switch
        {
            '<' => ReadClixml(stream, path),
            '{' => ReadJson(lines, path),
            _ => ReadCsv(lines, path),
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

    private EarlierFile ReadJson(ResultLineReader lines, string path) =>
        ReadLines(lines, false, path, line => JsonLine.Member(line, nameof(MailDomainResult.Domain)));

    private EarlierFile ReadCsv(ResultLineReader lines, string path)
    {
        do
        {
            if (!lines.TryRead(true))
            {
                return new EarlierFile(0, null, 0, 0);
            }
        }
        while (lines.Text.Length == 0 || lines.Text.StartsWith("#TYPE", StringComparison.Ordinal));

        if (!lines.IsComplete)
        {
            return new EarlierFile(0, lines.Line, 0, 0);
        }

        (int column, char delimiter) = CsvRecord.FindColumn(lines.Text, nameof(MailDomainResult.Domain));
        if (column < 0)
        {
            throw Invalid(Strings.Bulk_ResumeNoColumn, path);
        }

        int columns = CsvRecord.Fields(lines.Text, delimiter).Count;
        return ReadLines(
            lines,
            true,
            path,
            line => CsvRecord.Fields(line, delimiter) is List<string> fields && fields.Count == columns ? fields[column] : null);
    }

    private EarlierFile ReadLines(ResultLineReader lines, bool isCsv, string path, Func<string, string?> readDomain)
    {
        (long count, long broken, long firstBroken) = (0, 0, 0);
        while (lines.TryRead(isCsv))
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

            if (readDomain(lines.Text) is string domain)
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
