using System.Collections;
using Dmarc.Advice.Audit.Changes;

namespace Dmarc.PowerShell;

/// <summary>A value of a piped result: live, deserialised, from JSON or from a CSV.</summary>
internal sealed class PipelineNode : ISnapshotNode
{
    private readonly PSObject _value;

    private PipelineNode(PSObject value) => _value = value;

    /// <inheritdoc/>
    public string? Text => _value.BaseObject switch
    {
        string text => text,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        IDictionary members when members.Contains("Value") => From(members["Value"])?.Text,
        IEnumerable => null,
        _ => _value.ToString(),
    };

    /// <inheritdoc/>
    public IEnumerable<ISnapshotNode>? Items => _value.BaseObject is IEnumerable items and not string and not IDictionary
        ? items.Cast<object?>().Select(From).OfType<PipelineNode>()
        : null;

    /// <summary>The value; null if there is none.</summary>
    public static PipelineNode? From(object? value) => value is null ? null : new PipelineNode(PSObject.AsPSObject(value));

    /// <inheritdoc/>
    public ISnapshotNode? Member(string name) => _value.BaseObject is IDictionary members
        ? From(members[name])
        : From(_value.Properties[name]?.Value);
}
