namespace Dmarc.PowerShell;

/// <summary>Reports the problems of a CSV file: the first hundred each, then the number of the rest.</summary>
/// <param name="cmdlet">The cmdlet that reports them.</param>
/// <param name="path">The file.</param>
internal sealed class CsvProblemWriter(DmarcCommand cmdlet, string path)
{
    private const int MaximumTold = 100;

    private long _lost;
    private long _kept;

    /// <summary>Reports a problem: an error if the record is left out, a warning if its row could be read.</summary>
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

    /// <summary>Reports the number of the rest.</summary>
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
