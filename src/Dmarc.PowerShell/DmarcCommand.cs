using Dmarc.Advice.Sources;

namespace Dmarc.PowerShell;

/// <summary>A cmdlet that can be stopped: by Ctrl+C, <c>Select-Object -First</c> or the end of the pipeline.</summary>
public abstract class DmarcCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<IDisposable> _owned = [];
    private bool _disposed;

    private protected DmarcCommand()
    {
    }

    /// <summary>Cancelled when the pipeline is stopped or the cmdlet is disposed.</summary>
    private protected CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>True if verbose messages are shown, and so worth creating.</summary>
    private protected bool IsVerbose =>
        MyInvocation.BoundParameters.TryGetValue("Verbose", out object? bound)
            ? bound is SwitchParameter { IsPresent: true }
            : GetVariableValue("VerbosePreference") is ActionPreference preference
                ? preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore)
                : false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes an error. As in all output of the cmdlets, untrusted text is escaped.</summary>
    internal new void WriteError(ErrorRecord errorRecord) => base.WriteError(ErrorRecords.Printable(errorRecord));

    /// <summary>Ends the command with an error.</summary>
    internal new void ThrowTerminatingError(ErrorRecord errorRecord) => base.ThrowTerminatingError(ErrorRecords.Printable(errorRecord));

    /// <summary>Writes a warning.</summary>
    internal new void WriteWarning(string text) => base.WriteWarning(PrintableText.Escape(text));

    /// <summary>Writes a verbose message.</summary>
    internal new void WriteVerbose(string text) => base.WriteVerbose(PrintableText.Escape(text));

    /// <summary>Reads a table of network owners, and warns about its problems.</summary>
    private protected NetworkTable? LoadNetworkTable(string? path)
    {
        if (path is null)
        {
            return null;
        }

        string file = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            NetworkTable table = NetworkTable.Load(file);
            foreach (string problem in table.Problems)
            {
                WriteWarning(problem);
            }

            return table;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            ThrowTerminatingError(ErrorRecords.NetworkTableUnreadable(file, exception));
            throw;
        }
    }

    /// <summary>Reads a public suffix list from a file.</summary>
    private protected PublicSuffixList LoadPublicSuffixList(string path)
    {
        string file = GetUnresolvedProviderPathFromPSPath(path);
        try
        {
            return PublicSuffixList.Load(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.PublicSuffixListUnreadable(file, exception));
            throw;
        }
    }

    /// <summary>Disposes an object together with the cmdlet, in reverse order.</summary>
    private protected T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Add(resource);
        return resource;
    }

    /// <summary>Cancels the work.</summary>
    protected sealed override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Cancels the work and releases its resources.</summary>
    /// <param name="disposing">True if called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
        {
            return;
        }

        _disposed = true;
        _cancellation.Cancel();
        for (int index = _owned.Count - 1; index >= 0; index--)
        {
            _owned[index].Dispose();
        }

        _cancellation.Dispose();
    }
}
