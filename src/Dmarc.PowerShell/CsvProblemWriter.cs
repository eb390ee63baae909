using Dmarc.Text;

namespace Dmarc.PowerShell;

/// <summary>Writes what is wrong with the records of a CSV file: the first hundred one by one, then how many more.</summary>
/// <param name="cmdlet">By which they are written.</param>
/// <param name="path">The file.</param>
internal sealed class CsvProblemWriter(DmarcCommand cmdlet, string path)
{
    private const int MaximumTold = 100;

    private long _lost;
    private long _kept;

    /// <summary>Writes one: an error for a record that is left out, a warning for one whose row could be read.</summary>
    public void Add(CsvProblem? problem)
    {
        if (problem is { IsRowKept: true } or { Kind: CsvProblemKind.Header })
        {
            if (_kept++ < MaximumTold)
            {
                cmdlet.WriteWarning(Sentences.Fill(Strings.Commands_CsvRecordUnreadable, path, problem.Message));
            }
        }
        else if (problem is not null && _lost++ < MaximumTold)
        {
            cmdlet.WriteError(ErrorRecords.CsvRecordUnreadable(path, problem));
        }
    }

    /// <summary>Tells how many more there were.</summary>
    public void Complete()
    {
        if (_lost > MaximumTold)
        {
            cmdlet.WriteError(ErrorRecords.MoreCsvRecordsUnreadable(path, _lost - MaximumTold));
        }

        if (_kept > MaximumTold)
        {
            cmdlet.WriteWarning(Sentences.Fill(Strings.Commands_MoreCsvRecordsKept, path, _kept - MaximumTold));
        }
    }
}
