using System.Management.Automation;

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
    /// <summary>Writes a result.</summary>
    public void Output(object value) => lane.Write(new PipelineRecord(PipelineStream.Output, value), cancellationToken);

    /// <summary>Writes a verbose message.</summary>
    public void Verbose(string message) => lane.Write(new PipelineRecord(PipelineStream.Verbose, message), cancellationToken);

    /// <summary>Writes a warning.</summary>
    public void Warning(string message) => lane.Write(new PipelineRecord(PipelineStream.Warning, message), cancellationToken);

    /// <summary>Writes an error that does not end the command.</summary>
    public void Error(ErrorRecord error) => lane.Write(new PipelineRecord(PipelineStream.Error, error), cancellationToken);
}
