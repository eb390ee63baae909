using Dmarc.Reports;
using Dmarc.Reports.Reading;

namespace Dmarc.PowerShell;

/// <summary>
/// Receives the results of report cmdlets: writes rows to the pipeline, each report once; notices as warnings or
/// verbose messages; problems as errors; and at the end the omitted reports.
/// </summary>
/// <param name="cmdlet">The cmdlet that writes.</param>
/// <param name="types">The requested kinds of reports.</param>
/// <param name="includeDuplicates">True to return the rows of duplicate reports too.</param>
internal sealed class ReportOutput(DmarcCommand cmdlet, ReportTypes types, bool includeDuplicates)
{
    /// <summary>The common type name of objects of several kinds, so that PowerShell shows them in one view.</summary>
    private const string MixedTypeName = "Dmarc.ReportItem";

    private readonly ReportTypeTally _others = new();
    private readonly ReportDeduplicator? _known = includeDuplicates ? null : new ReportDeduplicator();

    /// <summary>The counts.</summary>
    public ReportProgress Progress { get; } = new();

    /// <summary>Writes a row to the pipeline; by default to the cmdlet's output.</summary>
    public Action<object>? WriteRow { get; init; }

    /// <summary>Passes a result to the pipeline thread.</summary>
    public void Leave(PipelineWriter writer, ReportReadItem item)
    {
        if (ReportDeduplicator.LossOf(item) is string damaged)
        {
            writer.Output(new LostRows(damaged));
        }

        if (item.Result is { } result)
        {
            writer.Output(result);
        }
        else if (item.Notice is { } notice)
        {
            if (notice.OtherType is not null)
            {
                // Counted in the order of the input.
                writer.Output(notice);
            }

            Say(notice, writer.Warning, writer.Verbose);
        }
        else if (item.Problem is { } problem)
        {
            Progress.Failed();
            writer.Error(ErrorRecords.Report(problem));
        }
    }

    /// <summary>Passes the end of an input to the pipeline thread, which then writes held rows.</summary>
    public static void LeaveEnd(PipelineWriter writer) => writer.Output(InputEnd.Instance);

    /// <summary>Writes a result unless its report is a duplicate. For the pipeline thread, in input order.</summary>
    public void Write(object value)
    {
        if (value is LostRows lost)
        {
            _known?.NoteLoss(lost.Path);
            return;
        }

        if (value is InputEnd)
        {
            WriteLate(_known?.Settle() ?? []);
            return;
        }

        if (value is ReportNotice other)
        {
            _others.Add(other);
            return;
        }

        ReportReadItem item = new(value);
        ReportNotice? notice = null;
        WriteLate(_known?.Before(item) ?? []);
        bool isNew = _known is null || _known.IsNew(item, out notice);
        Tell(notice);
        if (isNew)
        {
            WriteNew(value);
        }
    }

    private void WriteNew(object value)
    {
        Progress.Row();
        (WriteRow ?? cmdlet.WriteObject)((types & (types - 1)) == 0 ? value : Mixed(value));
    }

    /// <summary>Writes the rows held while a copy of a damaged report was read.</summary>
    private void WriteLate(IEnumerable<ReportReadItem> items)
    {
        foreach (ReportReadItem item in items)
        {
            if (item.Result is { } row)
            {
                WriteNew(row);
            }
            else
            {
                Tell(item.Notice);
            }
        }
    }

    /// <summary>Reports a copy, and counts it if it was left out.</summary>
    private void Tell(ReportNotice? notice)
    {
        if (notice is null)
        {
            return;
        }

        if (ReportDeduplicator.IsLeftOut(notice))
        {
            Progress.Duplicate();
        }

        Say(notice, cmdlet.WriteWarning, cmdlet.WriteVerbose);
    }

    /// <summary>Reports at the end what was left out.</summary>
    public void Complete()
    {
        WriteLate(_known?.Settle() ?? []);
        foreach (string sentence in _others.Describe("-Type {0}"))
        {
            cmdlet.WriteWarning(PrintableText.Escape(sentence));
        }

        if (Progress.Duplicates > 0)
        {
            cmdlet.WriteWarning(Sentences.Fill(Strings.Commands_ReportDuplicates, Progress.Duplicates));
        }

        cmdlet.WriteVerbose(Progress.Describe());
    }

    /// <summary>A possible loss of rows or values is a warning; a certain repair is a verbose message.</summary>
    private static void Say(ReportNotice notice, Action<string> warn, Action<string> tell) =>
        (notice.Finding.Severity > Severity.Information ? warn : tell)(PrintableText.Escape(notice.ToString()));

    /// <summary>
    /// PowerShell uses the view of the first object, and shows objects of other types as they are: with unescaped text
    /// from strangers. A common type name keeps them in one view.
    /// </summary>
    private static PSObject Mixed(object value)
    {
        PSObject named = PSObject.AsPSObject(value);
        named.TypeNames.Insert(0, MixedTypeName);
        return named;
    }

    /// <summary>Damage cost rows of the input with this path; reported in input order.</summary>
    private sealed record LostRows(string Path);

    /// <summary>The end of an input.</summary>
    private sealed class InputEnd
    {
        public static InputEnd Instance { get; } = new();
    }
}
