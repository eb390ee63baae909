using System.Collections.ObjectModel;

namespace Dmarc.PowerShell;

/// <summary>Paths in PowerShell syntax: with drives and wildcards.</summary>
internal static class ProviderPath
{
    /// <summary>The paths that a path matches; none, and an error, if there is no match.</summary>
    /// <param name="cmdlet">The cmdlet with the path parameter.</param>
    /// <param name="path">The path; an empty one matches nothing.</param>
    /// <param name="isPattern">True for a parameter that accepts wildcards and has a -LiteralPath counterpart.</param>
    /// <param name="find">Finds the paths; null if it has reported an error itself.</param>
    public static Collection<string> Resolve(DmarcCommand cmdlet, string path, bool isPattern, Func<Collection<string>?> find)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            // PowerShell would use the current folder.
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
