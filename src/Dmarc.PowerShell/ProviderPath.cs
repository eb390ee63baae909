using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Dmarc.PowerShell;

/// <summary>Paths as PowerShell writes them: with drives and wildcards.</summary>
internal static class ProviderPath
{
    /// <summary>The paths that a path stands for; none, and an error, if it leads nowhere.</summary>
    /// <param name="cmdlet">The cmdlet that was given the path.</param>
    /// <param name="path">The path; one without any name leads nowhere.</param>
    /// <param name="isPattern">True for the parameter that takes wildcards and has -LiteralPath beside it.</param>
    /// <param name="find">Finds them; null if it has written an error of its own.</param>
    public static Collection<string> Resolve(DmarcCommand cmdlet, string path, bool isPattern, Func<Collection<string>?> find)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            // PowerShell would take the current folder for it.
            cmdlet.WriteError(ErrorRecords.PathNotFound(path));
            return [];
        }

        try
        {
            Collection<string>? found = find();
            if (found is { Count: 0 })
            {
                cmdlet.WriteError(ErrorRecords.PathNotFound(path, isPattern: isPattern));
            }

            return found ?? [];
        }
        catch (Exception exception) when (exception is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or WildcardPatternException)
        {
            cmdlet.WriteError(ErrorRecords.PathNotFound(path, exception, isPattern));
            return [];
        }
    }
}
