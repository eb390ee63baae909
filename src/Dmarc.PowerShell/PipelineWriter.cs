namespace Dmarc.PowerShell;

/// <summary>A record that work writes, passed from its thread to the pipeline thread.</summary>
internal readonly record struct PipelineRecord(PipelineStream Stream, object Value);

/// <summary>The stream of a record.</summary>
internal enum PipelineStream
{
    Output,
    Verbose,
    Warning,
    Error,
}

/// <summary>
/// Receives the results and messages of work on any thread. They are written on the pipeline thread, in input order.
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

    /// <summary>Writes a non-terminating error.</summary>
    public void Error(ErrorRecord error) => Write(new PipelineRecord(PipelineStream.Error, error));
}
