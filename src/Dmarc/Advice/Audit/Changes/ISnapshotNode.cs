namespace Dmarc.Advice.Audit.Changes;

/// <summary>A value of a result saved in any format: a text, a list, or an object with members.</summary>
internal interface ISnapshotNode
{
    /// <summary>The value as a text; null if it is not a text.</summary>
    string? Text { get; }

    /// <summary>The items of a list; null if it is not a list.</summary>
    IEnumerable<ISnapshotNode>? Items { get; }

    /// <summary>A member; null if there is none with the name.</summary>
    ISnapshotNode? Member(string name);
}
