using System.Management.Automation;
using Dmarc.Text;

namespace Dmarc.PowerShell;

/// <summary>What a piece of work wants written, carried from its thread to the pipeline's.</summary>
internal readonly record struct PipelineRecord(PipelineStream Stream, object Value);

/// <summary>The stream that a record belongs to.</summary>
internal enum PipelineStream
{
    Output,
    Verbose,
    Warning,
    Error,
}

/// <summary>
/// Where a piece of work leaves its results and messages, on any thread. They are written on the pipeline's thread, in
/// the order of the input.
/// </summary>
internal sealed class PipelineWriter(OrderedPump<PipelineRecord>.Lane lane, CancellationToken cancellationToken)
{
    /// <summary>Writes a record.</summary>
    public void Write(PipelineRecord record) => lane.Write(record, cancellationToken);

    /// <summary>Writes a result.</summary>
    public void Output(object value) => Write(new PipelineRecord(PipelineStream.Output, value));

    /// <summary>Writes a verbose message.</summary>
    public void Verbose(string message) => Write(new PipelineRecord(PipelineStream.Verbose, message));

    /// <summary>Writes a warning.</summary>
    public void Warning(string message) => Write(new PipelineRecord(PipelineStream.Warning, message));

    /// <summary>Writes an error that does not end the command.</summary>
    public void Error(ErrorRecord error) => Write(new PipelineRecord(PipelineStream.Error, error));
}
