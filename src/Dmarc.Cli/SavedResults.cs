using System.Globalization;
using System.Text.Json;
using Dmarc.Posture.Bulk;
using Dmarc.Posture.Changes;

namespace Dmarc.Cli;

/// <summary>Reads results that were saved: JSON as an array or with an object a line, or CSV.</summary>
internal static class SavedResults
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_000 };

    /// <summary>The results of a file, one at a time.</summary>
    /// <exception cref="UsageException">The file cannot be read, or holds something else.</exception>
    public static IEnumerable<MailDomainSnapshot> Read(string path)
    {
        using TextReader reader = Open(path);
        foreach (MailDomainSnapshot snapshot in Read(reader, path))
        {
            yield return snapshot;
        }
    }

    /// <summary>The results of a text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    public static IEnumerable<MailDomainSnapshot> Read(TextReader reader, string name)
    {
        while (reader.Peek() is ' ' or '\r' or '\n' or '\uFEFF')
        {
            reader.Read();
        }

        IEnumerable<ISnapshotNode> nodes = reader.Peek() switch
        {
            '{' => Lines(reader, name),
            '[' => Array(reader, name),
            -1 => [],
            _ => Table(reader, name),
        };
        foreach (ISnapshotNode node in nodes)
        {
            yield return SnapshotReader.Read(node) ?? throw Unreadable(name, Strings.Cli_CompareNoResult);
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return File.OpenText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(path, exception.Message);
        }
    }

    private static IEnumerable<ISnapshotNode> Lines(TextReader reader, string name)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(line, name);
            }
        }
    }

    private static IEnumerable<ISnapshotNode> Array(TextReader reader, string name) => Parse(reader.ReadToEnd(), name).Items ?? [];

    private static JsonNode Parse(string json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return new JsonNode(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw Unreadable(name, exception.Message);
        }
    }

    private static IEnumerable<ISnapshotNode> Table(TextReader reader, string name)
    {
        List<string>? header = null;
        char delimiter = ',';
        foreach (string record in CsvRecord.Read(reader))
        {
            if (header is null)
            {
                if (record.StartsWith("#TYPE", StringComparison.Ordinal))
                {
                    continue;
                }

                (int column, delimiter) = CsvRecord.FindColumn(record, nameof(MailDomainResult.Domain));
                header = column >= 0 ? CsvRecord.Fields(record, delimiter) : throw Unreadable(name, Strings.Cli_CompareNoResult);
                continue;
            }

            List<string> fields = CsvRecord.Fields(record, delimiter);
            Dictionary<string, string> row = new(StringComparer.OrdinalIgnoreCase);
            for (int at = 0; at < header.Count && at < fields.Count; at++)
            {
                row[header[at]] = fields[at];
            }

            yield return new RowNode(row);
        }
    }

    private static UsageException Unreadable(string path, string reason) =>
        new(string.Format(CultureInfo.InvariantCulture, Strings.Cli_CompareUnreadable, path, reason));

    private sealed class JsonNode(JsonElement element) : ISnapshotNode
    {
        public string? Text => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };

        public IEnumerable<ISnapshotNode>? Items =>
            element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => (ISnapshotNode)new JsonNode(item)) : null;

        public ISnapshotNode? Member(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? new JsonNode(value) : null;
    }

    private sealed class RowNode(Dictionary<string, string> row) : ISnapshotNode
    {
        public string? Text => null;

        public IEnumerable<ISnapshotNode>? Items => null;

        public ISnapshotNode? Member(string name) => row.TryGetValue(name, out string? value) ? new TextNode(value) : null;
    }

    private sealed class TextNode(string text) : ISnapshotNode
    {
        public string? Text => text;

        public IEnumerable<ISnapshotNode>? Items => null;

        public ISnapshotNode? Member(string name) => null;
    }
}
