using System.Globalization;
using System.Text.Json;
using Dmarc.Posture.DirectSend.Tenant;

namespace Dmarc.Cli;

/// <summary>Reads the settings of a tenant from JSON files, as ConvertTo-Json writes them.</summary>
internal static class JsonFacts
{
    private const long MaximumBytes = 64 * 1024 * 1024;

    /// <summary>Reads the objects of a file: one, or an array of them.</summary>
    /// <exception cref="UsageException">The file cannot be read, is no JSON, or holds something else.</exception>
    public static List<T> Read<T>(string path, string option, Func<FactSource, T?> read, bool mayBeEmpty)
        where T : class
    {
        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
            {
                throw new UsageException(Unreadable(option, path, Strings.Cli_FileTooLarge));
            }

            // File.ReadAllText knows UTF-16, in which Windows PowerShell writes by default.
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            JsonElement root = document.RootElement.Clone();
            List<T> found = [.. (root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
                .Where(item => item.ValueKind != JsonValueKind.Null)
                .Select(item => (item.ValueKind == JsonValueKind.Object ? read(Source(item)) : null)
                    ?? throw new UsageException(Unreadable(option, path, Strings.Cli_JsonOfAnotherKind)))];
            return found.Count > 0 || mayBeEmpty ? found : throw new UsageException(Unreadable(option, path, Strings.Cli_JsonOfAnotherKind));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException(Unreadable(option, path, exception.Message));
        }
    }

    private static string Unreadable(string option, string path, string reason) =>
        string.Format(CultureInfo.InvariantCulture, Strings.Cli_FactsUnreadable, option, path, reason);

    private static FactSource Source(JsonElement item) => name =>
    {
        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return Value(property.Value);
            }
        }

        return null;
    };

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Source(value),
        _ => null,
    };
}
