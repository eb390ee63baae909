using System.Text.Json;
using Dmarc.Advice.Audit.Changes;

namespace Dmarc.Tests.Advice.Audit.Changes;

internal sealed class JsonNode(JsonElement element) : ISnapshotNode
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
