namespace Dmarc.Advice.Audit.Changes;

/// <summary>A record of a saved table.</summary>
/// <param name="Line">The line where it begins, from 1.</param>
/// <param name="Snapshot">The result; null if there is none.</param>
/// <param name="Problem">The problem; null if there is none.</param>
/// <param name="LostText">The remains of an unusable record; null if it is usable.</param>
internal sealed record SnapshotTableItem(long Line, MailDomainSnapshot? Snapshot, CsvProblem? Problem, string? LostText);

/// <summary>Reads results saved as CSV.</summary>
internal static class SnapshotTable
{
    private static readonly string[] Needed = [nameof(MailDomainResult.Domain), nameof(MailDomainResult.Status)];

    /// <summary>The records, one at a time. A row read despite a problem is unreliable and not compared.</summary>
    public static IEnumerable<SnapshotTableItem> Read(TextReader reader)
    {
        CsvReader table = new(reader);
        bool isEmpty = true;
        foreach (CsvItem item in table.Read())
        {
            isEmpty = false;
            if (item.Problem is { } problem)
            {
                yield return new SnapshotTableItem(
                    problem.Line,
                    null,
                    problem with { IsRowKept = false },
                    problem.Kind == CsvProblemKind.Header ? null : problem.Text);
            }
            else if (item.Row is { } row)
            {
                MailDomainSnapshot? snapshot = SnapshotReader.Read(new Node(null, row));
                yield return new SnapshotTableItem(
                    row.Line, snapshot, null, snapshot is null ? row[nameof(MailDomainResult.Domain)] ?? "" : null);
            }
        }

        if (isEmpty && !Needed.All(name => table.Columns.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            // A single line that is not a header of results: another file, which says nothing about the audit.
            yield return new SnapshotTableItem(table.Lines, null, null, "");
        }
    }

    /// <summary>A row, whose members are its cells, or a cell.</summary>
    private sealed class Node(string? text, CsvRow? row) : ISnapshotNode
    {
        public string? Text => text;

        public IEnumerable<ISnapshotNode>? Items => null;

        public ISnapshotNode? Member(string name) => row?[name] is { } value ? new Node(value, null) : null;
    }
}
