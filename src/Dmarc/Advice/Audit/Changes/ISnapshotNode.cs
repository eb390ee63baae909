namespace Dmarc.Advice.Audit.Changes;

/// <summary>A value of a saved result, however it was saved: a text, a list, or something with members.</summary>
internal interface ISnapshotNode
{
    /// <summary>The value as a text; null if it is none.</summary>
    string? Text { get; }

    /// <summary>The items of a list; null if it is none.</summary>
    IEnumerable<ISnapshotNode>? Items { get; }

    /// <summary>A member; null if there is none of the name.</summary>
    /// <param name="name">The name of the member.</param>
    ISnapshotNode? Member(string name);
}
